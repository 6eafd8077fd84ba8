"""`launchpolicy people check`: check people.yaml, and that every approval can be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.engine.analysis.role_coverage import (
    RoleCoverage,
    is_asked,
    owners_coverage,
    role_coverages,
)
from launchpolicy.facts.approvals.roster import roster_of
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.git.repository import find_top, prefix_of
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.rules.further_rule_globs import idle_further_rules, idle_glob_text
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.requests.configuration import FILE, SIGNED, Configuration
from launchpolicy.requests.directory import Deputy, Directory
from launchpolicy.requests.idle_globs import IdleGlob
from launchpolicy.requests.names import names_of
from launchpolicy.requests.shared_names import shared_names
from launchpolicy.vocabulary.names import NO_NAMES, Names
from launchpolicy.vocabulary.near_names import did_you_mean, near_names
from launchpolicy.vocabulary.text import Text, quantity, without_gaps

_HELP = say(
    """Check people.yaml: its form, its deputies, that nobody is two people, who can approve what.

    \b
    Exit codes: 0 every role that the policies want is held, and two people may approve changes of
    the rules, 1 not so, 2 people.yaml is not right. Where nothing asks for approvals, no
    people.yaml is needed.
    """,
    """检查 people.yaml：格式、身份不重复、策略要求的每个角色由谁担任。

    \b
    退出码：0 策略要求的角色均有人担任，且至少两人可批准规则变更；1 有缺口；2 people.yaml 有误。
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
        is_directory_needed = is_asked(rules) or bool(rules.configuration.rule_owners)
        path = rules.configuration.paths.people
        print_prose(_no_directory(path, asked=is_directory_needed).in_language(language))
        if not is_directory_needed:
            line = _owners_line(None, rules.configuration, NO_NAMES)
            print_prose(line.in_language(language))
            return 0 if rules.configuration.anybody_owns_rules else 1
        directory = Directory(people=(), roles={}, departmental={})
    names = names_of(rules.configuration, directory)
    coverages = role_coverages(
        rules.policies, directory, roster_of(directory), rules.configuration.approvals
    )
    configuration = rules.configuration
    owners = owners_coverage(
        configuration.rule_owners, directory, roster_of(directory), configuration.approvals
    )
    persons, roles = len(directory.people), len(directory.roles) + len(directory.departmental)
    people = Text(
        f"{quantity(persons, 'person', 'people')}, {quantity(roles, 'role')}",
        f"{persons} 名人员，{roles} 个角色",
    )
    if directory.people:
        print_prose(people.in_language(language))
    for coverage in coverages:
        print_prose(_line(coverage, rules.configuration.approvals, names).in_language(language))
    print_prose(_owners_line(owners, rules.configuration, names).in_language(language))
    idle = _idle_further_rules(configuration)
    unheard = [role for role in configuration.veto_roles if not _is_held(role, directory)]
    remarks = [*(_unheard_line(role, directory) for role in unheard), *map(_idle_line, idle)]
    asked = (*coverages, owners) if owners is not None else coverages
    remarks += _remedies(asked, directory, configuration.paths.people)
    remarks += (_deputy_line(deputy, now, names) for deputy in directory.deputies)
    remarks += (_name_line(name, ids) for name, ids in shared_names(directory))
    for remark in remarks:
        print_prose(remark.in_language(language))
    is_owned = owners.is_filled if owners is not None else configuration.anybody_owns_rules
    is_filled = all(coverage.is_filled for coverage in coverages)
    is_protected = not any(glob.near for glob in idle)
    return 0 if directory.people and is_filled and is_owned and is_protected and not unheard else 1


def _idle_line(idle: IdleGlob) -> Text:
    words = idle_glob_text(idle)
    mark = "✗" if idle.near else "!"
    return Text(f"{mark} {words.en}", f"{mark} {words.zh}")


def _idle_further_rules(configuration: Configuration) -> list[IdleGlob]:
    """Return the entries of `approvals.alsoRules` that name no file of the work tree."""
    root = require_launch_root(Path.cwd())
    top = find_top(root) or root
    whole = WorkTreeSnapshot(top)
    return list(idle_further_rules(below(whole, prefix_of(top, root)), configuration))


def _no_directory(path: str, *, asked: bool) -> Text:
    if asked:
        return Text(
            f"There is no {path}; no approval can be given.", f"没有 {path}；任何审批都无法给出。"
        )
    return Text(f"There is no {path}; nothing asks for it.", f"没有 {path}；目前也不需要。")


def _owners_line(owners: RoleCoverage | None, configuration: Configuration, names: Names) -> Text:
    """Return the line of the owners of the rules; one alone cannot approve their own changes."""
    if owners is None and configuration.anybody_owns_rules:
        return Text(
            "✓ rules: anybody may change them (`rules: anybody`)",
            "✓ 规则：任何人都可变更（`rules: anybody`）",
        )
    if owners is None:
        return Text(
            "✗ rules: nobody owns them, so no change of them passes; add `rules: [ROLE]` below "
            f"`approvals` in {FILE}",
            "✗ 规则：没有负责人，规则变更一律不能通过；"
            f"请在 {FILE} 的 `approvals` 下加入 `rules: [角色]`",
        )
    line = _line(owners, configuration.approvals, names)
    able = [person for person in owners.holders if person not in owners.unable]
    if owners.is_filled or len(able) != 1:
        return line
    return Text(
        f"{line.en}; nobody else could approve what {able[0]} changes: give a role to one more",
        f"{line.zh}；{_people(names, able)}本人的变更无人可以批准：请再由一人担任该角色",
    )


def _is_held(role: str, directory: Directory) -> bool:
    return bool(directory.roles.get(role) or directory.departmental.get(role))


def _unheard_line(role: str, directory: Directory) -> Text:
    """Return the line of a role that may object to every request, and that nobody holds."""
    held = sorted({*directory.roles, *directory.departmental})
    near = near_names(role, held)
    fix = Text("Give it to a person.", "请由一人担任该角色。")
    if near:
        fix = did_you_mean(near)
    return Text(
        f"✗ `approvals.vetoes` in {FILE} names {role}, which nobody holds, so no objection of that "
        f"role stops a request. {fix.en}",
        f"✗ {FILE} 的 `approvals.vetoes` 中的 {role} 无人担任，"
        f"因此没有人能以该角色阻止申请。{fix.zh}",
    )


def _remedies(asked: Sequence[RoleCoverage], directory: Directory, path: str) -> Iterator[Text]:
    """Yield each role of the directory that is probably misspelt, then what to do about gaps."""
    known = {role for coverage in asked for role in coverage.role.split("/")}
    empty = [one.role for one in asked if not one.holders and "/" not in one.role]
    for role in sorted({*directory.roles, *directory.departmental} - known):
        if near := near_names(role, empty):
            meant = did_you_mean(near)
            yield Text(
                f"! {path} names the role {role}, which nothing asks for. {meant.en}",
                f"! {path} 中的角色 {role} 没有任何策略要求。{meant.zh}",
            )
    for one in asked:
        if one.per_department and one.role in directory.roles:
            holders = ", ".join(directory.roles[one.role])
            yield Text(
                f"! {one.role} is held per department, and {path} names no department: write "
                f"`{one.role}: {{finance: [{holders}]}}`, with the id of the department.",
                f"! {one.role} 须按部门担任，而 {path} 未写明部门：请写成 "
                f"`{one.role}: {{finance: [{holders}]}}`，其中 finance 换成部门标识。",
            )
    if not all(one.is_filled for one in asked):
        yield Text(
            f"→ Give each role marked ✗ to a person under `roles` in {path}, and each person who "
            "lacks a key or an account theirs under `people`; `launchpolicy people add ID` writes "
            "both (--role, --key).",
            f"→ 请在 {path} 的 `roles` 下为每个标有 ✗ 的角色填写人员；"
            "缺少公钥或账号的人员，请在 `people` 下补充。"
            "也可运行 `launchpolicy people add 标识`（--role、--key）写入。",
        )


def _name_line(name: Text, ids: tuple[str, ...]) -> Text:
    """Return the note about people with one name: two people may have it."""
    return Text(
        f"! {', '.join(ids)} have the same name ({name.en}); if they are one person, keep one id",
        f"! {'、'.join(ids)} 同名（{name.zh}）；如为同一人，请只保留一个标识",
    )


def _deputy_line(deputy: Deputy, now: datetime, names: Names) -> Text:
    """Return who stands for whom, and from or until when."""
    by, stood_for = _people(names, [deputy.by]), _people(names, [deputy.stood_for])
    if deputy.is_deputy_at(now):
        end = deputy.end.isoformat(timespec="minutes")
        return Text(
            f"{deputy.by} stands for {deputy.stood_for} until {end}",
            f"{by}代理{stood_for}，至 {end}",
        )
    start = deputy.start.isoformat(timespec="minutes")
    return Text(
        f"{deputy.by} is to stand for {deputy.stood_for} from {start}",
        f"{by}将代理{stood_for}，自 {start} 起",
    )


def _line(coverage: RoleCoverage, source: str, names: Names) -> Text:
    """Return the line of one role: filled or not, by whom, asked for by which policies."""
    mark = "✓" if coverage.is_filled else "✗"
    who = ", ".join(coverage.holders) or "nobody"
    who_zh = _people(names, coverage.holders) or "无人"
    role = f"{names.role_names(coverage.role).zh}（{coverage.role}）"
    policies = ", ".join(coverage.policies)
    per_department = (
        (" of each department", "（每个部门）") if coverage.per_department else ("", "")
    )
    english = f"{mark} {coverage.role}{per_department[0]}: {who} — {policies}"
    policies_zh = "、".join(coverage.policies)
    chinese = f"{mark} {role}{per_department[1]}：{who_zh}；相关策略：{policies_zh}"
    if not coverage.approves and not coverage.is_filled:
        english += "; nobody holds this role, which people named in a request must hold"
        chinese += "；申请中填写的人员必须具备该角色，但目前无人担任"
    if coverage.unable:
        unable = ", ".join(coverage.unable)
        what = _missing(source)
        english += f"; without a {what.en}: {unable}"
        chinese += without_gaps(f"；缺少 {what.zh}：{_people(names, coverage.unable)}")
    return Text(english, chinese)


def _people(names: Names, ids: Sequence[str]) -> str:
    """Return people as Chinese readers know them, each with the id that files use."""
    return "、".join(f"{names.name_of('people', one).zh}（{one}）" for one in ids)


def _missing(source: str) -> Text:
    """Return what a person needs for approvals from this source."""
    if source in FORGES:
        return Text(f"{FORGES[source].title} account", f"{FORGES[source].title} 账号")
    return Text("key", "公钥") if source == SIGNED else Text("account", "账号")
