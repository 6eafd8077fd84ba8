"""The options that every command of `launchpolicy record` has."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import language_option, say
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.record.find_launch import launch_named
from launchpolicy.operations.record.record import RecordOptions

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class NightOptions:
    """What was said on the command line besides the fact itself."""

    request: Path | None = None
    at: datetime | None = None
    by: str = ""
    lang: str | None = None
    now: datetime | None = None
    offline: bool = False
    anyway: bool = False

    def moment(self) -> datetime:
        """Return the time of the command."""
        return self.now or clock_now()

    def launch(self) -> tuple[Path, str]:
        """Return the launch repository's folder and the request's file in it.

        Raises:
            UsageError: it is not clear which launch is meant.
        """
        return launch_named(
            Path.cwd(), self.request, self.moment(), os.environ, is_offline=self.offline
        )

    def record_options(self, *, is_rollback: bool = False) -> RecordOptions:
        """Return the options as the operation takes them."""
        return RecordOptions(
            self.moment(),
            dict(os.environ),
            self.at,
            self.by,
            is_offline=self.offline,
            is_forced=self.anyway,
            is_rollback=is_rollback,
        )


def request_argument() -> _Decorator:
    """Return the argument REQUEST: a file, a folder or a name; may be left out."""
    return click.argument(
        "request", required=False, type=click.Path(path_type=Path), shell_complete=requests
    )


def fact_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who, when and how a fact is recorded."""
    options: tuple[_Decorator, ...] = (
        click.option(
            "--at",
            type=InstantType(),
            help=say("When it happened (now).", "发生的时间（默认：现在）。"),
        ),
        click.option(
            "--by",
            default="",
            metavar="ID",
            help=say(
                "Who did it, as in people.yaml (the person of your git identity).",
                "由谁完成，填写人员名录中的标识（默认：git 身份对应的人员）。",
            ),
        ),
        click.option(
            "--anyway",
            is_flag=True,
            help=say(
                "Record it although a policy refuses it: it happened.",
                "即使策略不允许也登记：事情确已发生。",
            ),
        ),
        *_place_options(),
    )
    for option in reversed(options):
        command = option(command)
    return command


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that records nothing."""
    for option in reversed(_place_options()):
        command = option(command)
    return command


def _place_options() -> tuple[_Decorator, ...]:
    return (
        click.option(
            "--offline",
            is_flag=True,
            help=say("Keep it in this clone; push later.", "只存入本地克隆，稍后推送。"),
        ),
        language_option(),
        click.option("--now", type=InstantType(), help=say("The time.", "时间。")),
    )
