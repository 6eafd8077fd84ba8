"""The files of a new policy as its owner goes on with them: commented, in one of two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.documents.editing import EditError, one_line_yaml, with_value
from launchpolicy.documents.reading import Document, read
from launchpolicy.policy.drafting import Draft, has, place_of_failure
from launchpolicy.vocabulary.text import Language, Text

_UNCHANGED = 'change.operation == "create" || change.edits.size() > 0'


def policy_file(name: str, kind: str, folder: str, draft: Draft, language: Language) -> str:
    """Return the policy: what it is about, when it applies, what must hold, what to do about it."""

    def say(en: str, zh: str) -> str:
        return Text(en, zh).in_language(language)

    lines = [
        say(
            f"# A policy for documents of kind {kind}: what is here is a start, write your own.",
            f"# 针对 {kind} 类型文档的策略：以下内容是起点，请改成您自己的规则。",
        ),
        say(
            f"# After each change: launchpolicy policy test {folder}",
            f"# 每次修改之后：launchpolicy policy test {folder}",
        ),
        "apiVersion: launchpolicy/v1",
        "kind: Policy",
        "metadata:",
        f"  name: {name}",
        say(
            "  # What it is about, in one sentence: both languages, or one plain string.",
            "  # 用一句话说明内容：中英文并列，或只写一个字符串。",
        ),
        *_text("title", draft.title, 2),
        "spec:",
        say(
            "  # Which documents it judges. For kinds with stages: stages: [requested, …]",
            "  # 判定哪些文档。类型有阶段时可加：`stages: [requested, …]`",
        ),
        f"  match: {{kinds: [{kind}]}}",
        *_conditions(draft, language),
        *_params(draft, language),
        *_validation(draft, language),
    ]
    return "\n".join(lines) + "\n"


def cases_file(
    name: str, folder: str, baseline: tuple[str, object], draft: Draft, language: Language
) -> str:
    """Return the cases: seen passing, failing at its place, and not applying where it may not.

    `baseline` is the path of the document that they start from, and its data.
    """

    def say(en: str, zh: str) -> str:
        return Text(en, zh).in_language(language)

    start, document = baseline
    fails = dict(draft.fails)
    if "remove" in fails and not has(document, draft.subject.route):
        del fails["remove"]
    now = {"now": draft.passes["now"]} if "now" in draft.passes else {}
    path = draft.subject.wording
    cases: list[dict[str, Any]] = [
        {"name": say(f"passes: {path} is right", f"通过：{path} 正确"), **draft.passes}
        | {"expect": "passed"},
        {"name": say(f"fails at {path}", f"不通过：{path}"), **fails, "expect": "failed"}
        | place_of_failure(draft, document),
    ]
    if draft.only_changed:
        unchanged = say("does not apply: nothing is changed", "不适用：没有改动")
        cases.append({"name": unchanged, "old": {}, **now, "expect": "not-applicable"})
    lines = [
        say(
            f"# The cases of {name}. Run them: launchpolicy policy test {folder}",
            f"# {name} 的用例。运行：launchpolicy policy test {folder}",
        ),
        "apiVersion: launchpolicy/v1",
        "kind: PolicyTest",
        f"metadata: {{name: {name}}}",
        "spec:",
        say(
            "  # The document that the cases start from; `set` and `remove` change it.",
            "  # 用例的起始文档；`set` 与 `remove` 在其上修改。",
        ),
        f"  object: {start}",
        "  cases:",
        *_cases(cases),
    ]
    return "\n".join(lines) + "\n"


def pack_file(name: str, policy: str, language: Language) -> str:
    """Return a new pack with one binding."""

    def say(en: str, zh: str) -> str:
        return Text(en, zh).in_language(language)

    lines = [
        say(
            "# A pack: the policies of this folder, each bound exactly once.",
            "# 策略包：本目录中的策略，每条恰好绑定一次。",
        ),
        "apiVersion: launchpolicy/v1",
        "kind: Pack",
        "metadata:",
        f"  name: {name}",
        *_text("title", Text(f"Policies of our own ({name})", f"自有策略（{name}）"), 2),
        "spec:",
        say("  # Rises with every change of the pack.", "  # 策略包每次变更都要递增。"),
        "  version: 1",
        say(
            "  # What a failure does: deny blocks the merge, warn shows it, audit only records it.",
            "  # 不通过时的处置：`deny` 阻断合并，`warn` 警告，`audit` 仅记录。",
        ),
        "  bindings:",
        f"    - {{policy: {policy}, action: deny}}",
    ]
    return "\n".join(lines) + "\n"


def with_binding(pack: Document, policy: str) -> str:
    """Return the text of a pack with one more binding and a higher version, else as it was written.

    Raises:
        EditError: that is not possible in place.
    """
    data: Any = pack.data
    route = ("spec", "bindings", len(data["spec"]["bindings"]))
    bound = read(pack.path, with_value(pack, route, {"policy": policy, "action": "deny"}).encode())
    if not isinstance(bound, Document):
        message = f"{pack.path} cannot be changed in place"
        raise EditError(message)
    return with_value(bound, ("spec", "version"), data["spec"]["version"] + 1)


def as_yaml(value: Mapping[str, Any] | list[Any]) -> str:
    """Return plain data in block style: one key or item a line, further lists in brackets."""
    if isinstance(value, list):
        return "".join(f"- {one_line_yaml(item)}\n" for item in value) or "[]\n"
    return "\n".join(_block(value, 0) if value else ["{}"]) + "\n"


def _block(value: Mapping[str, Any], indentation: int) -> Iterable[str]:
    start = " " * indentation
    for key, item in value.items():
        if isinstance(item, Mapping) and item:
            yield f"{start}{one_line_yaml(key)}:"
            yield from _block(item, indentation + 2)
        else:
            yield f"{start}{one_line_yaml(key)}: {one_line_yaml(item)}"


def _cases(cases: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for case in cases:
        first, *rest = (f"{key}: {one_line_yaml(value)}" for key, value in case.items())
        yield f"    - {first}"
        yield from (f"      {line}" for line in rest)


def _conditions(draft: Draft, language: Language) -> list[str]:
    if not draft.only_changed:
        comment = Text(
            "  # It judges what a change adds or edits, and what rests on another changed file.\n"
            "  # `matchConditions` narrow that; one on `change.edits` would let a change of only\n"
            "  # the other file pass.",
            "  # 判定变更中新增或修改的文档，以及查找或询问了已变更文件的文档。\n"
            "  # 可用 `matchConditions` 缩小范围；若以 `change.edits` 为条件，\n"
            "  # 则仅改动另一文件的变更会直接通过。",
        )
        return [comment.in_language(language)]
    comment = Text(
        "  # It applies only where all of these hold. Without this one, documents that nobody\n"
        "  # changes would be judged, too.",
        "  # 以下条件全部成立时才适用。去掉此条，则未改动的文档也会被判定。",
    )
    return [
        comment.in_language(language),
        "  matchConditions:",
        f"    - {{name: is-new-or-changed, expression: '{_UNCHANGED}'}}",
    ]


def _validation(draft: Draft, language: Language) -> list[str]:
    def say(en: str, zh: str) -> str:
        return Text(en, zh).in_language(language)

    return [
        say(
            "  # What must hold, in CEL: `object` is the document; `oldObject`, `change`, `now`,\n"
            "  # `path` and the facts are there, too. Several validations may follow each other.",
            "  # 必须成立的条件，用 CEL 书写：`object` 为文档本身，另有 `oldObject`、`change`、\n"
            "  # `now`、`path` 及各项事实。可依次写多项校验。",
        ),
        "  validations:",
        *_expression(draft, language),
        say("      # Where the finding stands.", "      # 问题所在的位置。"),
        f"      at: {_quote(draft.subject.at)}",
        say("      # What is wrong.", "      # 问题是什么。"),
        *_text("message", draft.message, 6),
        say("  # What its author does about it.", "  # 申请人应如何处理。"),
        *_text("fix", draft.fix, 2),
    ]


def _expression(draft: Draft, language: Language) -> list[str]:
    written = f"expression: {_quote(draft.expression)}"
    if not draft.subject.is_of_entry:
        return [f"    - {written}"]
    comment = Text(
        "    # `*` is every entry of the document, which is a list or a map: `each`.",
        "    # `*` 代表文档（列表或映射）的每一项，即 `each`。",
    )
    return [comment.in_language(language), "    - forEach: '*'", f"      {written}"]


def _params(draft: Draft, language: Language) -> list[str]:
    if not draft.params:
        return []
    comment = Text(
        "  # Defaults that the binding in pack.yaml, or the configuration, may replace.",
        "  # 默认值，可由 pack.yaml 中的绑定或配置替换。",
    )
    return [comment.in_language(language), f"  params: {one_line_yaml(dict(draft.params))}"]


def _text(key: str, text: Text, indentation: int) -> list[str]:
    start = " " * indentation
    return [
        f"{start}{key}:",
        f"{start}  en: {_quote(text.en)}",
        f"{start}  zh: {_quote(text.zh)}",
    ]


def _quote(text: str) -> str:
    """Return the text in single quotes, which leave backslashes and double quotes alone."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
