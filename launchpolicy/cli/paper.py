"""`launchpolicy paper KIND REQUEST`: write a form, a notice, minutes or a table of a request."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.paper import write_paper
from launchpolicy.papers.registry import PAPERS
from launchpolicy.papers.writing import FORMATS, Format
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import quantity

_KINDS = "\n".join(
    f"          {name:<13} {say(paper.title.en, paper.title.zh)}" for name, paper in PAPERS.items()
)


@click.command(
    help=say(
        f"""Write the paper KIND of a REQUEST (a request.yaml or its folder).

        A template `papers/KIND.md.j2` in the launch repository is used in place of ours.

        \b
        KIND is one of:
{_KINDS}
        """,
        f"""根据 REQUEST（request.yaml 或其目录）生成文书 KIND。

        发布仓库中的模板 `papers/KIND.md.j2` 优先于内置模板。

        \b
        KIND 可取：
{_KINDS}
        """,
    )
)
@click.argument("kind", type=click.Choice(list(PAPERS)), metavar="KIND")
@click.argument("request", type=click.Path(path_type=Path, exists=True), shell_complete=requests)
@language_option()
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="md",
    show_default=True,
    help=say("How to write it.", "输出格式。"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("File to write; standard output without it.", "输出文件；默认写到标准输出。"),
)
@click.option("--now", type=InstantType(), help=say("The moment it is made.", "生成时间。"))
def command(
    kind: str,
    request: Path,
    lang: str | None,
    format_: Format,
    output: Path | None,
    now: datetime | None,
) -> int:
    """Write the paper; nothing is written if it cannot be made whole."""
    paper = write_paper(kind, request, chosen_language(lang), format_, now or clock_now())
    if output is None:
        sys.stdout.buffer.write(paper)
        return 0
    deliver_bytes([paper], output)
    size = say(quantity(len(paper), "byte"), f"{len(paper)} 字节")
    click.echo(f"{escape(str(output))}: {size}", err=True)
    return 0
