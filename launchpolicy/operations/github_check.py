"""A workflow run from event to conclusion: judged once, shown in every place, never left open.

The check run is begun first and concluded last. Whatever goes wrong between the two concludes it as
a failure that says what to do; should even that fail, it stays open and the merge stays blocked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.forges.github.client import Client, clock_problem
from launchpolicy.hosts.forges.github.event import PullRequestEvent, read_event
from launchpolicy.hosts.forges.github.pull_request import collect
from launchpolicy.operations import check
from launchpolicy.operations import github_publish as publishing
from launchpolicy.operations.check_input import CheckOptions
from launchpolicy.operations.github_publish import CheckRunContent
from launchpolicy.reporters.github_annotations import annotations_of
from launchpolicy.reporters.registry import REPORTERS, ReaderView
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError
from launchpolicy.vocabulary.finding import Report, Verdict
from launchpolicy.vocabulary.text import Language, Text

_VERDICTS = {2: Verdict.REJECTED, 3: Verdict.UNDECIDED}
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class RunResult:
    """What came of a run: the report, in which language it is read, and what could not be shown.

    `collected` is what GitHub said, `markdown` the report as it is shown there, `folder` the launch
    repository's place in the git repository.
    """

    event: PullRequestEvent
    report: Report
    language: Language
    collected: ApprovalRecord
    markdown: str
    folder: str = ""
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class GithubCheckOptions:
    """What was asked of the command: from which folder, at which time, in which language.

    `language` decides once the configuration's is known. `comments` says whether to keep the
    comment up to date.
    """

    start: Path
    now: Callable[[], datetime]
    language: Callable[[Language | None], Language]
    comments: bool = True


def judge(client: Client, environ: Mapping[str, str], request: GithubCheckOptions) -> RunResult:
    """Judges the pull request of a run and shows the verdict on it.

    Raises:
        LaunchpolicyError: it could not be judged; the check run says so.
    """
    event = read_event(environ, client)
    run = publishing.start(client, event)
    try:
        found = _judged(client, event, request)
    except LaunchpolicyError as error:
        publishing.finish(client, event, run, _failed(error, request.language(None)))
        raise
    except Exception as error:
        publishing.finish(client, event, run, _broken(error))
        raise
    shown = _shown(found)
    notes = tuple(_comment(client, event, shown.summary)) if request.comments else ()
    publishing.finish(client, event, run, shown)
    return replace(found, notes=notes)


def _judged(client: Client, event: PullRequestEvent, request: GithubCheckOptions) -> RunResult:
    collected = collect(client, event)
    now = request.now()
    if (problem := clock_problem(now, client.server_time)) is not None:
        raise problem
    # The branch as it is now, not as it was when the pull request was last pushed: rules that were
    # tightened meanwhile count (threat L5). A merge group was built on the commit that it names.
    in_queue = event.name == "merge_group" and event.base
    base = event.base if in_queue else f"refs/remotes/origin/{event.base_ref}"
    question = CheckOptions(request.start, base=base, head=event.head, collected=collected)
    situation = check.collect_input(question, now)
    language = request.language(situation.rules.configuration.language)
    report, folder = check.run_check(situation), situation.folder
    view = ReaderView(language, _WIDTH, folder=folder)
    markdown = "".join(REPORTERS["markdown"].load().render(report, view))
    return RunResult(event, report, language, collected, markdown, folder)


def _shown(found: RunResult) -> CheckRunContent:
    verdict = found.report.verdict
    return CheckRunContent(
        verdict,
        _TITLES[verdict].in_language(found.language),
        found.markdown,
        annotations_of(found.report, found.language, found.folder),
    )


_TITLES = {
    Verdict.PASS: Text("Every request may go ahead", "所有申请均可继续"),
    Verdict.BLOCKED: Text("Blocked: see what is missing", "阻断：请查看所缺事项"),
    Verdict.REJECTED: Text("A request is malformed", "申请格式错误"),
    Verdict.UNDECIDED: Text("Undecided, which is not a pass", "无法判定，不等于通过"),
}


def _comment(client: Client, event: PullRequestEvent, markdown: str) -> list[Text]:
    problems = (publishing.comment(client, event, number, markdown) for number in event.numbers)
    return [problem for problem in problems if problem is not None]


def _failed(error: LaunchpolicyError, language: Language) -> CheckRunContent:
    from launchpolicy.reporters.markdown.escaping import prose  # noqa: PLC0415 (only a failure)

    verdict = _VERDICTS[error.exit_code]
    told = [(error.problem, error.remedy)]
    if isinstance(error, MalformedRulesError):
        told = [
            (Text(f"{f.place}: {f.message.en}", f"{f.place}：{f.message.zh}"), f.fix)
            for f in error.findings
        ]
    lines = [
        f"* {prose(problem.in_language(language))}  \n  → {prose(remedy.in_language(language))}"
        for problem, remedy in told
    ]
    return CheckRunContent(verdict, _TITLES[verdict].in_language(language), "\n".join(lines))


def _broken(error: Exception) -> CheckRunContent:
    """Something nobody foresaw; what it says is not shown, as it may hold anything."""
    title = _TITLES[Verdict.UNDECIDED].en
    return CheckRunContent(
        Verdict.UNDECIDED, title, f"Unexpected {type(error).__name__}; see the log."
    )
