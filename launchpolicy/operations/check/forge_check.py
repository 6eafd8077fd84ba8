"""The check of a pull request on its forge, from event to conclusion: judged once, shown there.

The check is started first and concluded last. Whatever goes wrong between the two concludes it as a
failure that says what to do; if even that fails, it stays open and the merge stays blocked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.forges.clock import clock_problem
from launchpolicy.hosts.forges.forge import (
    CheckContent,
    Forge,
    PullRequestEvent,
    PullRequestRun,
)
from launchpolicy.operations.check import run as check
from launchpolicy.operations.check.annotations import annotations_of
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.check.stopped_check import stopped_verdict
from launchpolicy.reporters.registry import REPORTERS, ReaderView
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Language, Text

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class RunResult:
    """What came of a run: the report, in which language it is read, and what could not be shown.

    `collected` is what the forge said, `markdown` the report as it is shown there, `prefix` the
    launch repository's place in the git repository.
    """

    event: PullRequestEvent
    report: Report
    language: Language
    collected: ApprovalRecord
    markdown: str
    prefix: str = ""
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ForgeCheckOptions:
    """What was asked of the command: from which folder, at which time, in which language.

    `language` decides once the configuration's is known. `comments` says whether to keep the
    comment up to date.
    """

    start: Path
    now: Callable[[], datetime]
    language: Callable[[Language | None], Language]
    comments: bool = True


def judge(
    forge: Forge, environ: Mapping[str, str], options: ForgeCheckOptions
) -> Iterator[RunResult | LaunchpolicyError]:
    """Judge every pull request of a run and show each verdict on it.

    Yield for each check what came of it; an error says why it could not be judged, and so does the
    check. One that fails keeps no other from being judged.

    Raises:
        LaunchpolicyError: it cannot be found out what is to be judged.
    """
    run = forge.open_run(environ)
    for event in run.read_events():
        try:
            yield _judge_and_show(run, event, options, forge.TITLE)
        except LaunchpolicyError as error:
            yield error


def _judge_and_show(
    run: PullRequestRun, event: PullRequestEvent, options: ForgeCheckOptions, title: str
) -> RunResult:
    try:
        check_id = run.start_check(event)
    except LaunchpolicyError:
        run.withdraw_checks(event)
        raise
    try:
        result = _judge_event(run, event, options, title)
    except LaunchpolicyError as error:
        run.finish_check(event, check_id, _failure_content(error, options.language(None)))
        raise
    except Exception as error:
        run.finish_check(event, check_id, _broken(error))
        raise
    content = _content(result)
    notes = tuple(_comment(run, event, content.summary)) if options.comments else ()
    run.finish_check(event, check_id, content)
    return replace(result, notes=notes)


def _judge_event(
    run: PullRequestRun, event: PullRequestEvent, options: ForgeCheckOptions, title: str
) -> RunResult:
    collected = run.collect_approvals(event)
    now = options.now()
    if (problem := clock_problem(now, run.server_time, title)) is not None:
        raise problem
    # The branch as it is now, not as it was when the pull request was last pushed: rules that were
    # tightened meanwhile count (threat L5). A merge queue may build a group on another one, whose
    # rules nobody has approved: compared with the branch, all that it would add is judged (R5).
    base = f"refs/remotes/origin/{event.base_ref}"
    check_options = CheckOptions(
        options.start, base=base, head=event.head, collected=collected, is_exact=True
    )
    check_input = check.collect_input(check_options, now)
    language = options.language(check_input.rules.configuration.language)
    report, prefix = check.run_check(check_input), check_input.prefix
    view = ReaderView(language, _WIDTH, prefix=prefix)
    markdown = "".join(REPORTERS["markdown"].load().render(report, view))
    return RunResult(event, report, language, collected, markdown, prefix)


def _content(result: RunResult) -> CheckContent:
    verdict, good_until = result.report.verdict, result.report.good_until
    title = _title(result.report)
    if good_until is not None:
        end = good_until.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        title = Text(f"{title.en}, good until {end}", f"{title.zh}，有效至 {end}")
    return CheckContent(
        verdict,
        title.in_language(result.language),
        result.markdown,
        annotations_of(result.report, result.language, result.prefix),
    )


def _title(report: Report) -> Text:
    """Return the headline; where there was no request, the check passes and says just that."""
    if report.verdict is Verdict.PASS and not report.judgements:
        return Text("Nothing was judged: no request is changed", "未作判定：没有申请发生变更")
    return _TITLES[report.verdict]


_TITLES = {
    Verdict.PASS: Text("Every request may go ahead", "所有申请均可继续"),
    Verdict.BLOCKED: Text("Blocked: see what is missing", "阻断：请查看所缺事项"),
    Verdict.REJECTED: Text("A request is malformed", "申请格式错误"),
    Verdict.UNDECIDED: Text("Undecided, which is not a pass", "无法判定，不等于通过"),
}


def _comment(run: PullRequestRun, event: PullRequestEvent, markdown: str) -> list[Text]:
    problems = (run.write_comment(event, number, markdown) for number in event.numbers)
    return [problem for problem in problems if problem is not None]


def _failure_content(error: LaunchpolicyError, language: Language) -> CheckContent:
    from launchpolicy.reporters.markdown.escaping import prose  # noqa: PLC0415 (only a failure)

    verdict = stopped_verdict(error)
    problems = [(error.problem, error.remedy)]
    if isinstance(error, MalformedRulesError):
        problems = [
            (Text(f"{f.place}: {f.message.en}", f"{f.place}：{f.message.zh}"), f.fix)
            for f in error.findings
        ]
    lines = [
        f"* {prose(problem.in_language(language))}  \n  → {prose(remedy.in_language(language))}"
        for problem, remedy in problems
    ]
    return CheckContent(verdict, _TITLES[verdict].in_language(language), "\n".join(lines))


def _broken(error: Exception) -> CheckContent:
    """Return the result for an unforeseen error; its text may hold anything and is not shown."""
    title = _TITLES[Verdict.UNDECIDED].en
    return CheckContent(
        Verdict.UNDECIDED, title, f"Unexpected {type(error).__name__}; see the log."
    )
