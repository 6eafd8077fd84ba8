"""`launchpolicy paper KIND REQUEST`: write a form, a notice, minutes or a table of a request."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.completion_values import paper_kinds, requests
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.cli.request_type import RequestType
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.paper.pictures import write_markdown_with_pictures
from launchpolicy.operations.paper.write import write_paper
from launchpolicy.operations.paper.write_all import StagePaper, write_stage_papers
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.papers.registry import ALIASES, PAPERS
from launchpolicy.papers.writing import BINARY_FORMATS, FORMATS, Format
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.near_names import did_you_mean, near_names
from launchpolicy.vocabulary.text import Language, Text, quantity

if TYPE_CHECKING:  # loaded only where a record is given
    from launchpolicy.facts.approvals.records import ApprovalRecord

_WIDTH = max(map(len, PAPERS))
_KINDS = "\n".join(
    f"          {name:<{_WIDTH}} {say(paper.title.en, paper.title.zh)}"
    for name, paper in PAPERS.items()
)
_NO_PAPER = Text(
    "At its stage the request needs no paper of this format; launchpolicy paper KIND REQUEST writes"
    " a single one.",
    "申请在当前阶段不需要此格式的文书；可用 launchpolicy paper 文书 申请 单独生成。",
)


@click.command(
    help=say(
        f"""Write the paper KIND of a REQUEST (a request.yaml or its folder).

        With --all, write every paper that the request needs at its stage into a folder:
        launchpolicy paper --all REQUEST FOLDER.

        A template `papers/KIND.md.j2` in the launch repository is used in place of ours.

        \b
        KIND is one of:
{_KINDS}
        """,
        f"""根据 REQUEST（request.yaml 或其目录）生成文书 KIND。

        加 --all 时，将申请在当前阶段所需的全部文书写入一个目录：
        launchpolicy paper --all REQUEST FOLDER。

        上线仓库中的模板 `papers/KIND.md.j2` 优先于内置模板。

        \b
        KIND 可取：
{_KINDS}
        """,
    )
)
@click.argument("first", metavar="KIND", shell_complete=paper_kinds)
@click.argument(
    "second", metavar="REQUEST", type=click.Path(path_type=Path), shell_complete=requests
)
@language_option()
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help=say(
        "Write what the stage needs: --all REQUEST FOLDER.",
        "生成当前阶段所需的全部文书：--all REQUEST FOLDER。",
    ),
)
@click.option(
    "--format",
    "format_",
    type=ChoiceType(FORMATS),
    help=say(
        "How to write it (default: as the name of --output ends, else md; with --all docx).",
        "输出格式（默认：按 --output 的文件后缀，否则为 md；加 --all 时为 docx）。",
    ),
)
@click.option(
    "--approvals",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=say(
        "A record of reviews, whose approvals are printed among the signatures.",
        "审批记录文件，其中的审批会印在签字栏中。",
    ),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("File to write; standard output without it.", "输出文件；默认写到标准输出。"),
)
@click.option("--now", type=InstantType(), help=say("The moment it is made.", "生成时间。"))
def command(  # noqa: PLR0913, PLR0917 (one for each option)
    first: str,
    second: Path,
    lang: str | None,
    is_all: bool,  # noqa: FBT001 (click passes it)
    format_: Format | None,
    approvals: Path | None,
    output: Path | None,
    now: datetime | None,
) -> int:
    """Write the paper; nothing is written if it cannot be made whole."""
    moment = now or clock_now()
    language = chosen_language(lang, configured_language(Path(first) if is_all else second))
    record = _record(approvals)
    if is_all:
        _require_no_output(output)
        request = _existing(Path(first))
        papers = write_stage_papers(request, second, language, format_ or "docx", moment, record)
        for paper in papers:
            print_prose(_line(paper, language), err=paper.file is None)
        if not papers:
            print_prose(_NO_PAPER.in_language(language), err=True)
        return 0
    kind = _kind(first)
    format_ = format_ or _format_of(output)
    if output is not None and format_ in {None, "md"} and PAPERS[ALIASES.get(kind, kind)].pictures:
        existing = _existing(second)
        made = write_markdown_with_pictures(kind, existing, language, moment, record, output)
        click.echo(_size_line(output, len(made)), err=True)
        return 0
    paper_bytes = write_paper(kind, _existing(second), language, format_ or "md", moment, record)
    if output is None:
        if format_ in BINARY_FORMATS and sys.stdout.isatty():
            raise _not_for_terminals(kind, format_)
        sys.stdout.buffer.write(paper_bytes)
        return 0
    deliver_bytes([paper_bytes], output)
    click.echo(_size_line(output, len(paper_bytes)), err=True)
    return 0


def _format_of(output: Path | None) -> Format | None:
    """Return the format that the name of a file asks for; None where it says none."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    return next((known for known in FORMATS if known == suffix), None)


def _not_for_terminals(kind: str, format_: str) -> UsageError:
    name = f"{kind}.{format_}"
    return UsageError(
        Text(
            f"A paper as {format_} is no text that a terminal can show.",
            f"{format_} 格式的文书不是终端能显示的文本。",
        ),
        Text(f"Write it into a file: --output {name}", f"请写入文件：--output {name}"),
    )


def _size_line(output: Path, size: int) -> str:
    return f"{escape(str(output))}: {say(quantity(size, 'byte'), f'{size} 字节')}"


def _kind(name: str) -> str:
    if name not in PAPERS and name not in ALIASES:
        meant = did_you_mean(near_names(name, [*PAPERS, *ALIASES], 2))
        question = say(f"{meant.en} " if meant.en else "", meant.zh)
        raise click.BadParameter(
            say(
                f"there is no paper {name!r}. {question}Known: {', '.join(PAPERS)}.",
                f"没有文书 {name!r}。{question}可取：{'、'.join(PAPERS)}。",
            ),
            param_hint="KIND",
        )
    return name


def _existing(path: Path) -> Path:
    try:
        return RequestType().convert(path, None, None)
    except click.BadParameter as error:
        error.param_hint = "REQUEST"
        raise


def _require_no_output(output: Path | None) -> None:
    if output is not None:
        raise click.UsageError(
            say(
                "--all writes into a folder; leave out --output",
                "--all 写入目录，不能与 --output 一起使用",
            )
        )


def _record(path: Path | None) -> ApprovalRecord | None:
    if path is None:
        return None
    from launchpolicy.operations.approvals.record_file import read_record  # noqa: PLC0415

    return read_record(path)


def _line(paper: StagePaper, language: Language) -> str:
    """Return what became of one paper of a stage."""
    title = PAPERS[paper.kind].title.in_language(language)
    colon = say(": ", "：")
    if paper.file is not None:
        return f"{title}{colon}{paper.file}"
    reason = paper.finding.message.in_language(language) if paper.finding is not None else ""
    return say(f"{title}: not yet. {reason}", f"{title}：暂不能生成。{reason}")
