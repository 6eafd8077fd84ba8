"""`launchpolicy bundle add SOURCE`: copy packs from somewhere else, declare and lock them."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.bundle.words import lines_of_add
from launchpolicy.cli.errors import report_failure
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.operations.bundles.changes import (
    MissingDeclarationsError,
    add_bundle,
    name_of_source,
)
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.requests.bundles import BundleDeclaration

_HELP = say(
    """Copy packs from SOURCE to bundles/, declare them in .launchpolicy.yaml, and lock them.

    SOURCE is a git repository (https, ssh, file, or a path), a folder, or an archive (.tar.gz,
    .zip). Nothing is written if the rules would not load with them. A pack judges once a process,
    a kind or `mandatory` names it. The copy is a change of the rules: propose it like one.

    \b
      launchpolicy bundle add https://git.example.com/rules.git --ref v1.4.0 --pack safety
      launchpolicy bundle add ../rules.tar.gz --name company-rules
    """,
    """把 SOURCE 中的策略包复制到 bundles/，在 .launchpolicy.yaml 中声明并锁定。

    SOURCE 可以是 git 仓库（https、ssh、file 或路径）、目录，或归档文件（.tar.gz、.zip）。
    如果加入后规则无法加载，则不写入任何内容。
    流程、文档类型或 `mandatory` 引用之后，策略包才会参与判定。
    复制属于规则变更，请按规则变更提交。

    \b
      launchpolicy bundle add https://git.example.com/rules.git --ref v1.4.0 --pack safety
      launchpolicy bundle add ../rules.tar.gz --name company-rules
    """,
)


@click.command(help=_HELP)
@click.argument("source")
@click.option(
    "--ref",
    default="",
    help=say("A branch, tag or commit id (HEAD).", "分支、标签或提交号（默认 HEAD）。"),
)
@click.option("--name", help=say("What it is called here.", "在本仓库中的名称。"))
@click.option(
    "--pack",
    "packs",
    multiple=True,
    help=say("A pack to copy (all); repeatable.", "要复制的策略包（默认全部），可重复。"),
)
@language_option()
def command(
    source: str, ref: str, name: str | None, packs: tuple[str, ...], lang: str | None
) -> int:
    """Return 0; every reason not to copy is an error."""
    declaration = BundleDeclaration(name or name_of_source(source), source, ref, packs)
    try:
        result = add_bundle(Path(), declaration)
    except MissingDeclarationsError as error:
        report_failure(error)
        click.echo("".join(escape(line) + "\n" for line in error.lines.splitlines()), nl=False)
        return error.exit_code
    language = chosen_language(lang, configured_language(Path()))
    for line in lines_of_add(result):
        print_prose(line.in_language(language))
    return 0
