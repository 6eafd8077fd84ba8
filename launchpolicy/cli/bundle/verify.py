"""`launchpolicy bundle verify [NAME…]`: are the copies what the lock and the sources say?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from launchpolicy.cli.bundle.words import origin_of
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.policy.options import format_option
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.bundles.verification import BundleState, verify_bundles
from launchpolicy.reporters.bundles import as_json
from launchpolicy.vocabulary.text import Text, quantity

_HELP = say(
    """Compare the copies of bundles with bundles.lock.yaml; with --source, with their sources too.

    \b
    Exit codes: 0 all is as locked, 1 something differs, 2 the lock is malformed, 3 a source cannot
    be reached.
    """,
    """将外部策略集的副本与 bundles.lock.yaml 比对；加 --source 时还与来源比对。

    \b
    退出码：0 与锁定一致，1 有差异，2 锁定文件有误，3 无法访问来源。
    """,
)


@click.command(help=_HELP)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--source",
    "with_source",
    is_flag=True,
    help=say("Fetch the sources and compare with them.", "获取来源并比对。"),
)
@format_option(("text", "json"))
@language_option()
def command(names: tuple[str, ...], format_: str, lang: str | None, *, with_source: bool) -> int:
    """Return 0 where every copy is what it should be, else 1."""
    configuration, states = verify_bundles(Path(), names, with_source=with_source)
    if format_ == "json":
        write_utf8([as_json(states) + "\n"])
    else:
        language = chosen_language(lang, configuration.language)
        for state in states:
            for line in _lines(state, with_source=with_source):
                print_prose(line.in_language(language))
        if not states:
            none = Text("No bundle is declared.", "没有声明任何外部策略集。")
            print_prose(none.in_language(language))
    return 1 if any(state.problems for state in states) else 0


def _lines(state: BundleState, *, with_source: bool) -> Iterator[Text]:
    name, locked = state.declaration.name, state.locked
    for finding in state.problems:
        yield Text(f"✗ {finding.message.en}", f"✗ {finding.message.zh}")
        yield Text(f"  → {finding.fix.en}", f"  → {finding.fix.zh}")
    if not state.problems and locked is not None:
        count = len(locked.files)
        where = Text(" and its source", "和来源") if with_source else Text("", "")
        yield Text(
            f"✓ {name}: {quantity(count, 'file')} as in the lock{where.en}: {origin_of(locked)}",
            f"✓ {name}：{count} 个文件与锁定文件{where.zh}一致：{origin_of(locked)}",
        )
    if state.moved_to:
        yield Text(
            f"  {state.declaration.ref or 'HEAD'} leads to {state.moved_to} now; to take that over:"
            f" launchpolicy bundle update {name}",
            f"  {state.declaration.ref or 'HEAD'} 现在指向 {state.moved_to}；如需采用："
            f"launchpolicy bundle update {name}",
        )
