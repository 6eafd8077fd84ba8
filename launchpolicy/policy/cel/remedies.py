"""What to do about problems of expressions whose remedy is no name of another."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text


def fix_of_order() -> Text:
    """Return what to do about such a list."""
    return Text(
        "Put `.sort()` behind it if its elements are texts or numbers; else sort the keys first: "
        "`m.map(k, k).sort().map(k, m[k])`. `exists`, `all`, `size` and `in` of the list itself, "
        "in the same expression, need no order.",
        "若元素是文本或数字，请在其后加 `.sort()`；否则先对键排序："
        "`m.map(k, k).sort().map(k, m[k])`。在同一表达式中直接对该列表使用 "
        "`exists`、`all`、`size` 或 `in` 时无需顺序。",
    )


def fix_of_pattern() -> Text:
    """Return what to do about a pattern that RE2 does not run."""
    return Text(
        "Write it without look-around and back-references, such as `(?=…)` and `\\1`: two calls of "
        "`matches`, one of them with `!`, often say the same.",
        "请去掉环视和反向引用（如 `(?=…)`、`\\1`）；通常可改为两次 `matches`，其中一次加 `!`。",
    )


def fix_of_later_name(name: str) -> Text:
    """Return what to do about a variable of the policy that is not declared so far."""
    return Text(
        f"Declare it under `variables`, above where `{name}` is used: a variable sees those before "
        "it.",
        f"请在 `variables` 中、使用 `{name}` 之处的上方声明：变量只能引用其前面的变量。",
    )


def fix_of_numbers_among_texts() -> Text:
    """Return what to do about a number that is looked for in a list of texts."""
    return Text(
        "The list holds texts, as every list in `params` does: write the numbers in the expression "
        "itself, `… in [0, 6]`, or make them of the texts: `… in LIST.map(t, int(t))`.",
        "该列表只含文本（`params` 中的列表均是如此）：请把数字直接写在表达式中（`… in [0, 6]`），"
        "或由文本转换：`… in LIST.map(t, int(t))`。",
    )


def fix_of_one_text(expression: str) -> Text:
    """Return what to do about an expression that gives a text where a list of texts belongs."""
    if "\n" in expression:
        return Text("Put brackets around it: `[…]`.", "请加方括号：`[…]`。")
    return Text(f"Write it as a list: `[{expression}]`.", f"请写成列表：`[{expression}]`。")
