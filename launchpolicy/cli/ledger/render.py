"""`launchpolicy ledger render`: write pages, tables, calendar, feed and site of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.folders import write_folder
from launchpolicy.operations.ledger.branch.entries import current_state
from launchpolicy.operations.ledger.views.render import (
    MADE_FROM,
    current_view_inputs,
    render_on_branch,
    render_views,
    view_of,
)
from launchpolicy.operations.ledger.views.web_context import web_context
from launchpolicy.reporters.ledger.registry import VIEWS
from launchpolicy.vocabulary.text import Text, quantity

_HELP = say(
    """Write views of the ledger into FOLDER; without one, onto the ledger's own branch.

    \b
      launchpolicy ledger render site --view html     # open site/index.html
      launchpolicy ledger render --remote origin      # README, pages, CSV, calendar, feed

    \b
    Exit codes: 0 written, 1 the ledger is damaged, 2 usage, 3 undecided.
    """,
    """将上线日志视图写入目录 FOLDER；不指定目录则写到上线日志分支上。

    \b
      launchpolicy ledger render site --view html     # 打开 site/index.html
      launchpolicy ledger render --remote origin      # README、页面、CSV、日历、订阅源

    \b
    退出码：0 已写入，1 上线日志已损坏，2 用法错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@ledger_options
@click.option(
    "--view",
    "views",
    multiple=True,
    type=ChoiceType(list(VIEWS)),
    help=say("Only this one; repeatable.", "仅生成该视图；可重复。"),
)
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(
    options: LedgerOptions, *, folder: Path | None, views: tuple[str, ...], now: datetime | None
) -> int:
    """Print how much was written, and where; return 0."""
    with open_ledger(options) as (place, view):
        if folder is None:
            if views:
                raise click.UsageError(
                    say("--view needs a FOLDER", "--view 需要与 FOLDER 一起使用")
                )
            state = render_on_branch(place, view.language, lambda: now or clock_now())
            branch, size = place.settings.branch, state.size
            message = Text(
                f"{branch}: views of {quantity(size, 'entry', 'entries')}",
                f"{branch}：{size} 条记录的视图",
            )
        else:
            state = current_state(place)
            inputs = replace(
                current_view_inputs(place, state, views or tuple(VIEWS), view.language),
                web=web_context(place, state, now),
            )
            files = [
                (MADE_FROM, inputs.source.decode()),
                *render_views(view_of(state, inputs), inputs.views),
            ]
            count = write_folder(folder, files, MADE_FROM)
            message = Text(
                f"{quantity(count, 'file')} in {folder}", f"已在 {folder} 写入 {count} 个文件"
            )
        print_prose(message.in_language(view.language))
    return 0
