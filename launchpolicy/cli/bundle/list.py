"""`launchpolicy bundle list`: the bundles, their packs, and which version each copy is."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.bundle.words import origin_of
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.policy.options import format_option
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.bundles.verification import verify_bundles
from launchpolicy.reporters.bundles import as_json
from launchpolicy.vocabulary.text import Text, listing


@click.command(
    help=say(
        "List the bundles with their packs, sources and versions.",
        "列出外部策略集及其策略包、来源和版本。",
    )
)
@format_option(("text", "json"))
@language_option()
def command(format_: str, lang: str | None) -> int:
    """Return 0; what is wrong with a copy is said by `verify` and `check`."""
    configuration, states = verify_bundles(Path())
    if format_ == "json":
        write_utf8([as_json(states) + "\n"])
        return 0
    language = chosen_language(lang, configuration.language)
    for state in states:
        name, locked = state.declaration.name, state.locked
        if locked is None:
            line = Text(f"{name}: not copied", f"{name}：尚未复制")
        else:
            packs = listing(locked.packs)
            line = Text(
                f"{name}: {packs.en}, from {origin_of(locked)}",
                f"{name}：{packs.zh}，来自 {origin_of(locked)}",
            )
        print_prose(line.in_language(language))
    if not states:
        none = Text("No bundle is declared.", "没有声明任何外部策略集。")
        print_prose(none.in_language(language))
    return 0
