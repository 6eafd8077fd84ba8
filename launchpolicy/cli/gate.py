"""`launchpolicy gate REQUEST`: may this launch start now, and is it what was approved?"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.facts.deployed_content import (
    ContentIdentity,
    IdentityKind,
    is_commit,
    is_digest,
)
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.gate.gate import GateAnswer, GateOptions, may_start
from launchpolicy.reporters.gate import json_v1, text
from launchpolicy.reporters.reporter import ReaderView

_FORMATS = ("text", "json", "github")
_SUMMARY_LIMIT = 2**20

_HELP = say(
    """May the launch of a REQUEST start now? For the job that deploys it.

    REQUEST is a request file, its folder or its name. It may start if it is merged on the protected
    branch of the remote with a passing verdict, its window is open, nothing stands in the way, all
    that is wanted before the start is recorded, and what is deployed is what was approved.

    \b
      launchpolicy gate LR-2026-0042 --artifact checkout-service=sha256:9f86d0…
      launchpolicy gate launches/LR-2026-0042 --commit checkout-service=4b825d…
      launchpolicy gate LR-2026-0042 --format github

    \b
    Exit codes: 0 it may start, 1 it may not, 2 malformed, 3 undecided, or a trial with --now.
    """,
    """REQUEST 对应的上线现在能否开始？供部署任务使用。

    REQUEST 是申请文件、其目录或名称。须同时满足：已合并到远程仓库的受保护分支且判定通过，
    上线窗口已开放，没有障碍，开始前应有的内容均已登记，将要部署的正是已批准的内容。

    \b
      launchpolicy gate LR-2026-0042 --artifact checkout-service=sha256:9f86d0…
      launchpolicy gate launches/LR-2026-0042 --commit checkout-service=4b825d…
      launchpolicy gate LR-2026-0042 --format github

    \b
    退出码：0 可以开始，1 不能开始，2 格式错误，3 无法判定，或用 --now 试算。
    """,
)


class _IdentityType(click.ParamType[ContentIdentity]):
    """The type of `NAME=VALUE` where the value identifies something: a digest or a commit."""

    def __init__(self, kind: IdentityKind, name: str, is_whole: Callable[[str], bool]) -> None:
        self.kind: IdentityKind = kind
        self.name = name
        self.is_whole = is_whole

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> ContentIdentity:
        if isinstance(value, ContentIdentity):
            return value
        name, equals, written = str(value).partition("=")
        if not name or not equals:
            self.fail(
                say(f"{value!r} is not {self.name}", f"{value!r} 不是 {self.name} 的形式"),
                param,
                ctx,
            )
        if not self.is_whole(written):
            self.fail(self._not_whole(written), param, ctx)
        return ContentIdentity(name, self.kind, written)

    def _not_whole(self, written: str) -> str:
        if self.kind == "artifact":
            return say(
                f"{written!r} is no whole digest: write sha256: (or sha384:, sha512:) and all its"
                " digits, in lower case",
                f"{written!r} 不是完整摘要：请写 sha256:（或 sha384:、sha512:）及全部小写数字",
            )
        return say(
            f"{written!r} is no whole commit: write all 40 (or 64) digits, in lower case",
            f"{written!r} 不是完整提交：请写全部 40（或 64）位小写十六进制数字",
        )


@click.command(help=_HELP)
@click.argument("request", shell_complete=requests)
@click.option(
    "--artifact",
    "artifacts",
    type=_IdentityType("artifact", "NAME=DIGEST", is_digest),
    multiple=True,
    metavar="NAME=DIGEST",
    help=say(
        "What is deployed: a name of the request's content, and its digest; repeatable.",
        "将要部署的内容：申请中的名称及其摘要；可重复。",
    ),
)
@click.option(
    "--commit",
    "commits",
    type=_IdentityType("commit", "NAME=SHA", is_commit),
    multiple=True,
    metavar="NAME=SHA",
    help=say("The same by its whole commit; repeatable.", "同上，用完整提交表示；可重复。"),
)
@click.option(
    "--partial",
    is_flag=True,
    help=say(
        "Not everything that the request identifies is deployed.", "本次只部署申请内容的一部分。"
    ),
)
@click.option(
    "--allow-pending",
    is_flag=True,
    help=say(
        "Start although a branch proposes another version.", "即使有分支提出了其他版本也允许开始。"
    ),
)
@click.option(
    "--remote",
    default="",
    metavar="REMOTE",
    help=say(
        "Where the protected branch is (a remote, path or URL; origin).",
        "受保护分支所在的远程仓库（名称、路径或 URL；默认 origin）。",
    ),
)
@click.option(
    "--ref",
    "reference",
    default="",
    metavar="REF",
    help=say(
        "Compare the request at this commit, in place of the work tree.",
        "用该提交中的申请代替工作区进行比较。",
    ),
)
@click.option(
    "--facts",
    default="",
    metavar="REF",
    help=say(
        "The branch that records the night, if there are several.",
        "登记当晚事实的分支（有多个时）。",
    ),
)
@click.option(
    "--format",
    "format_",
    type=ChoiceType(_FORMATS),
    default="text",
    show_default=True,
    help=say(
        "How to report; github also writes the outputs and the summary of the step.",
        "输出格式；github 另外写出步骤的输出与摘要。",
    ),
)
@language_option()
@click.option(
    "--now",
    type=InstantType(),
    help=say(
        "Try another time; then it is never a pass.", "以其他时间试算；试算结果绝不构成放行。"
    ),
)
@colour_option()
@directory_option()
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    request: str,
    artifacts: tuple[ContentIdentity, ...],
    commits: tuple[ContentIdentity, ...],
    remote: str,
    reference: str,
    facts: str,
    format_: str,
    lang: str | None,
    now: datetime | None,
    color: str,
    *,
    partial: bool,
    allow_pending: bool,
) -> int:
    """Return the exit code of the answer."""
    start = Path.cwd()
    options = GateOptions(
        start=start,
        request=request,
        deployed=(*artifacts, *commits),
        remote=remote,
        reference=reference,
        facts=facts,
        is_partial=partial,
        allows_pending=allow_pending,
        is_trial=now is not None,
    )
    with open_repository(start) as repository:
        answer = may_start(repository, options, now or clock_now(), os.environ)
    language = chosen_language(lang, answer.language)
    view = ReaderView(language, width_of_terminal(), is_colour_wanted(color, sys.stdout))
    _print(answer, format_, view)
    return answer.result.exit_code


def _print(answer: GateAnswer, format_: str, view: ReaderView) -> None:
    if format_ == "json":
        print_pieces(format_, json_v1.render(answer.result))
        return
    print_pieces("text", text.render(answer.result, answer.names, view))
    if format_ == "github":
        _write_for_job(answer, view)


def _write_for_job(answer: GateAnswer, view: ReaderView) -> None:
    """Write the outputs and the summary of a step, where the runner says that they go."""
    from launchpolicy.cli.github import append_within  # noqa: PLC0415 (only in a job)
    from launchpolicy.hosts.output_files import append  # noqa: PLC0415 (only in a job)
    from launchpolicy.reporters.gate import job  # noqa: PLC0415 (only in a job)

    output, summary = (os.environ.get(f"GITHUB_{name}") for name in ("OUTPUT", "STEP_SUMMARY"))
    if output:
        append(job.outputs(answer.result, secrets.token_hex(16)), Path(output))
    if summary:
        written = job.summary(answer.result, answer.names, view.language)
        append_within(Path(summary), written, _SUMMARY_LIMIT)
