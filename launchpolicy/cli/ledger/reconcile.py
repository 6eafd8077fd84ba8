"""`launchpolicy ledger reconcile`: compare what was deployed with what was launched."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.ledger.deployments.deployment_lists import read_deployments
from launchpolicy.operations.ledger.deployments.forge_deployments import (
    ForgeDeploymentOptions,
    read_forge_deployments,
)
from launchpolicy.operations.ledger.deployments.reconcile import (
    ReconcileOptions,
    reconcile_with_ledger,
)
from launchpolicy.operations.ledger.views.periods import period_of
from launchpolicy.operations.ledger.views.render import current_names
from launchpolicy.reporters.ledger.reconciliation import csv_text, json_text, text
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Compare what was really deployed with the launches of the ledger, in both directions.

    FILE lists the deployments, as CSV with a header or as JSON: time, product, artifact (or commit,
    or reference); environment and launch if you have them. With --github GitHub is asked for the
    deployments of this repository instead, which are of the one product that --product names.

    \b
      launchpolicy ledger reconcile deployed.csv --since 2026-11-01 --until 2026-11-30
      launchpolicy ledger reconcile --github --product checkout --environment production

    \b
    Exit codes: 0 nothing differs, 1 something does, 2 usage or a list that cannot be read,
    3 undecided.
    """,
    """将实际部署与上线日志中的上线双向比对。

    FILE 列出各次部署，格式为带表头的 CSV 或 JSON：time、product、artifact（或 commit、reference）；
    可另有 environment 和 launch。使用 --github 时改为向 GitHub 查询本仓库的部署，
    均视为 --product 所指产品的部署。

    \b
      launchpolicy ledger reconcile deployed.csv --since 2026-11-01 --until 2026-11-30
      launchpolicy ledger reconcile --github --product checkout --environment production

    \b
    退出码：0 无差异，1 有差异，2 用法错误或列表无法读取，3 无法判定。
    """,
)
_FORMATS = {"json": json_text, "csv": csv_text}


@click.command(help=_HELP)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@ledger_options
@click.option(
    "--since",
    metavar="DAY",
    help=say("From this day, or this time, on.", "自该日（或该时刻）起。"),
)
@click.option(
    "--until",
    metavar="DAY",
    help=say("Up to this day, or before this time.", "截至该日（含当日），或该时刻之前。"),
)
@click.option(
    "--product",
    "products",
    multiple=True,
    help=say("Only of this product; repeatable.", "仅限该产品；可重复。"),
)
@click.option("--environment", default="", help=say("Only of this environment.", "仅限该环境。"))
@click.option(
    "--tolerance",
    type=click.IntRange(0, 24 * 60),
    default=15,
    show_default=True,
    metavar="MINUTES",
    help=say(
        "So many minutes before or after a window still count as inside.",
        "在窗口前后多少分钟以内仍算窗口之内。",
    ),
)
@click.option(
    "--github",
    "asks_github",
    is_flag=True,
    help=say(
        "Ask GitHub for the deployments (needs GITHUB_TOKEN, GITHUB_REPOSITORY).",
        "向 GitHub 查询部署（需要 GITHUB_TOKEN 和 GITHUB_REPOSITORY）。",
    ),
)
@click.option(
    "--format",
    "format_",
    type=ChoiceType(["text", *_FORMATS]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
def command(
    options: LedgerOptions,
    *,
    file: Path | None,
    asks_github: bool,
    format_: str,
    tolerance: int,
    **asked: Any,  # noqa: ANN401 (click gives each its type)
) -> int:
    """Print what differs; return 1 if anything does, else 0."""
    if (file is None) is not asks_github:
        raise _one_source()
    with open_ledger(options) as (place, view):
        start, end = period_of(place, asked.pop("since"), asked.pop("until"))
        reconcile_options = ReconcileOptions(
            since=start, until=end, tolerance=timedelta(minutes=tolerance), **asked
        )
        if file is not None:
            deployments = read_deployments(file)
        else:
            source = ForgeDeploymentOptions(
                os.environ, "github", reconcile_options.products, reconcile_options.since
            )
            deployments = read_forge_deployments(source)
        result = reconcile_with_ledger(place, deployments, reconcile_options)
        if format_ in _FORMATS:
            write_utf8(_FORMATS[format_](result))
        else:
            click.echo("".join(text(result, view, current_names(place))), nl=False, color=True)
    return 0 if result.is_equal else 1


def _one_source() -> UsageError:
    return UsageError(
        Text(
            "Deployments come from a file or from GitHub: name one of the two.",
            "部署来自文件或 GitHub：请指定其中之一。",
        ),
        Text(
            "launchpolicy ledger reconcile FILE, or: launchpolicy ledger reconcile --github "
            "--product NAME",
            "launchpolicy ledger reconcile FILE，或 launchpolicy ledger reconcile --github "
            "--product NAME",
        ),
    )
