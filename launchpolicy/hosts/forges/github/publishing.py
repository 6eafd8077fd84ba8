"""The verdict where people look: a check run on the head, and one comment kept up to date.

The check run is what a ruleset requires, so its name carries the base branch: a green one that was
earned against another branch is another check (threat R6). Only a pass is ever success.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from launchpolicy.hosts.forges.forge import (
    Annotation,
    AnnotationLevel,
    CheckContent,
    PullRequestEvent,
)
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, value_in
from launchpolicy.hosts.forges.github.problems import RefusedError
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.text import Text

Json = Any

MARKER = "<!-- launchpolicy: one comment, kept up to date -->"
_ANNOTATIONS_AT_ONCE = 50
_LONGEST_SUMMARY = 65_535
_LONGEST_COMMENT = 65_536
_LONGEST_TITLE = 255
_LONGEST_MESSAGE = 64_000
"""What GitHub takes at most, in bytes of UTF-8."""

_UNPROCESSABLE = 422
_LEVELS = {
    AnnotationLevel.ERROR: "failure",
    AnnotationLevel.WARNING: "warning",
    AnnotationLevel.NOTE: "notice",
}
_CREATED = (200, 201)


def check_name(event: PullRequestEvent) -> str:
    """Return the name that a ruleset of the base branch requires."""
    return f"launchpolicy ({event.base_ref})"


def start(client: Client, event: PullRequestEvent) -> int:
    """Start the check run of a judgement; return its id.

    Raises:
        UndecidedError: the check run cannot be made.
    """
    body = {"name": check_name(event), "head_sha": event.head, "status": "in_progress"}
    asked = "the check run"
    path = f"/repos/{event.repository}/check-runs"
    return number_in(asked, client.rest(asked, "POST", path, body, _CREATED), "id")


def withdraw(client: Client, event: PullRequestEvent) -> None:
    """Conclude as failures the checks that earlier runs show on the head as passes.

    For a judgement that cannot begin a check run of its own: the one before says nothing about now.
    What GitHub does not let us change stays; the job is red in any case.
    """
    asked = "the earlier check runs"
    name = quote(check_name(event), safe="")
    path = f"/repos/{event.repository}/commits/{event.head}/check-runs?check_name={name}"
    output = {"title": _WITHDRAWN, "summary": _WITHDRAWN}
    failure = {"status": "completed", "conclusion": "failure", "output": output}
    try:
        listed = value_in(asked, client.rest(asked, "GET", f"{path}&per_page=100"), "check_runs")
        passes = [run for run in listed if value_in(asked, run, "status") and _is_pass(run)]
    except UndecidedError:
        return
    for run in passes:
        with contextlib.suppress(UndecidedError):
            number = number_in(asked, run, "id")
            client.rest(asked, "PATCH", f"/repos/{event.repository}/check-runs/{number}", failure)


def _is_pass(run: Json) -> bool:
    return run.get("conclusion") in {"success", "neutral", "skipped"}


_WITHDRAWN = (
    "Withdrawn: it could not be judged again. See the log of the job. / "
    "已撤回：无法重新判定，请查看任务日志。"
)


def finish(client: Client, event: PullRequestEvent, run: int, content: CheckContent) -> None:
    """Conclude the check run: success for a pass, failure for everything else.

    Never neutral or skipped, which a ruleset takes for success. The conclusion is sent last, so
    that whatever fails before leaves the check open, and the merge blocked. Only what GitHub will
    not show (status 422) is left out: a check that stays open tells nobody what to do.

    Raises:
        UndecidedError: it cannot be concluded.
    """
    asked, path = "the check run", f"/repos/{event.repository}/check-runs/{run}"
    title = cut_to_bytes(content.title, _LONGEST_TITLE)
    output = {"title": title, "summary": cut_to_bytes(content.summary, _LONGEST_SUMMARY)}
    for batch in _batches(content.annotations):
        try:
            client.rest(asked, "PATCH", path, {"output": {**output, "annotations": batch}})
        except RefusedError as error:
            _require_unprocessable(error)
    conclusion = "success" if content.verdict is Verdict.PASS else "failure"
    ended = {"status": "completed", "conclusion": conclusion}
    plain = {"title": title, "summary": _NOT_SHOWN}
    for body in ({**ended, "output": output}, {**ended, "output": plain}, ended):
        try:
            answer = client.rest(asked, "PATCH", path, body)
        except RefusedError as error:
            _require_unprocessable(error)
            if body is ended:
                raise
            continue
        if value_in(asked, answer, "conclusion") != conclusion:
            raise _not_concluded()
        return


_NOT_SHOWN = (
    "GitHub did not take the report; the log of the job has it. / "
    "GitHub 未接受报告，请查看任务日志。"
)


def _require_unprocessable(error: RefusedError) -> None:
    if error.status != _UNPROCESSABLE:
        raise error


def comment(client: Client, event: PullRequestEvent, number: int, markdown: str) -> Text | None:
    """Keep the one comment up to date; return a sentence where that fails.

    Ours is the one with the marker that the token's own account wrote: anybody can copy a marker.
    """
    body = cut_to_bytes(f"{MARKER}\n{markdown}", _LONGEST_COMMENT)
    try:
        ours = list(_ours(client, event, number))
        path = f"/repos/{event.repository}/issues"
        if not ours:
            client.rest("the comment", "POST", f"{path}/{number}/comments", {"body": body}, (201,))
            return None
        first, *further = ours
        if first.get("body") != body:
            client.rest("the comment", "PATCH", f"{path}/comments/{first['id']}", {"body": body})
        for other in further:
            client.rest("the comment", "DELETE", f"{path}/comments/{other['id']}", None, (204,))
    except UndecidedError as error:
        return Text(
            f"The comment could not be written: {error.problem.en}",
            f"无法更新评论：{error.problem.zh}",
        )
    return None


def _ours(client: Client, event: PullRequestEvent, number: int) -> Iterator[Json]:
    asked = "the comments"
    me = text_in(asked, client.graphql(asked, _WHO_AM_I, {}), "viewer", "login")
    path = f"/repos/{event.repository}/issues/{number}/comments"
    for existing in client.pages(asked, path):
        number_in(asked, existing, "id")
        author, body = existing.get("user"), existing.get("body")
        login = author.get("login") if isinstance(author, dict) else None
        # REST writes an app's login with `[bot]`, GraphQL does not always.
        is_ours = login in (me, f"{me}[bot]")
        if is_ours and isinstance(body, str) and body.startswith(MARKER):
            yield existing


_WHO_AM_I = "query { viewer { login } }"


def _batches(annotations: Sequence[Annotation]) -> Iterator[list[Json]]:
    for begin in range(0, len(annotations), _ANNOTATIONS_AT_ONCE):
        yield [
            api_annotation(annotation)
            for annotation in annotations[begin : begin + _ANNOTATIONS_AT_ONCE]
        ]


def api_annotation(annotation: Annotation) -> Json:
    """Return an annotation as the REST API takes it (Update a check run)."""
    span = annotation.span
    data: dict[str, Json] = {
        "path": annotation.path,
        "start_line": span.start.line,
        "end_line": span.end.line,
        "annotation_level": _LEVELS[annotation.level],
        "title": cut_to_bytes(annotation.title, _LONGEST_TITLE),
        "message": cut_to_bytes(annotation.message, _LONGEST_MESSAGE),
    }
    if span.start.line == span.end.line:  # columns are allowed within one line only
        data |= {"start_column": span.start.column, "end_column": span.end.column}
    return data


def cut_to_bytes(text: str, most: int) -> str:
    """Return a text of at most so many bytes of UTF-8: cut between two characters, and marked."""
    source = text.encode()
    if len(source) <= most:
        return text
    return source[: most - len(_CUT.encode())].decode("utf-8", "ignore") + _CUT


_CUT = "…"


def _not_concluded() -> UndecidedError:
    return UndecidedError(
        Text("GitHub did not take the conclusion of the check.", "GitHub 未接受检查结论。"),
        Text("Run the check again.", "请重新运行检查。"),
    )
