"""`launchpolicy schema`: print the JSON Schema of a kind, for editors and for reading."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.completion_values import schema_kinds
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import say
from launchpolicy.cli.prose import print_prose
from launchpolicy.cli.schema_verify import verify as verify_copies
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.rules.shown_schemas import own_schemas
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.near_names import did_you_mean, near_names


@click.command(
    help=say(
        "Print the JSON Schema of KIND, or list the kinds. Inside of a launch repository these are "
        "also the kinds that its configuration declares.",
        "输出指定文档类型（KIND）的 JSON Schema；不带参数时列出所有类型。"
        "在上线仓库内，还包括其配置文件中声明的文档类型。",
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
    """Print one schema or the kinds; an unknown kind is a usage error with the known ones."""
    if verify and kind is not None:
        message = say(
            "--verify takes no KIND: it looks at every copy",
            "--verify 会核对全部模式文件，不能同时指定 KIND",
        )
        raise click.UsageError(message)
    if verify:
        return verify_copies(Path.cwd())
    if kind is None:
        return _list()
    write_utf8([json.dumps(_schema(kind), ensure_ascii=False, indent=2), "\n"])
    return 0


def _list() -> int:
    """Print the kinds; an unusable configuration hides its own kinds only, and a note says so."""
    click.echo("\n".join(shipped_files.schema_kinds()))
    try:
        own = own_schemas(Path.cwd())
    except MalformedRulesError as error:
        place, problem = error.findings[0].place, error.problem
        where = f"{place.path}:{place.span.start.line}"
        note = say(
            f"{where}: {problem.en} So the kinds that this repository declares are not listed.",
            f"{where}：{problem.zh}因此未列出本仓库声明的文档类型。",
        )
        print_prose(note, err=True)
        return 0
    if own:
        click.echo("\n".join(escape(name) for name in own))
    return 0


def _schema(kind: str) -> Mapping[str, Any]:
    """Return the schema of a shipped kind, or else of one that this repository declares."""
    shipped_names = shipped_files.schema_kinds()
    if kind in shipped_names:
        return shipped_files.schema(kind).data
    own = own_schemas(Path.cwd())
    if kind in own:
        return own[kind]
    names = [*shipped_names, *own]
    meant = did_you_mean(near_names(kind, names))
    suggestion = say(f"{meant.en} " if meant.en else "", meant.zh)
    message = say(
        f"there is no kind {kind!r}. {suggestion}Known: {', '.join(names)}.",
        f"没有名为 {kind!r} 的文档类型。{suggestion}已知：{'、'.join(names)}。",
    )
    raise click.UsageError(message)
