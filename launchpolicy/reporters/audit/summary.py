"""What an audit came to, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from launchpolicy.ledger.audit.exception_kinds import TITLES, ExceptionKind
from launchpolicy.ledger.audit.report import AuditReport
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Language, Text, quantity


class PackageFacts(NamedTuple):
    """What was found good in a package. `signers` are the given keys that signed it."""

    origin: str
    files: int
    receipts: int
    is_signed: bool
    signers: tuple[str, ...]


def summary(report: AuditReport, count: int, folder: str, *, is_signed: bool) -> Iterator[str]:
    """Yield the numbers of an audit, and where it was written."""
    for line in _lines(report, count, folder, is_signed=is_signed):
        yield escape(line.in_language(report.language))


def _lines(report: AuditReport, count: int, folder: str, *, is_signed: bool) -> Iterator[Text]:
    population, landings = report.population, report.facts.landings
    launches = len(population.launches)
    if landings is not None:
        yield Text(
            f"{quantity(landings.steps, 'commit')} of the branch: {landings.with_entries} with "
            f"entries, {landings.together} landed with a later one, {landings.nothing} with "
            f"nothing to record, {len(landings.missing)} without their record.",
            f"分支上共 {landings.steps} 个提交：{landings.with_entries} 个有记录，"
            f"{landings.together} 个与其后的提交一并合入，{landings.nothing} 个无须记录，"
            f"{len(landings.missing)} 个缺少记录。",
        )
    yield Text(
        f"{quantity(population.scope.size, 'entry', 'entries')}: {population.launch_entries} "
        f"about {quantity(launches, 'launch', 'launches')}, {population.waiver_entries} about "
        f"waivers, {len(population.rules)} about rules, "
        f"{len(population.voided) + len(population.voiding)} void or voiding.",
        f"共 {population.scope.size} 条记录：{population.launch_entries} 条关于 {launches} 次上线，"
        f"{population.waiver_entries} 条关于豁免，{len(population.rules)} 条关于规则，"
        f"{len(population.voided) + len(population.voiding)} 条为作废或被作废。",
    )
    kinds = [record.kind for record in report.exceptions]
    yield Text(f"{quantity(len(kinds), 'exception')}.", f"例外事项 {len(kinds)} 项。")
    for kind in ExceptionKind:
        if number := kinds.count(kind):
            title = TITLES[kind]
            yield Text(f"  {number}  {title.en}", f"  {number}  {title.zh}")
    sample = quantity(len(report.sample), "launch", "launches")
    yield Text(
        f"{quantity(count, 'file')} in {folder}, {sample} in the sample.",
        f"已在 {folder} 写入 {count} 个文件，样本含 {len(report.sample)} 次上线。",
    )
    if not is_signed:
        yield Text(
            "The manifest is UNSIGNED: LAUNCHPOLICY_LEDGER_KEY is not set.",
            "清单未签名：未设置 LAUNCHPOLICY_LEDGER_KEY。",
        )


def check_summary(
    facts: PackageFacts, complaints: Sequence[Text], language: Language
) -> Iterator[str]:
    """Yield what is wrong with a package, or what was found good."""
    for line in complaints or _good(facts):
        mark = "✗ " if complaints else "✓ "
        yield escape(mark + line.in_language(language))
    if complaints:
        count = len(complaints)
        verdict = Text(
            f"The package is NOT good: {quantity(count, 'complaint')}.",
            f"审计包核验失败：{count} 处问题。",
        )
        yield verdict.in_language(language)
    elif not facts.signers:
        yield _signature_note(facts).in_language(language)


def _good(facts: PackageFacts) -> Iterator[Text]:
    yield Text(
        f"{facts.origin}: {quantity(facts.files, 'file')} as the manifest has them.",
        f"{facts.origin}：{facts.files} 个文件均与清单一致。",
    )
    yield Text(
        f"{quantity(facts.receipts, 'receipt')} and the proofs between the checkpoints hold.",
        f"{facts.receipts} 份收据及检查点之间的证明均成立。",
    )
    for name in facts.signers:
        yield Text(f"Signed by {name}.", f"由 {name} 签名。")


def _signature_note(facts: PackageFacts) -> Text:
    if not facts.is_signed:
        return Text(
            "! The package is UNSIGNED: it is as good as the place where you got it from.",
            "! 审计包未签名：其可信度取决于来源。",
        )
    return Text(
        "! The package is signed, but no --key was given to verify it with.",
        "! 审计包已签名，但未提供 --key，无法验证签名。",
    )
