"""The options of `policy test` that say what the cases of policies see, and what they do."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.output_files import deliver
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.reporters.policy_coverage.registry import COVERAGE_FORMATS
from launchpolicy.vocabulary.text import Language, Text

_FOR_TERMINALS = "text"

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class CoverageOptions(NamedTuple):
    """What is wanted: `format` and `file` None without a word, `floor` None without one."""

    is_wanted: bool
    format: str | None
    file: Path | None
    floor: float | None

    @property
    def shown_format(self) -> str:
        """Return the format to write."""
        return self.format or _FOR_TERMINALS

    @property
    def takes_output(self) -> bool:
        """Return whether standard output belongs to a program that reads the format."""
        return self.shown_format != _FOR_TERMINALS and self.file is None


def _require_number(
    context: click.Context, parameter: click.Parameter, floor: float | None
) -> float | None:
    """Return a floor that figures can be below: nothing is below `nan`."""
    if floor is not None and math.isnan(floor):
        message = say("'nan' is not a number", "“nan”不是数字")
        raise click.BadParameter(message, context, parameter)
    return floor


def coverage_options() -> Decorator:
    """Return the four options as one decorator; each of the last three asks for coverage."""
    options = (
        click.option(
            "--coverage",
            is_flag=True,
            help=say(
                "Show what the cases never see: validations, operands, conditionals, stages, "
                "quorums, with their places.",
                "列出用例从未覆盖的内容：校验、操作数、条件、阶段、审批要求及其位置。",
            ),
        ),
        click.option(
            "--coverage-format",
            type=ChoiceType(list(COVERAGE_FORMATS)),
            help=say("How to show it.  [default: text]", "输出格式。[默认：text]"),
        ),
        click.option(
            "--coverage-file",
            type=click.Path(path_type=Path, dir_okay=False),
            help=say("Write it to a file.", "写入文件。"),
        ),
        click.option(
            "--coverage-floor",
            type=click.FloatRange(0, 100),
            callback=_require_number,
            metavar="PERCENT",
            help=say(
                "Exit with 1 when a pack's cases see less than this share of its outcomes.",
                "任一策略包的覆盖比例低于该百分比时，退出码为 1。",
            ),
        ),
    )

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def report_coverage(
    options: CoverageOptions, folders: tuple[Path, ...], language: Language
) -> bool:
    """Write what the cases see, and return whether every pack reaches the floor."""
    # Loaded here on purpose: most runs of the cases measure nothing.
    from launchpolicy.engine.analysis.placed_coverage import figures_by_pack  # noqa: PLC0415
    from launchpolicy.operations.policy.coverage import measure_packs  # noqa: PLC0415

    results = tuple(measure_packs(folders, Path.cwd()))
    text = COVERAGE_FORMATS[options.shown_format]()(results, language)
    if options.file is not None:
        deliver([text], options.file)
    elif options.takes_output:
        write_utf8([text])
    else:
        click.echo(text, nl=False)
    if options.floor is None:
        return True
    floor = options.floor
    low = [
        _below(pack, figures.shown_share, floor)
        for pack, figures in figures_by_pack(results).items()
        if figures.share < floor
    ]
    _tell(low, language)
    return not low


def _tell(lines: Sequence[Text], language: Language) -> None:
    for line in lines:
        print_prose(line.in_language(language), err=True)


def _below(pack: str, share: float, floor: float) -> Text:
    return Text(
        f"{pack}: the cases see {share:.1f} % of the outcomes; at least {floor:g} % are asked for. "
        "Add cases for what is listed by --coverage.",
        f"{pack}：用例覆盖 {share:.1f} % 的结果，要求不低于 {floor:g} %。"
        "请为 --coverage 列出的内容补充用例。",
    )
