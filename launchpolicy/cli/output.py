"""`--output FORMAT=FILE`: which report goes into which file, each file named once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from launchpolicy.cli.language import say
from launchpolicy.hosts.delivering import deliver
from launchpolicy.reporters.registry import REPORTERS, View
from launchpolicy.vocabulary.finding import Report


class Output(NamedTuple):
    """One report that is asked for."""

    format: str
    file: Path


class OutputType(click.ParamType[Output]):
    """What `--output` takes."""

    name = "FORMAT=FILE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        if isinstance(value, Output):
            return value
        format_, equals, file = str(value).partition("=")
        formats = ", ".join(REPORTERS)
        if not equals or format_ not in REPORTERS:
            self.fail(
                say(
                    f"{value!r} is not FORMAT=FILE; FORMAT is one of {formats}",
                    f"{value!r} 不是 FORMAT=FILE;FORMAT 可取 {formats}",
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
    """The later of two reports would silently replace the earlier one.

    Raises:
        click.UsageError: a file is named twice, in whatever spelling.
    """
    seen: set[Path] = set()
    for output in outputs:
        file = output.file.absolute().resolve()
        if file in seen:
            raise click.UsageError(
                say(
                    f"--output names {output.file} twice; every report needs a file of its own",
                    f"--output 两次指定了 {output.file};每份报告须有各自的文件",
                ),
                ctx,
            )
        seen.add(file)


def deliver_all(outputs: Sequence[Output], report: Report, view: View) -> None:
    """Files before standard output, whose reader may leave early (`| head`)."""
    plain = replace(view, colour=False)
    for output in outputs:
        deliver(REPORTERS[output.format].load().render(report, plain), output.file)
