"""The words of a difference of rules that text and Markdown share."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from launchpolicy.engine.analysis.policy_differences import (
    DifferingRequest,
    Direction,
    PolicyDifference,
    RulesDifference,
)
from launchpolicy.reporters.replay.wording import outcome_words
from launchpolicy.vocabulary.text import Text, quantity

TITLE = Text("Difference of the rules", "规则差异")
NOTHING = Text("No policy differs.", "没有策略不同。")
DIRECTIONS: Mapping[Direction, tuple[str, Text]] = {
    Direction.REMOVED: ("-", Text("removed", "已删除")),
    Direction.WEAKENED: ("↓", Text("weakened", "放宽")),
    Direction.MIXED: ("↕", Text("weakened and tightened", "有宽有严")),
    Direction.UNDECIDABLE: ("?", Text("undecidable", "无法判断")),
    Direction.TIGHTENED: ("↑", Text("tightened", "收紧")),
    Direction.ADDED: ("+", Text("added", "新增")),
    Direction.WORDS: ("=", Text("only words changed", "仅文字有变更")),
}
MOST_LINES = 60
"""Lines of one request that are shown; JSON has all."""

MOST_LANDINGS = 10


def basis(difference: RulesDifference) -> Text:
    """Return what was compared."""
    history = (
        Text(
            f"{quantity(difference.replayed, 'past landing')} judged by both.",
            f"另以两版规则判定 {difference.replayed} 次以往的合入。",
        )
        if difference.replayed is not None
        else Text("Past landings were not asked about.", "未判定以往的合入。")
    )
    return Text(
        f"The rules of {difference.before.en} beside those of {difference.after.en}. {history.en}",
        f"{_before_chinese(difference.before.zh)}的规则与"
        f"{_before_chinese(difference.after.zh)}的规则对照。{history.zh}",
    )


def summary(difference: RulesDifference) -> Text:
    """Return how many policies became what."""
    counts = [(difference.count(direction), words) for direction, (_, words) in DIRECTIONS.items()]
    shown = [(count, words) for count, words in counts if count]
    if not shown:
        return NOTHING
    return Text(
        f"Policies: {', '.join(f'{count} {words.en}' for count, words in shown)}.",
        f"策略：{'，'.join(f'{words.zh} {count} 条' for count, words in shown)}。",
    )


def _before_chinese(text: str) -> str:
    """Return a text with a space behind it where it ends in a Latin letter or a digit."""
    return f"{text} " if text[-1:].isascii() else text


def undecidable(policy: PolicyDifference) -> Text:
    """Return why nothing can be said of a policy."""
    return Text(
        f"Its rule differs, and {quantity(policy.tried, 'request')} were decided alike: write a "
        "case that shows what is meant.",
        f"其规则有变更，而试过的 {policy.tried} 份申请结果均相同：请写一个能体现差异的用例。",
    )


def lack_of_proof(policy: PolicyDifference) -> Text:
    """Return how far it is known that a policy is only stricter."""
    return Text(
        f"As far as {quantity(policy.tried, 'request')} can tell: its text does not prove that it "
        "lets nothing more pass.",
        f"仅就试过的 {policy.tried} 份申请而言；其文本不能证明没有放行更多申请。",
    )


def remarks(policy: PolicyDifference) -> tuple[Text, ...]:
    """Return why a policy is said to be what it is, and how far that is known."""
    if policy.direction is Direction.UNDECIDABLE:
        return (*policy.reasons, undecidable(policy))
    if policy.direction is Direction.TIGHTENED and not policy.is_proven:
        return (*policy.reasons, lack_of_proof(policy))
    return policy.reasons


def request_line(request: DifferingRequest) -> Text:
    """Return how a request is decided, and where it comes from."""
    before, after = outcome_words(request.before), outcome_words(request.after)
    return Text(
        f"{before.en} → {after.en}, the smallest request (from {request.source.en}):",
        f"{before.zh} → {after.zh}，最小的申请（取自{request.source.zh}）：",
    )


def landings_line(policy: PolicyDifference) -> Text:
    """Return how many past landings a policy decides otherwise."""
    count = len(policy.landings)
    if policy.direction in {Direction.WEAKENED, Direction.REMOVED}:
        return Text(
            f"{quantity(count, 'past landing')} that it complained about would have passed it:",
            f"以往有 {count} 次合入当时不满足该策略，现在会满足：",
        )
    return Text(
        f"{quantity(count, 'past landing')} would have been decided otherwise by it:",
        f"以往有 {count} 次合入的该策略结果会不同：",
    )


def request_lines(request: DifferingRequest) -> list[str]:
    """Return a request, line by line; beside a similar one that passes, as their difference."""
    if not request.neighbour:
        lines = [f"  {line}" for line in request.request.splitlines()]
    else:
        old, new = request.neighbour.splitlines(), request.request.splitlines()
        lines = [line for line in difflib.ndiff(old, new) if not line.startswith("?")]
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], f"  … +{len(lines) - MOST_LINES}"]


NEIGHBOUR = Text(
    "(- a similar request that both let pass, + this one)",
    "（- 为两版均放行的相似申请，+ 为此申请）",
)
