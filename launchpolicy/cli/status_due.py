"""`launchpolicy status --due`: list who must do what by when, over all open launches."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import click

from launchpolicy.cli.colour import is_colour_wanted, width_of_terminal
from launchpolicy.cli.language import chosen_language, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.engine.launches.due_list import DueList
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.due.collect import due_list
from launchpolicy.operations.due.mails import write_drafts
from launchpolicy.operations.due.proposing_branches import LaunchesQuestion
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Language, Text


class DueOptions(NamedTuple):
    """What was asked: of which launches, whose duties up to when, in which format, to where."""

    question: LaunchesQuestion
    person: str
    until: date | None
    format: str
    output: Path | None


def report_due(options: DueOptions, lang: str | None, now: datetime, color: str) -> int:
    """Return the exit code of the list after it is written.

    Raises:
        UsageError: mail drafts are asked for without a folder.
    """
    due = due_list(options.question, now, person=options.person, until=options.until)
    language = chosen_language(lang, configured_language(options.question.start))
    if options.format == "eml":
        _write_mails(due, options, language)
    else:
        pieces = _pieces(due, options.format, language, color)
        if options.output is not None:
            deliver_bytes(pieces, options.output)
        elif options.format == "text":
            for piece in pieces:
                click.echo(piece.decode(), nl=False, color=True)
        else:
            sys.stdout.buffer.writelines(pieces)
    return due.verdict.exit_code


def _pieces(due: DueList, format_: str, language: Language, color: str) -> list[bytes]:
    if format_ == "ics":
        from launchpolicy.reporters.due import calendar  # noqa: PLC0415 (heavy)

        return [calendar.render(due, language)]
    if format_ == "json":
        from launchpolicy.reporters.due import plain_data  # noqa: PLC0415 (when asked for)

        return [plain_data.render(due).encode()]
    from launchpolicy.reporters.due import text  # noqa: PLC0415 (when asked for)

    view = ReaderView(language, width_of_terminal(), is_colour_wanted(color, sys.stdout))
    return [piece.encode() for piece in text.render(due, view)]


def _write_mails(due: DueList, options: DueOptions, language: Language) -> None:
    if options.output is None:
        raise UsageError(
            Text("Mail drafts need a folder.", "生成邮件草稿须指定目录。"),
            Text("Name it: --output FOLDER.", "请用 --output 指定目录。"),
        )
    for person in write_drafts(due, options.question.start, options.output, language):
        name = due.names.name_of("people", person).in_language(language)
        print_prose(
            say(
                f"No draft for {name}: the directory has no address.",
                f"未生成给{name}的草稿：人员名录中没有邮箱。",
            ),
            err=True,
        )
