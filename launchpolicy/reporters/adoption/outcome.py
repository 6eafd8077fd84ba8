"""Report to the person who set up what was done, file by file, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from launchpolicy.reporters.adoption.github import WRITTEN
from launchpolicy.reporters.adoption.setup import Setup
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import Language, Text

_RULESET = WRITTEN["ruleset.json"]


class FileOutcome(StrEnum):
    """The outcome of setting up for one file."""

    WRITTEN = "written"
    EXTENDED = "extended"
    KEPT = "kept"
    LEFT_OUT = "left-out"


class SetupStep(NamedTuple):
    """One file (by path from the top of the git repository), and why it was not written.

    `lines` are those that were added, or that a person has to add; "" for none.
    """

    path: str
    outcome: FileOutcome
    reason: Text = Text("", "")
    lines: str = ""


_HEADINGS = {
    FileOutcome.WRITTEN: Text("Written", "已写入"),
    FileOutcome.EXTENDED: Text("Extended", "已补充"),
    FileOutcome.KEPT: Text("Left as it is", "保持不变"),
    FileOutcome.LEFT_OUT: Text("Left out", "未写入"),
}
_NOTHING = Text(
    "Nothing was written: this launch repository is set up already.",
    "未写入任何文件：本仓库已完成设置。",
)
_ROLES = Text(
    "Fill in people.yaml first, by hand or with `launchpolicy people add ID --role ROLE`: nobody "
    "holds these roles yet, so nothing can be approved. `launchpolicy people check` says what is "
    "still missing.",
    "请先填写人员名录（手工填写，或运行 `launchpolicy people add 标识 --role 角色`）："
    "以下角色尚无人担任，任何审批都无法给出。可运行 `launchpolicy people check` 查看还缺什么。",
)
_NEXT = Text("Next:", "接下来：")
_REQUEST = Text("Name of the launch", "上线名称")
_MESSAGE = Text("Adopt launchpolicy", "启用 launchpolicy")
_GATE = Text(
    "in a job that your host requires before a merge into {branch}",
    "放入合并到 {branch} 之前必须通过的作业",
)
_OWNERS = Text(
    "GitHub ignores an owner that it does not know. After the push, this must list no error: "
    "gh api repos/{repository}/codeowners/errors",
    "GitHub 会忽略它不认识的负责人。推送后，以下命令应不列出任何错误："
    "gh api repos/{repository}/codeowners/errors",
)


def outcome_text(
    steps: Sequence[SetupStep], setup: Setup, repository: str, start: str, language: Language
) -> str:
    """Return what was done and what comes next.

    Args:
        steps: what became of each file.
        setup: the answers.
        repository: OWNER/REPO on GitHub, "" for none.
        start: what leads from the current folder to the top of the git repository, such as `..`.
        language: to say it in.
    """
    lines = [*_files(steps, language)]
    if any(step.outcome in {FileOutcome.WRITTEN, FileOutcome.EXTENDED} for step in steps):
        lines += _advice(steps, setup, repository, language)
        lines += _next_commands(steps, setup, repository, start, language)
    else:
        lines += ["", _NOTHING.in_language(language)]
    return "\n".join(lines).lstrip("\n")


def _files(steps: Sequence[SetupStep], language: Language) -> Iterator[str]:
    """Yield the files by outcome and reason, so that one reason is said once."""
    for outcome, heading in _HEADINGS.items():
        reasons = dict.fromkeys(step.reason for step in steps if step.outcome is outcome)
        for reason in reasons:
            yield from ("", _heading(heading, reason, language))
            for step in steps:
                if step.outcome is outcome and step.reason == reason:
                    yield f"  {escape(step.path)}"
                    yield from (f"      {escape(line)}" for line in step.lines.splitlines())


def _heading(heading: Text, reason: Text, language: Language) -> str:
    words, why = heading.in_language(language), reason.in_language(language)
    if language == "zh":
        return f"{words}（{why}）：" if why else f"{words}："
    return f"{words} ({why}):" if why else f"{words}:"


def _advice(
    steps: Sequence[SetupStep], setup: Setup, repository: str, language: Language
) -> Iterator[str]:
    written_names = {
        step.path.rpartition("/")[2] for step in steps if step.outcome is FileOutcome.WRITTEN
    }
    if "people.yaml" in written_names:
        yield from ("", _ROLES.in_language(language))
        for demand in setup.roles:
            title = role_title(demand.role).in_language(language)
            yield f"  {demand.role}" if title == demand.role else f"  {demand.role}  {title}"
    if "CODEOWNERS" in written_names and repository:
        yield from ("", _OWNERS.in_language(language).format(repository=repository))


def _next_commands(
    steps: Sequence[SetupStep], setup: Setup, repository: str, start: str, language: Language
) -> Iterator[str]:
    there = [step.path for step in steps if step.outcome is not FileOutcome.LEFT_OUT]
    paths = dict.fromkeys(".github" if path.startswith(".github/") else path for path in there)
    inside = f"cd {shlex.quote(setup.folder)} && " if setup.folder else ""
    message, title = _MESSAGE.in_language(language), _REQUEST.in_language(language)
    yield from ("", _NEXT.in_language(language))
    if start != ".":
        yield f"  cd {shlex.quote(start)}"
    yield f"  git add {' '.join(map(shlex.quote, paths))} && git commit -m {shlex.quote(message)}"
    yield f"  {inside}launchpolicy new {shlex.quote(title)}"
    if _RULESET in there:
        rulesets = f"repos/{repository or 'OWNER/REPO'}/rulesets"
        yield f"  gh api --method POST {rulesets} --input {_RULESET}"
    else:
        where = _GATE.in_language(language).format(branch=setup.branch)
        yield f"  # {where}"
        yield f"  {inside}launchpolicy check --base {shlex.quote(setup.branch)}"
