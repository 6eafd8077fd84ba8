"""Print what became of a fact, for a narrow terminal: recorded, pushed or waiting, what is next."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language
from launchpolicy.cli.record.options import NightOptions
from launchpolicy.operations.record.fact_files import FactFile
from launchpolicy.operations.record.facts import subject_of
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.operations.record.publishing import Publication
from launchpolicy.operations.record.record import MakeFact, RecordResult, record
from launchpolicy.operations.record.refusal import FactRefusedError
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.reporters.run_sheet import RunSheet, outlook
from launchpolicy.reporters.text.escaping import escape, inert
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.requests.launch_progress import phase_of
from launchpolicy.vocabulary.finding import UNANSWERED, Finding
from launchpolicy.vocabulary.text import Language, Text, listing

_WIDEST = 100
_SHOWN = 6


def run(
    options: NightOptions,
    make: MakeFact,
    *,
    is_rollback: bool = False,
    launch: tuple[Path, str] | None = None,
    file: FactFile | None = None,
) -> int:
    """Write a fact and say how things stand; return 0, or 1 where it is refused.

    `launch` is the launch where it was looked up already, `file` the evidence of the fact.
    """
    root, path = launch or options.launch()
    language = chosen_language(options.lang, configured_language(root))
    record_options = options.record_options(is_rollback=is_rollback)
    try:
        result = record(root, path, make, record_options, file)
    except FactRefusedError as error:
        show_refusal(error, language)
        return error.exit_code
    for line in _answer(sheet_of(result, options, language), result):
        click.echo(line)
    return 0


def show_refusal(error: FactRefusedError, language: Language) -> None:
    """Print why a fact is refused: one complaint a line, with its policy."""
    if not error.findings:
        _say(error.problem, language, is_error=True)
    else:
        head = Text("Not recorded. The policies refuse it:", "未登记，策略不允许：")
        _say(head, language, is_error=True)
        shown = sorted(error.findings, key=lambda one: one.rule == UNANSWERED)[:_SHOWN]
        for finding in shown:
            _say(_complaint(finding), language, is_error=True)
        more = len(error.findings) - len(shown)
        if more:
            _say(Text(f"✗ and {more} more", f"✗ 另有 {more} 项"), language, is_error=True)
    remedy = error.remedy
    _say(Text(f"→ {remedy.en}", f"→ {remedy.zh}"), language, is_error=True)


def sheet_of(result: RecordResult, options: NightOptions, language: Language) -> RunSheet:
    """Return the run sheet of a launch for this terminal."""
    return RunSheet(result.data, result.names, options.moment(), language, width())


def width() -> int:
    """Return the number of columns to write in."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def publication_lines(sheet: RunSheet, publication: Publication, branch: str) -> Iterator[str]:
    """Yield where the facts are: pushed, waiting, or contradicted by a newer file."""
    yield from _lines_of(sheet, _whereabouts(publication, branch))
    for fact in publication.waiting:
        yield from _lines_of(sheet, Text(f"· {fact_text(fact).en}", f"· {fact_text(fact).zh}"))
    for refused in publication.refused:
        words = fact_text(refused.fact)
        identifier = refused.fact.identifier
        yield from _lines_of(
            sheet,
            Text(
                f"✗ Not in the newer file, which says otherwise: {words.en}. Look at both, then: "
                f"launchpolicy record queue --forget {identifier}",
                f"✗ 与他人更新的内容矛盾，未写入：{words.zh}。请核对后运行："
                f"launchpolicy record queue --forget {identifier}",
            ),
        )


def nothing_waits(sheet: RunSheet, publication: Publication, branch: str) -> Iterator[str]:
    """Yield that no fact of this clone waits; where the remote was not asked, why not."""
    yield from _lines_of(
        sheet,
        Text(f"Nothing waits in this clone for {branch}.", f"本地没有等待推送到 {branch} 的登记。"),
    )
    if publication.why is not None:
        yield from _lines_of(sheet, publication.why)


def fact_text(fact: LaunchFact) -> Text:
    """Return a fact in a few words, without verb: `step drain: done, 2026-…`."""
    words = subject_of(fact, "").removeprefix("Record the ").replace(" of :", ":").strip()
    at = f", {fact.at}" if fact.at else ""
    return Text(f"{words}{at}", f"{_chinese(fact)}{'，' + fact.at if fact.at else ''}")


def _chinese(fact: LaunchFact) -> str:
    kinds = {
        "steps": "步骤",
        "checksBefore": "上线前检查",
        "checksAfter": "上线后检查",
        "backups": "备份",
        "newBackups": "新系统备份",
    }
    results = {
        "done": "完成",
        "failed": "失败",
        "passed": "通过",
        "unresolved": "未解决",
    }
    if fact.name:
        result = fact.values.get("outcome") or fact.values.get("result")
        rehearsed = "恢复演练" if "rehearsal" in fact.values else "已完成"
        return f"{kinds[str(fact.route[-1])]} {fact.name}：{results.get(str(result), rehearsed)}"
    what = "上线" if fact.route[-1] == "execution" else "回滚"
    return f"{what}{'结束' if 'finishedAt' in fact.values else '开始'}"


def _answer(sheet: RunSheet, result: RecordResult) -> Iterator[str]:
    fact = result.fact
    if fact is None:
        return
    words = fact_text(fact)
    if result.there is None:
        yield from _lines_of(sheet, Text(f"Recorded: {words.en}", f"已登记：{words.zh}"))
    else:
        there = listing(
            str(result.there[key])
            for key in ("at", "finishedAt" if "finishedAt" in fact.values else "startedAt", "by")
            if key in result.there
        )
        yield from _lines_of(
            sheet, Text(f"Recorded already ({there.en}).", f"此前已登记（{there.zh}）。")
        )
    yield from _overridden(sheet, result)
    for finding in result.to_come:
        yield from _lines_of(
            sheet,
            Text(f"Still missing: {finding.message.en}", f"仍缺：{finding.message.zh}"),
        )
    if result.is_switched:
        yield from _lines_of(
            sheet,
            Text(f"Switched to the branch {result.branch}.", f"已切换到分支 {result.branch}。"),
        )
    yield from publication_lines(sheet, result.publication, result.branch)
    yield from outlook(sheet)
    yield from _proposal(sheet, result)


def _overridden(sheet: RunSheet, result: RecordResult) -> Iterator[str]:
    """Say which policies refuse what is recorded all the same (`--anyway`), and what follows."""
    fact = result.fact
    if fact is None or not fact.overrides:
        return
    listed = fact.overrides
    yield from _lines_of(
        sheet,
        Text(
            f"! Recorded although refused by: {', '.join(listed)}.",
            f"! 以下策略不允许，仍如实登记：{'、'.join(listed)}。",
        ),
    )
    for finding in result.overridden[:_SHOWN]:
        yield from _lines_of(sheet, _complaint(finding))
    if result.overridden:
        yield from _lines_of(
            sheet,
            Text(
                "The check of the change stays blocked until they are waived or it is rolled back.",
                "在获得豁免或回滚之前，变更检查一直阻断。",
            ),
        )


def _proposal(sheet: RunSheet, result: RecordResult) -> Iterator[str]:
    """Say at the end how the night becomes part of the protected branch."""
    phase, base = phase_of(sheet.data), result.base or "main"
    if phase == "rolled-back" and result.before:
        yield from _lines_of(sheet, _two_proposals(result, base))
        return
    if phase not in {"finished", "rolled-back"}:
        return
    yield from _lines_of(
        sheet,
        Text(
            f"When all is recorded: launchpolicy check --base {base}, then propose the branch "
            f"{result.branch} (pull request into {base}).",
            f"全部登记后：launchpolicy check --base {base}，然后为分支 {result.branch} 提交到 "
            f"{base} 的合并请求。",
        ),
    )


def _two_proposals(result: RecordResult, base: str) -> Text:
    """Say how launch and rollback are proposed where the launch is not merged yet."""
    first, second = result.before, result.branch
    return Text(
        f"The launch is merged first, then its rollback. First: launchpolicy check --base {base} "
        f"--head {first}, and propose {first} (pull request into {base}). Once that is merged: "
        f"launchpolicy check --base {base} --head {second}, and propose {second}.",
        f"先合并上线记录，再合并回滚记录。先运行 launchpolicy check --base {base} --head {first}，"
        f"为分支 {first} 提交到 {base} 的合并请求；合并后再运行 launchpolicy check --base {base} "
        f"--head {second}，为分支 {second} 提交合并请求。",
    )


def _whereabouts(publication: Publication, branch: str) -> Text:
    count = len(publication.waiting)
    if not publication.has_remote:
        return Text(
            f"Kept in this clone on {branch}; it has no remote.",
            f"已存入本地克隆的分支 {branch}；没有远程仓库。",
        )
    if not count:
        return Text(f"Pushed to {branch}.", f"已推送到 {branch}。")
    why = publication.why or Text("not pushed yet", "尚未推送")
    return Text(
        f"{count} waiting in this clone ({why.en.rstrip('.')}); the next call pushes:",
        f"{count} 条在本地等待（{why.zh.rstrip('。')}），下次运行时推送：",
    )


def _complaint(finding: Finding) -> Text:
    message, rule = finding.message, finding.rule
    return Text(f"✗ {message.en} ({rule})", f"✗ {message.zh}（{rule}）")


def _lines_of(sheet: RunSheet, text: Text) -> Iterator[str]:
    for line in wrap(escape(text.in_language(sheet.language)), sheet.width):
        yield inert(line)


def _say(text: Text, language: Language, *, is_error: bool = False) -> None:
    for line in wrap(escape(text.in_language(language)), width()):
        click.echo(inert(line), err=is_error)
