"""`launchpolicy bundle update [NAME…]`: copy bundles again, and show what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from launchpolicy.cli.bundle.words import changes_of, origin_of
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.operations.bundles.changes import BundleResult, update_bundle
from launchpolicy.operations.bundles.verification import declared_bundles
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Copy bundles again from their sources, and show which policies that changes.

    Without NAME, all of them. With --ref, to another branch, tag or commit id, which is written
    into .launchpolicy.yaml. Nothing is written if the rules would not load.

    \b
      launchpolicy bundle update company-rules --ref v1.5.0 --dry-run
    """,
    """从来源重新复制外部策略集，并显示哪些策略有变化。

    不写 NAME 时更新全部。用 --ref 换到另一个分支、标签或提交号，并写入 .launchpolicy.yaml。
    如果更新后规则无法加载，则不写入任何内容。

    \b
      launchpolicy bundle update company-rules --ref v1.5.0 --dry-run
    """,
)


@click.command(help=_HELP)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--ref", help=say("A branch, tag or commit id.", "分支、标签或提交号。"))
@click.option(
    "--dry-run",
    "is_dry",
    is_flag=True,
    help=say("Write nothing; only show what changes.", "不写入，只显示变化。"),
)
@language_option()
def command(names: tuple[str, ...], ref: str | None, lang: str | None, *, is_dry: bool) -> int:
    """Return 0, whether something changes or not."""
    configuration = declared_bundles(Path())
    names = names or tuple(bundle.name for bundle in configuration.bundles)
    if ref is not None and len(names) != 1:
        raise UsageError(
            Text("--ref is of one bundle.", "--ref 只能用于一个外部策略集。"),
            Text("Name the bundle.", "请写明外部策略集的名称。"),
        )
    language = chosen_language(lang, configuration.language)
    for name in names:
        result = update_bundle(Path(), name, ref, is_dry=is_dry)
        for line in _lines(result, is_dry=is_dry):
            print_prose(line.in_language(language))
    return 0


def _lines(result: BundleResult, *, is_dry: bool) -> Iterator[Text]:
    now, before = result.now, result.before
    origin = origin_of(now)
    if before is not None and before.files == now.files:
        yield Text(f"= {now.name}: unchanged, {origin}", f"= {now.name}：没有变化，{origin}")
        return
    verb = Text("would be", "将更新为") if is_dry else Text("now", "已更新为")
    was = origin_of(before) if before is not None else "–"
    yield Text(
        f"✓ {now.name}: {verb.en} {origin}, was {was}",
        f"✓ {now.name}：{verb.zh} {origin}，原为 {was}",
    )
    yield from changes_of(result.changes)
    if not result.changes:
        yield Text("  no policy differs", "  策略没有差异")
