"""`launchpolicy evidence add FILE`: compute the digest and write the reference."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.facts.evidence.registry import READERS
from launchpolicy.operations.evidence_add import add_evidence
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.place import format_route


@click.command(
    help=say(
        """Attach FILE as evidence to the request in whose folder it lies.

        The reference is written at --at, or, if the request refers to FILE already, its digest
        is renewed. Comments and layout of the request stay as they are.

        \b
          launchpolicy evidence add launches/LR-2026-0042/acceptance.pdf \\
              --at spec.acceptance.document
        """,
        """把 FILE 作为证据写入其所在目录的申请。

        引用写在 --at 指定的位置；申请已引用该文件时只更新摘要。申请的注释和排版保持不变。
        """,
    )
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--at", metavar="ROUTE", help=say("Where to write the reference.", "写入的位置。"))
@click.option(
    "--kind",
    type=ChoiceType(list(READERS)),
    help=say("What it is; recognised by itself.", "证据类型；默认自动识别。"),
)
@language_option()
def command(file: Path, at: str | None, kind: str | None, lang: str | None) -> int:
    """Return exit code 0 even for evidence that does not pass: policies judge what it says."""
    addition = add_evidence(file, at, kind)
    language = chosen_language(lang)
    says = addition.contents.says.in_language(language)
    for route in addition.routes:
        click.echo(f"{escape(addition.request)}: {format_route(route)}")
    for key, value in addition.evidence.items():
        click.echo(f"  {key}: {escape(value)}")
    mark = "✓" if addition.contents.passed else "✗"
    print_prose(f"  {mark} {says}")
    return 0
