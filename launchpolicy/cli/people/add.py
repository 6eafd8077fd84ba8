"""`launchpolicy people add ID`: register a person, or give one further roles and keys."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.ssh import public_key
from launchpolicy.operations.exposed_keys import exposed_keys
from launchpolicy.operations.people_add import AddedPerson, PersonEntry, add_person
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.vocabulary.text import Text, listing

_HELP = say(
    """Register the person ID in people.yaml, or give one who is there further roles and keys.

    Comments and layout of the file stay as they are. A role that is held per department is that of
    the person's own department, unless ROLE/DEPARTMENT names another.

    \b
      launchpolicy people add wang.fang --department product --key ~/.ssh/wang.fang.pub
      launchpolicy people add wang.fang --display "Wang Fang" --email wang.fang@example.com
      launchpolicy people add wang.fang --role product-lead --role department-head/finance

    \b
    Exit codes: 0 written (also when all of it was there), 2 it cannot be.
    """,
    """在人员名录中登记人员 ID，或为已登记的人员补充角色和公钥。

    文件的注释和排版保持不变。按部门担任的角色默认归入本人所在部门，
    也可用 ROLE/DEPARTMENT 指明其他部门。

    \b
      launchpolicy people add wang.fang --department product --key ~/.ssh/wang.fang.pub
      launchpolicy people add wang.fang --display 王芳 --email wang.fang@example.com
      launchpolicy people add wang.fang --role product-lead --role department-head/finance

    \b
    退出码：0 已写入（内容早已存在时也是），2 无法写入。
    """,
)


@click.command(help=_HELP)
@click.argument("name", metavar="ID")
@click.option(
    "--display",
    metavar="NAME",
    default="",
    help=say("The name as people write it (made of the ID).", "显示的姓名（默认：由 ID 得出）。"),
)
@click.option(
    "--department",
    metavar="ID",
    default="",
    help=say("The department; a new person needs one.", "所在部门；新登记的人员必须填写。"),
)
@click.option(
    "--email",
    "emails",
    multiple=True,
    metavar="ADDRESS",
    help=say(
        "An address of the person's commits; may be given again.", "提交所用邮箱，可多次指定。"
    ),
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("The file of a public SSH key; may be given again.", "SSH 公钥文件，可多次指定。"),
)
@click.option(
    "--github",
    "account",
    type=(click.IntRange(1), str),
    metavar="NUMBER LOGIN",
    help=say("The account on GitHub.", "GitHub 账号的编号和登录名。"),
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE[/DEPARTMENT]",
    help=say("A role that the person holds; may be given again.", "所担任的角色，可多次指定。"),
)
@language_option()
@directory_option()
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    name: str,
    display: str,
    department: str,
    emails: tuple[str, ...],
    keys: tuple[Path, ...],
    account: tuple[int, str] | None,
    roles: tuple[str, ...],
    lang: str | None,
) -> int:
    """Write the person, and print what was written; return exit code 0."""
    lists = {"emails": emails, "keys": tuple(map(public_key, keys))}
    on_forge = ("github", *account) if account is not None else None
    added = add_person(Path.cwd(), PersonEntry(name, display, department, lists, on_forge, roles))
    language = chosen_language(lang, configured_language(Path()))
    for line in _lines(name, added):
        print_prose(line.in_language(language))
    for file in exposed_keys(keys):
        print_prose(_warning_of(file).in_language(language), err=True)
    return 0


def _warning_of(file: Path) -> Text:
    return Text(
        f"Warning: {file} is a private key, and the next `git add --all` would commit it. Move it "
        "out of the repository, for example to ~/.ssh, or name it in .gitignore, before you "
        "commit.",
        f"警告：{file} 是私钥，下一次 `git add --all` 会将其提交。"
        "提交前请将其移出仓库，例如移至 ~/.ssh，或写入 .gitignore。",
    )


def _lines(name: str, added: AddedPerson) -> list[Text]:
    roles = listing(added.roles)
    return [
        Text(f"Written: {added.path}: {name}", f"已写入：{added.path}：{name}"),
        Text(f"Roles: {roles.en or 'none yet'}", f"担任角色：{roles.zh or '尚无'}"),
        Text("Next:", "接下来："),
        Text("  launchpolicy people check", "  launchpolicy people check"),
    ]
