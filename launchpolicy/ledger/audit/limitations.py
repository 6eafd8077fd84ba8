"""What an audit of the ledger cannot show, in plain words, with numbers where there are any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.population import Population
from launchpolicy.ledger.entry import Entry
from launchpolicy.vocabulary.text import Text, quantity


@dataclass(frozen=True, slots=True)
class LimitInputs:
    """What decides which limits there are, besides the population and the facts.

    `is_seed_chosen` says that the auditor named the seed of the sample.
    """

    is_signed: bool
    is_verified: bool
    is_seed_chosen: bool


def limits_of(population: Population, facts: AuditFacts, inputs: LimitInputs) -> Iterator[Text]:
    """Yield every limit that this audit has, those of all audits first."""
    yield from _always()
    yield from _of_trust(inputs)
    yield from _of_entries(population, facts)


def _always() -> Iterator[Text]:
    yield Text(
        "The ledger records what was merged, not what runs. Changes made on machines without a "
        "merged request are not in it, and are not in this audit.",
        "上线日志记录的是合并的内容，而非实际运行的内容。"
        "未经合并请求而直接在机器上进行的变更不在日志中，也不在本次审计范围内。",
    )
    yield Text(
        "When a launch began and ended, who carried it out and who tested it is what the merged "
        "request says. Compare it with the records of the machines.",
        "上线的起止时间、执行人和测试人员均以合并的申请为准，请与系统运行记录比对。",
    )
    yield Text(
        "A digest proves that a file of evidence is the same as at the merge, not that what it "
        "says is true.",
        "摘要只能证明证据文件与合并时一致，不能证明其内容属实。",
    )
    yield Text(
        "Requests that were rejected, or never merged, are not in the ledger.",
        "被拒绝或从未合并的申请不在上线日志中。",
    )
    yield Text(
        "Landings were not judged again for this audit. To do that, run "
        "`launchpolicy ledger verify`.",
        "本次审计没有重新判定各次合并；如需重新判定，请运行 `launchpolicy ledger verify`。",
    )


def _of_trust(inputs: LimitInputs) -> Iterator[Text]:
    if not inputs.is_signed:
        yield Text(
            "The checkpoint of the ledger is not signed: people who can write its branch can "
            "write another ledger. Only a checkpoint that you kept yourself shows that.",
            "上线日志的检查点未签名：能写入该分支的人可以另写一份日志，"
            "只有您自行保存的检查点才能揭示这一点。",
        )
    elif not inputs.is_verified:
        yield Text(
            "The checkpoint is signed, but the configuration names no key to verify it with.",
            "检查点已签名，但配置中没有可用于验证的公钥。",
        )
    if not inputs.is_seed_chosen:
        yield Text(
            "The seed of the sample is the root of the ledger. People who append can influence it. "
            "To exclude that, draw with a seed of your own: `--seed`.",
            "抽样种子取自上线日志的根哈希，追加记录的人可能影响它；"
            "如需排除这种可能，请用 `--seed` 指定自己的种子。",
        )


def _of_entries(population: Population, facts: AuditFacts) -> Iterator[Text]:
    entries = _entries(population)
    by_commit = sum(entry.time_source == "commit" for entry in entries)
    if by_commit:
        yield Text(
            f"The time of {quantity(by_commit, 'entry', 'entries')} is the date of the commit, "
            "which its committer chose; no host confirmed it.",
            f"{by_commit} 条记录的时间取自提交日期，由提交者自行决定，未经托管平台确认。",
        )
    from_git = sum(makers.from_git for makers in facts.makers.values())
    if from_git:
        yield Text(
            f"Of {quantity(from_git, 'entry', 'entries')} the authors and the merger are not "
            "recorded; they are those of the commits in git, which anybody can write.",
            f"{from_git} 条记录没有记载提交作者和合入人；"
            "所列为 git 提交中的姓名，任何人都可以随意填写。",
        )
    shortened = sum(entry.shortened > 0 for entry in entries)
    if shortened:
        yield Text(
            f"{quantity(shortened, 'entry', 'entries')} left out parts of long lists to stay "
            "within 64 KiB: their evidence or people may be incomplete here.",
            f"{shortened} 条记录因超过 64 KiB 而省略了长列表的一部分，其证据或人员可能不完整。",
        )
    if outside := len(population.scope.outside):
        yield Text(
            f"{quantity(outside, 'entry', 'entries')} in the range "
            f"{'is' if outside == 1 else 'are'} dated outside of the period; a range has no "
            "holes, so they are in it.",
            f"范围内有 {outside} 条记录的日期不在所审期间；范围不能留空，故一并纳入。",
        )
    unread = sum(c.digest is None for checks in facts.evidence.values() for c in checks)
    if unread:
        yield Text(
            f"{quantity(unread, 'file')} of evidence could not be read again.",
            f"{unread} 个证据文件无法重新读取。",
        )
    if facts.unread_calendars:
        yield Text(
            f"At {quantity(facts.unread_calendars, 'commit')} the calendar could not be read, so "
            "freezes may be missing here.",
            f"有 {facts.unread_calendars} 个提交的日历无法读取，封网期可能不全。",
        )


def _entries(population: Population) -> list[Entry]:
    entries = [e.entry for launch in population.launches for e in launch.events]
    entries += [e.entry for waiver in population.waivers for e in waiver.events]
    return [*entries, *(event.entry for event in population.rules)]
