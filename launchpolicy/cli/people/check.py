"""`launchpolicy people check`: check people.yaml, and that every approval can be given."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.engine.role_coverage import RoleCoverage, is_asked, role_coverages
from launchpolicy.facts.approvals.roster import roster_of
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.people_and_calendar import load_directory
from launchpolicy.operations.rules import load_rules
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.requests.directory import Deputy, Directory
from launchpolicy.vocabulary.text import Text, quantity

_HELP = say(
    """Check people.yaml: its form, its deputies, that nobody is two people, who can approve what.

    \b
    Exit codes: 0 every role that the policies want is held, 1 one is not, 2 people.yaml is not
    right. Where no policy asks for approvals, no people.yaml is needed.
    """,
    """检查 people.yaml：格式、身份不重复、策略要求的每个角色由谁担任。

    \b
    退出码：0 策略要求的角色均有人担任，1 有缺口，2 people.yaml 有误。
    如果没有策略要求审批，则不需要 people.yaml。
    """,
)


@click.command(help=_HELP)
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
@directory_option()
def command(lang: str | None, now: datetime | None) -> int:
    """Return 0 where every role is held, else 1; a malformed file is reported like any rule."""
    snapshot = WorkTreeSnapshot(require_launch_root(Path.cwd()))
    rules = load_rules(snapshot)
    language = chosen_language(lang, rules.configuration.language)
    now = now or clock_now()
    directory = load_directory(snapshot, rules.configuration.paths, now)
    if directory is None:
        path, is_directory_needed = rules.configuration.paths.people, is_asked(rules)
        click.echo(escape(_no_directory(path, asked=is_directory_needed).in_language(language)))
        if not is_directory_needed:
            return 0
        directory = Directory(people=(), roles={}, departmental={})
    coverages = role_coverages(
        rules.policies, directory, roster_of(directory), rules.configuration.approvals
    )
    persons, roles = len(directory.people), len(directory.roles) + len(directory.departmental)
    people = Text(
        f"{quantity(persons, 'person', 'people')}, {quantity(roles, 'role')}",
        f"{persons} 名人员，{roles} 个角色",
    )
    if directory.people:
        click.echo(people.in_language(language))
    for coverage in coverages:
        click.echo(escape(_line(coverage, rules.configuration.approvals).in_language(language)))
    for deputy in directory.deputies:
        click.echo(escape(_deputy_line(deputy, now).in_language(language)))
    return 0 if directory.people and all(coverage.is_filled for coverage in coverages) else 1


def _no_directory(path: str, *, asked: bool) -> Text:
    if asked:
        return Text(
            f"There is no {path}; no approval can be given.", f"没有 {path}；任何审批都无法给出。"
        )
    return Text(f"There is no {path}; nothing asks for it.", f"没有 {path}；目前也不需要。")


def _deputy_line(deputy: Deputy, now: datetime) -> Text:
    """Return who stands for whom, and from or until when."""
    if deputy.is_deputy_at(now):
        end = deputy.end.isoformat(timespec="minutes")
        return Text(
            f"{deputy.by} stands for {deputy.stood_for} until {end}",
            f"{deputy.by} 代理 {deputy.stood_for}，至 {end}",
        )
    start = deputy.start.isoformat(timespec="minutes")
    return Text(
        f"{deputy.by} is to stand for {deputy.stood_for} from {start}",
        f"{deputy.by} 将代理 {deputy.stood_for}，自 {start} 起",
    )


def _line(coverage: RoleCoverage, source: str) -> Text:
    """Return the line of one role: filled or not, by whom, asked for by which policies."""
    mark = "✓" if coverage.is_filled else "✗"
    who = ", ".join(coverage.holders) or "-"
    who_zh = "、".join(coverage.holders) or "-"
    policies = ", ".join(coverage.policies)
    per_department = (
        (" of each department", "（每个部门）") if coverage.per_department else ("", "")
    )
    english = f"{mark} {coverage.role}{per_department[0]}: {who} — {policies}"
    chinese = f"{mark} {coverage.role}{per_department[1]}：{who_zh} — {policies}"
    if not coverage.approves and not coverage.is_filled:
        english += "; nobody holds this role, which people named in a request must hold"
        chinese += "；申请中填写的人员必须具备该角色，但目前无人担任"
    if coverage.unable:
        unable = ", ".join(coverage.unable)
        what = _missing(source)
        english += f"; without a {what.en}: {unable}"
        chinese += f"；缺少{what.zh}：{unable}"
    return Text(english, chinese)


def _missing(source: str) -> Text:
    """Return what a person needs for approvals from this source."""
    if source in FORGES:
        return Text(f"{FORGES[source].title} account", f"{FORGES[source].title} 账号")
    return Text("key", "公钥") if source == "signed" else Text("account", "账号")
