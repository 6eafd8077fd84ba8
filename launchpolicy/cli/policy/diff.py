"""`launchpolicy policy diff`: what a change of rules does to each policy."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.cli.policy.options import format_option, jobs_option
from launchpolicy.engine.analysis.policy_differences import Direction, RulesDifference
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.policy_diff.compare import DiffOptions, compare_rules
from launchpolicy.reporters.policy_diff.json_v1 import as_json
from launchpolicy.reporters.policy_diff.markdown import as_markdown
from launchpolicy.reporters.policy_diff.text import render
from launchpolicy.reporters.reporter import ReaderView

_FORMATS = ("text", "json", "markdown")
_LATEST = 200


@click.command(
    help=say(
        """Say what a change of rules does to each policy: from commit REF to OTHER, or to the work
        tree.

        A policy is added, removed, weakened, tightened, changed in words only, or undecidable. Both
        versions are asked about their cases, about the requests of the repository, about thousands
        of small changes of these, and about past landings. What is decided otherwise is shown with
        the smallest request that shows it. Undecidable means: the rule differs, and all that was
        asked is decided alike.

        \b
        Exit codes: 0 compared; 1 only with --fail-on; 2 the rules or the options are wrong; 3 git
        cannot say.
        """,
        """说明规则变更对每项策略的影响：从提交 REF 到 OTHER 或工作区。

        策略可能为新增、删除、放宽、收紧、仅文字有变更或无法判断。两版策略都会用各自的用例、
        仓库中的申请、这些申请的大量细小改动以及以往的合入加以比较；结果不同时给出最小的申请。
        “无法判断”指规则有变更，但所有试过的申请结果都相同。

        \b
        退出码：0 已比较；1 仅在使用 --fail-on 时出现；2 规则或选项有误；3 git 无法给出结果。
        """,
    )
)
@click.argument("before", metavar="REF")
@click.argument("after", metavar="[OTHER]", required=False)
@click.option(
    "--fail-on",
    "fail_on",
    type=ChoiceType(["weakened", "undecidable", "unproven"]),
    help=say(
        "Exit with 1 if a policy is weakened or removed; with `undecidable`, also if that is "
        "unknown; with `unproven`, also if one is stricter and its text does not prove that it "
        "is nothing else.",
        "有策略放宽或删除时以 1 退出；`undecidable` 还包括无法判断的情形；"
        "`unproven` 还包括收紧但其文本不能证明未放宽的情形。",
    ),
)
@click.option(
    "--latest",
    type=click.IntRange(0),
    default=_LATEST,
    show_default=True,
    metavar="NUMBER",
    help=say(
        "Past landings to ask about, the last ones; 0 for none.",
        "比较最近多少次合入；0 表示不比较。",
    ),
)
@jobs_option()
@click.option(
    "--now",
    type=InstantType(),
    help=say(
        "Judge the present requests as of this time instead of the clock's.",
        "以该时间代替当前时间判定现有申请。",
    ),
)
@format_option(_FORMATS)
@language_option()
@colour_option()
@directory_option()
def command(  # noqa: PLR0913 (one parameter for each option)
    before: str,
    after: str | None,
    *,
    fail_on: str | None,
    latest: int,
    jobs: int,
    now: datetime | None,
    format_: str,
    lang: str | None,
    color: str,
) -> int:
    """Return 1 where `--fail-on` says so, else 0."""
    language = chosen_language(lang)
    root = require_launch_root(Path.cwd())
    with open_repository(root) as repository:
        options = DiffOptions(before, after, latest, jobs)
        result = compare_rules(repository, root, options, now or clock_now())
    is_coloured = is_colour_wanted(color, sys.stdout)
    view = ReaderView(language, width_of_terminal(), is_coloured)
    print_pieces(format_, _pieces(result, format_, view))
    fails = {
        None: False,
        "weakened": result.is_weaker,
        "undecidable": result.is_weaker or result.count(Direction.UNDECIDABLE) > 0,
        "unproven": result.is_weaker or result.may_be_weaker,
    }
    return 1 if fails[fail_on] else 0


def _pieces(result: RulesDifference, format_: str, view: ReaderView) -> Iterable[str]:
    if format_ == "json":
        return [as_json(result)]
    if format_ == "markdown":
        return [as_markdown(result, view.language)]
    return render(result, view)
