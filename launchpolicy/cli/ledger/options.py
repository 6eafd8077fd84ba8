"""Define the options of every command about the ledger, and open the ledger that they name."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.branch.location import (
    LedgerLocation,
    LocationOptions,
    location_of,
)
from launchpolicy.reporters.reporter import ReaderView

_OPTIONS = (
    click.option(
        "--of",
        "head",
        default="HEAD",
        metavar="REF",
        show_default=True,
        help=say("The branch that the ledger records.", "上线日志所记录的分支。"),
    ),
    click.option(
        "--remote",
        default="",
        metavar="REMOTE",
        help=say(
            "Where the ledger's branch is (a remote, path or URL); without it, in this clone.",
            "上线日志分支所在的远程仓库（名称、路径或 URL）；不填则使用本克隆。",
        ),
    ),
    click.option(
        "--rules",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        help=say(
            "A folder whose configuration and packs judge the whole history.",
            "用该目录中的配置和策略包判定整个历史。",
        ),
    ),
    language_option(),
    colour_option(),
)


trust_option = click.option(
    "--trust-set",
    "trusted_sets",
    multiple=True,
    metavar="DIGEST",
    help=say(
        "Trust these rules too, which came with no release that this program knows; repeatable.",
        "另外信任此摘要的规则（并非本程序已知的发布版本所附带）；可重复。",
    ),
)
"""The option of the commands that judge landings again by the rules that the ledger keeps."""

cosigned_option = click.option(
    "--cosigned",
    "cosigned_files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=say(
        "The checkpoint, cosigned by witnesses; repeatable.", "经见证方联署的检查点；可重复。"
    ),
)
"""The option of the commands that count or pass on the signatures of witnesses."""


@dataclass(frozen=True, slots=True)
class LedgerOptions:
    """The values of the options that every command about the ledger has."""

    head: str
    remote: str
    rules: Path | None
    lang: str | None
    color: str


def ledger_options(function: Callable[..., int]) -> Callable[..., int]:
    """Return a command with the options of the ledger, as its first argument."""

    @functools.wraps(function)
    def command(
        *,
        head: str,
        remote: str,
        rules: Path | None,
        lang: str | None,
        color: str,
        **others: Any,  # noqa: ANN401 (whatever else the command asks for)
    ) -> int:
        return function(LedgerOptions(head, remote, rules, lang, color), **others)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def open_ledger(options: LedgerOptions) -> Iterator[tuple[LedgerLocation, ReaderView]]:
    """Yield the ledger that the options lead to, and how to show it.

    Raises:
        LaunchpolicyError: there is no such repository, branch or configuration.
    """
    start = Path.cwd()
    with open_repository(start) as repository:
        location_options = LocationOptions(start, options.head, options.remote, options.rules)
        place = location_of(repository, location_options, os.environ)
        language = chosen_language(options.lang, place.configuration.language)
        colour = is_colour_wanted(options.color, sys.stdout)
        yield place, ReaderView(language, width_of_terminal(), colour)
