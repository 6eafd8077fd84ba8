"""The words of a replay that text and Markdown share."""

from __future__ import annotations

from launchpolicy.engine.analysis.decision_changes import (
    NOT_READ,
    PolicyOutcome,
    RecordedOtherwise,
    Replay,
)
from launchpolicy.vocabulary.finding import Action, Outcome
from launchpolicy.vocabulary.text import Text, quantity
from launchpolicy.vocabulary.value_names import VALUE_NAMES

TITLE = Text("Replay", "历史重放")
BEFORE = Text("before", "原规则")
AFTER = Text("after", "新规则")
LANDED = Text("landed", "合入")
REQUEST = Text("request", "申请")
POLICIES = Text("policies", "策略")
UNJUDGED = Text("could not be judged", "无法判定")
_ABSENT = Text("no such policy", "无此策略")
_NOT_READ = Text("not judged", "不作判定")


def verdict_words(verdict: str) -> Text:
    """Return a verdict as people read it."""
    return _NOT_READ if verdict == NOT_READ else VALUE_NAMES["verdict"][verdict]


def outcome_words(outcome: PolicyOutcome) -> Text:
    """Return what came of a policy; where a complaint blocks nothing, with its action."""
    if not outcome.outcome:
        return _ABSENT
    words = VALUE_NAMES["outcome"][outcome.outcome]
    if outcome.action == Action.DENY or outcome.outcome not in {Outcome.FAILED, Outcome.PENDING}:
        return words
    action = VALUE_NAMES["action"][outcome.action]
    return Text(f"{words.en} ({action.en})", f"{words.zh}（{action.zh}）")


def basis(replay: Replay) -> Text:
    """Return what was compared, in one sentence."""
    return Text(
        f"Judged by {replay.after.en}, beside {replay.before.en}; {replay.history.en}.",
        f"以{replay.after.zh}判定，与{replay.before.zh}对照；{replay.history.zh}。",
    )


def summary(replay: Replay) -> Text:
    """Return the numbers in one sentence."""
    landings, otherwise = len(replay.landings), len(replay.otherwise)
    blocked, passed = replay.blocked_count, replay.passed_count
    return Text(
        f"{quantity(landings, 'landing')}, {otherwise} decided otherwise: {blocked} blocked now, "
        f"{passed} let pass now.",
        f"共 {landings} 次合入，{otherwise} 次判定不同：{blocked} 次现在会被阻止，"
        f"{passed} 次现在会放行。",
    )


def notes(replay: Replay) -> list[Text]:
    """Return what else a reader must know: what differs within equal verdicts, and what is open."""
    lines: list[Text] = []
    within = sum(
        bool(landing.decisions) and landing not in replay.otherwise for landing in replay.landings
    )
    if within:
        lines.append(
            Text(
                f"In {quantity(within, 'further landing')} a policy differs, and not the verdict.",
                f"另有 {within} 次合入仅策略结果不同，判定结果相同。",
            )
        )
    if replay.unrecorded:
        lines.append(
            Text(
                f"The ledger does not hold {replay.unrecorded} of the landings yet, so no reviews "
                "of theirs are recorded: launchpolicy ledger append",
                f"其中 {replay.unrecorded} 次合入尚未记入上线日志，没有评审记录："
                "launchpolicy ledger append",
            )
        )
    if replay.problems:
        count = len(replay.problems)
        lines.append(
            Text(
                f"{quantity(count, 'landing')} could not be judged: nothing is known of them.",
                f"{count} 次合入无法判定，结果未知。",
            )
        )
    return [*lines, *map(_contradiction, replay.contradictions)]


def _contradiction(item: RecordedOtherwise) -> Text:
    return Text(
        f"The ledger records {item.path} of {item.commit[:10]} as `{item.recorded}`; its own "
        f"rules say `{item.judged}` now. Run: launchpolicy ledger verify",
        f"上线日志中 {item.commit[:10]} 的 {item.path} 记为 `{item.recorded}`，而按当时规则重新判定"
        f"为 `{item.judged}`。请运行：launchpolicy ledger verify",
    )
