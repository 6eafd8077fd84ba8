"""`--output FORMAT=FILE`: write each report into a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.language import say
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.reporters.registry import REPORTERS, ReaderView
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.finding import Report
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

_FOR_TERMINALS = frozenset({"table", "text"})


class Output(NamedTuple):
    """A report that was asked for: its format and file."""

    format: str
    file: Path


class OutputType(click.ParamType[Output]):
    """The type of `--output`: FORMAT=FILE."""

    name = "FORMAT=FILE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        if isinstance(value, Output):
            return value
        format_, equals, file = str(value).partition("=")
        if not equals or format_ not in REPORTERS:
            # Loaded here on purpose: only a mistake needs it.
            from launchpolicy.vocabulary.near_names import with_meant  # noqa: PLC0415

            formats = Text(
                f"FORMAT is one of {', '.join(REPORTERS)}.", f"FORMAT 可取 {'、'.join(REPORTERS)}。"
            )
            remedy = with_meant(formats, format_, REPORTERS)
            if format_ in REPORTERS:
                remedy = Text(
                    f"Write --output {format_}=FILE, or --format {format_} for standard output.",
                    f"请写作 --output {format_}=文件，或用 --format {format_} 输出到标准输出。",
                )
            self.fail(
                say(
                    f"{value!r} is not FORMAT=FILE. {remedy.en}",
                    f"{value!r} 不是 FORMAT=FILE。{remedy.zh}",
                ),
                param,
                ctx,
            )
        if file in {"", "-"} or "\0" in file:
            self.fail(
                say(
                    f"{value!r} names no file; --format is for standard output",
                    f"{value!r} 没有指定文件；输出到标准输出请用 --format",
                ),
                param,
                ctx,
            )
        return Output(format_, Path(file))


def require_distinct(outputs: Sequence[Output], ctx: click.Context) -> None:
    """Require a file of its own for each report: a later one would replace an earlier one.

    Raises:
        click.UsageError: a file is named twice, in whatever spelling.
    """
    files: set[Path] = set()
    for output in outputs:
        file = output.file.absolute().resolve()
        if file in files:
            raise click.UsageError(
                say(
                    f"--output names {output.file} twice; every report needs a file of its own",
                    f"--output 两次指定了 {output.file}；每份报告须有各自的文件",
                ),
                ctx,
            )
        files.add(file)


def deliver_all(outputs: Sequence[Output], report: Report, view: ReaderView) -> None:
    """Write the report into each file, before standard output, whose reader may leave early."""
    if not outputs:
        return
    # Loaded here on purpose: few checks write a file.
    from launchpolicy.hosts.output_files import deliver  # noqa: PLC0415

    plain = view._replace(colour=False)
    for output in outputs:
        deliver(REPORTERS[output.format].load().render(report, plain), output.file)


def print_report(format_: str, report: Report, view: ReaderView) -> None:
    """Write a report to standard output, as `print_pieces`."""
    print_pieces(format_, REPORTERS[format_].load().render(report, view))


def print_pieces(format_: str, pieces: Iterable[str], *, keeps_colour: bool = True) -> None:
    """Write to standard output: text for people in the terminal's encoding, else UTF-8.

    With `keeps_colour`, who made the text has decided about colours.
    """
    if format_ in _FOR_TERMINALS:
        for piece in pieces:
            click.echo(piece, nl=False, color=True if keeps_colour else None)
    else:
        write_utf8(pieces)


def report_what_stopped(
    error: LaunchpolicyError,
    options: CheckOptions,
    now: datetime,
    destinations: tuple[str, Sequence[Output], ReaderView],
) -> None:
    """Report a run that could not be made to readers of files and of machine formats.

    `destinations` is the format for standard output, the files, and the view. Text is left to
    standard error, where the error itself is printed.
    """
    # Loaded here on purpose: only what fails needs it.
    from launchpolicy.operations.check.stopped_check import report_of  # noqa: PLC0415

    format_, outputs, view = destinations
    report, prefix = report_of(error, options, now)
    view = view._replace(prefix=prefix)
    deliver_all(outputs, report, view)
    if format_ not in _FOR_TERMINALS:
        print_report(format_, report, view)
