"""`launchpolicy policy explain ID REQUEST`: what a policy decides on a request, and from what."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.completion_values import policy_ids, requests
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.policy.options import format_option
from launchpolicy.cli.request_type import RequestType
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.policy.explain import ExplainedRequest, explain_policy
from launchpolicy.reporters.explanation.json_v1 import as_json
from launchpolicy.reporters.explanation.text import ExplanationText
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import TextWriter

_HELP = say(
    """Explain what the policy ID decides on REQUEST (a request file or its folder): whether it
    applies, and every part of its expressions with its value and its place in the request.

    \b
      launchpolicy policy explain launch-window-fixed launches/LR-2026-0042
      launchpolicy policy explain both-leads-approve launches/LR-2026-0042 --base origin/main

    \b
    Exit codes: 0 explained, whatever was decided, 2 no such policy or request, 3 undecided.
    """,
    """说明策略（ID）对申请 REQUEST（申请文件或其目录）的判定：是否适用，以及表达式各部分的值
    及其在申请中的位置。

    \b
      launchpolicy policy explain launch-window-fixed launches/LR-2026-0042
      launchpolicy policy explain both-leads-approve launches/LR-2026-0042 --base origin/main

    \b
    退出码：0 已说明（与判定结果无关），2 没有该策略或申请，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("policy_id", metavar="ID", shell_complete=policy_ids)
@click.argument("request", type=RequestType(may_be_gone=True), shell_complete=requests)
@click.option(
    "--base",
    metavar="REF",
    help=say(
        "Judge HEAD against this commit, as in the pull request.", "与该提交比较来判定 HEAD。"
    ),
)
@click.option(
    "--approvals",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("Count the approvals that this record holds.", "计入该记录中的审批。"),
)
@click.option(
    "--now",
    type=InstantType(),
    help=say("Judge at this moment.", "以该时刻判定。"),
)
@click.option(
    "--document",
    default="",
    metavar="ID",
    help=say(
        "The id of the one that is meant, in a file of many documents.",
        "文件含多个文档时，所指文档的标识。",
    ),
)
@format_option(("text", "json"))
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help=say("Show the parts of what holds, too.", "同时展开成立的各部分。"),
)
@colour_option()
@language_option()
@directory_option()
def command(  # noqa: PLR0913 (one parameter for each option)
    policy_id: str,
    request: Path,
    *,
    base: str | None,
    approvals: Path | None,
    now: datetime | None,
    document: str,
    format_: str,
    color: str,
    lang: str | None,
    verbose: bool,
) -> int:
    """Return 0 when there is an explanation, whatever was decided."""
    asked = ExplainedRequest(request, base, approvals, document)
    explained = explain_policy(policy_id, asked, now or clock_now())
    if format_ == "json":
        write_utf8([as_json(explained.explanation, explained.file)])
        return 0
    language = chosen_language(lang, explained.language)
    view = ReaderView(language, width_of_terminal(), is_colour_wanted(color, sys.stdout), verbose)
    text = ExplanationText(TextWriter(view), explained.explanation, explained.file)
    for line in text.lines():
        click.echo(line, nl=False, color=True)
    return 0
