"""`launchpolicy people check`: is people.yaml right, and can every approval be given?"""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import chosen, say
from launchpolicy.engine.offices import Office, offices
from launchpolicy.facts.approvals.roster import roster_of
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.root import require_launch_root
from launchpolicy.hosts.rules import load_rules
from launchpolicy.hosts.surroundings import load_directory
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import LANGUAGES, Language, Text, quantity

_HELP = say(
    """Check people.yaml: its form, that nobody is two people, and who can give which approval.

    \b
    Exit codes: 0 every approval can be given, 1 one cannot, 2 people.yaml is not right.
    """,
    """检查 people.yaml：格式、身份不重复、每项审批由谁给出。

    \b
    退出码：0 每项审批都有人可以给出，1 有缺口，2 people.yaml 有误。
    """,
)


@click.command(help=_HELP)
@click.option("--lang", type=click.Choice(LANGUAGES), help=say("Language.", "语言。"))
@directory_option()
def command(lang: str | None) -> int:
    """What is wrong with the file itself is reported like any other malformed rule."""
    snapshot = WorkTreeSnapshot(require_launch_root(Path.cwd()))
    rules = load_rules(snapshot)
    language = chosen(lang, rules.configuration.language)
    directory = load_directory(snapshot, rules.configuration.paths)
    if directory is None:
        return _no_directory(rules.configuration.paths.people, language, rules.asks_for_approvals)
    found = offices(rules.policies, directory, roster_of(directory), rules.configuration.approvals)
    persons, roles = len(directory.people), len(directory.roles) + len(directory.departmental)
    people = Text(
        f"{quantity(persons, 'person', 'people')}, {quantity(roles, 'role')}",
        f"{persons} 名人员，{roles} 个角色",
    )
    click.echo(people.in_language(language))
    for office in found:
        click.echo(escape(_line(office, rules.configuration.approvals).in_language(language)))
    return 0 if all(office.is_filled for office in found) else 1


def _no_directory(path: str, language: Language, asked: bool) -> int:  # noqa: FBT001 (one caller)
    told = Text(
        f"There is no {path}; "
        + ("no approval can be given." if asked else "nothing asks for it."),
        f"没有 {path}；" + ("任何审批都无法给出。" if asked else "目前也不需要。"),
    )
    click.echo(escape(told.in_language(language)))
    return 1 if asked else 0


def _line(office: Office, source: str) -> Text:
    """One role: filled or not, by whom, asked for by which policies."""
    mark = "✓" if office.is_filled else "✗"
    who = ", ".join(office.holders) or "-"
    policies = ", ".join(office.policies)
    each = (" of each department", "（每个部门）") if office.per_department else ("", "")
    english = f"{mark} {office.role}{each[0]}: {who} — {policies}"
    chinese = f"{mark} {office.role}{each[1]}：{who} — {policies}"
    if office.unable:
        unable = ", ".join(office.unable)
        lacking = {"github": ("GitHub account", "GitHub 账号"), "signed": ("key", "公钥")}
        what = lacking.get(source, ("account", "账号"))
        english += f"; without a {what[0]}: {unable}"
        chinese += f"；缺少{what[1]}：{unable}"
    return Text(english, chinese)
