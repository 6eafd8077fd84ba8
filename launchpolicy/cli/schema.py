"""`launchpolicy schema`: the JSON Schema of a kind, for editors and for reading."""

from __future__ import annotations

import json

import click

from launchpolicy.cli.language import say
from launchpolicy.hosts import shipped


@click.command(
    help=say(
        "Print the JSON Schema of KIND, or list the kinds.",
        "输出指定文档类型（KIND）的 JSON Schema；不带参数时列出所有类型。",
    )
)
@click.argument("kind", required=False)
def command(kind: str | None) -> None:
    """Prints one schema; an unknown kind is a usage error with the known ones."""
    kinds = shipped.schema_kinds()
    if kind is None:
        click.echo("\n".join(kinds))
        return
    if kind not in kinds:
        message = say(
            f"there is no kind {kind!r}; known: {', '.join(kinds)}",
            f"没有名为 {kind!r} 的文档类型；已知：{'、'.join(kinds)}",
        )
        raise click.UsageError(message)
    click.echo(json.dumps(shipped.schema(kind).data, ensure_ascii=False, indent=2))
