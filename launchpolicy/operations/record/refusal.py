"""A fact that the policies refuse, and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Text

_SHOWN = 5


class FactRefusedError(LaunchpolicyError):
    """A fact that the policies refuse: nothing was written."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problem: Text, remedy: Text, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(problem, remedy)
        self.findings = findings


def refused_by_policies(findings: Sequence[Finding]) -> FactRefusedError:
    """Return the error that names what the policies refuse, and which policies."""
    shown = findings[:_SHOWN]
    more = len(findings) - len(shown)
    english = " ".join(f"{one.message.en} ({one.rule})" for one in shown)
    chinese = "".join(f"{one.message.zh}（{one.rule}）" for one in shown)
    if more:
        english += f" And {more} more."
        chinese += f"另有 {more} 项。"
    problem = Text(
        f"Not recorded. The policies refuse it: {english}", f"未登记，策略不允许：{chinese}"
    )
    return FactRefusedError(problem, _remedy(findings), tuple(findings))


def _remedy(findings: Sequence[Finding]) -> Text:
    fix = findings[0].fix
    if any("/" in one.rule for one in findings):  # it is malformed, and cannot be written at all
        return fix
    english, chinese = _with_full_stop(fix.en, "."), _with_full_stop(fix.zh, "。")
    return Text(
        f"{english} If it happened all the same, record it as it was with --anyway: the check of "
        "the change then stays blocked until it is waived or rolled back.",
        f"{chinese}如确已发生，请加 --anyway 如实登记：此后变更检查一直阻断，直至获得豁免或回滚。",
    )


def _with_full_stop(sentence: str, stop: str) -> str:
    """Return a sentence with its full stop: a fix that ends with a command has none."""
    return sentence if sentence.endswith((".", "!", "?", "。", "！", "？")) else f"{sentence}{stop}"
