"""`launchpolicy schema`: the JSON Schema of a kind, for editors and for reading."""

from __future__ import annotations

import json
from pathlib import Path

import click

from launchpolicy.cli.completing import schema_kinds
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import say
from launchpolicy.cli.schema_verify import verify as verify_copies
from launchpolicy.hosts import shipped
from launchpolicy.hosts.standard_streams import write_utf8


@click.command(
    help=say(
        "Print the JSON Schema of KIND, or list the kinds.",
        "输出指定文档类型（KIND）的 JSON Schema；不带参数时列出所有类型。",
    )
)
@click.argument("kind", required=False, shell_complete=schema_kinds)
@click.option(
    "--verify",
    is_flag=True,
    help=say(
        "Verify that the copies which this repository keeps are what this version prints.",
        "核对仓库中保存的模式文件与当前版本的输出一致。",
    ),
)
@directory_option()
def command(kind: str | None, *, verify: bool) -> int:
    """Prints one schema; an unknown kind is a usage error with the known ones."""
    if verify and kind is not None:
        message = say(
            "--verify takes no KIND: it looks at every copy",
            "--verify 会核对全部模式文件，不能同时指定 KIND",
        )
        raise click.UsageError(message)
    if verify:
        return verify_copies(Path.cwd())
    kinds = shipped.schema_kinds()
    if kind is None:
        click.echo("\n".join(kinds))
        return 0
    if kind not in kinds:
        message = say(
            f"there is no kind {kind!r}; known: {', '.join(kinds)}",
            f"没有名为 {kind!r} 的文档类型；已知：{'、'.join(kinds)}",
        )
        raise click.UsageError(message)
    write_utf8([json.dumps(shipped.schema(kind).data, ensure_ascii=False, indent=2), "\n"])
    return 0
