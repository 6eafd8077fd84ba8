"""Write the first files of a launch repository: plan and check all, then write what is missing.

What a file says is decided in `reporters.adoption`; here is decided whether it is written at all.
A file that is there is never changed, but for lines added at the end of `.gitattributes` and
`.pre-commit-config.yaml`. Decision 0011 gives the reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from launchpolicy.documents.reading import read
from launchpolicy.documents.validation import well_formed
from launchpolicy.engine.rule_changes import APPROVED
from launchpolicy.hosts import machine, shipped_files, whole_files
from launchpolicy.operations.adoption import additions
from launchpolicy.operations.adoption.environment import AdoptionEnvironment
from launchpolicy.operations.adoption.templates import template
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.processes import PROCESSES, Process
from launchpolicy.policy.role_demands import RoleDemand, conditional_roles, role_demands
from launchpolicy.reporters.adoption import github
from launchpolicy.reporters.adoption.calendar import calendar_text
from launchpolicy.reporters.adoption.configuration import configuration_text
from launchpolicy.reporters.adoption.hooks import hook_lines, hooks_text
from launchpolicy.reporters.adoption.outcome import FileOutcome, SetupStep
from launchpolicy.reporters.adoption.people import people_text
from launchpolicy.reporters.adoption.setup import Program, Setup
from launchpolicy.requests.calendar import check_calendar
from launchpolicy.requests.configuration import FILE, SIGNED, Paths
from launchpolicy.requests.directory import check_directory
from launchpolicy.requests.kinds import WAIVER_PACKS
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.text import Language, Text

ATTRIBUTES = ".gitattributes"
HOOKS = ".pre-commit-config.yaml"
_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks for CODEOWNERS; the first one that is there counts alone."""


@dataclass(frozen=True, slots=True)
class InitAnswers:
    """The answers: `processes` by name, `country` "" for none, `owner` "" for unknown.

    `timezone` is an IANA name. `vaults` are empty where backups may be kept anywhere.
    """

    processes: tuple[str, ...]
    source: str
    language: Language
    country: str
    timezone: str
    rules: tuple[str, ...]
    branch: str
    owner: str
    program: Program | None
    vaults: tuple[str, ...] = ()


class _PlannedFile(NamedTuple):
    """A step together with what carries it out."""

    step: SetupStep
    write: Callable[[], None] | None = None


def setup_of(environment: AdoptionEnvironment, answers: InitAnswers, now: datetime) -> Setup:
    """Return the setup that the answers mean; an existing configuration outweighs them."""
    processes = tuple(PROCESSES[name] for name in answers.processes)
    source, language, rules = answers.source, answers.language, answers.rules
    if environment.rules is not None:
        configuration = environment.rules.configuration
        processes = tuple(
            PROCESSES.get(name, Process(name, Text(name, name), packs))
            for name, packs in configuration.processes.items()
        )
        source, rules = configuration.approvals, configuration.rule_owners
        language = configuration.language or language
    policies = _policies(environment, processes)
    roles = _with_rules(role_demands(policies), rules)
    always = {demand.role for demand in roles}
    setup = Setup(
        processes=processes,
        source=source,
        language=language,
        country=answers.country,
        timezone=answers.timezone,
        rules=rules,
        roles=roles,
        conditional_roles=tuple(
            demand for demand in conditional_roles(policies) if demand.role not in always
        ),
        person=environment.person,
        branch=answers.branch,
        year_end=machine.year_end(answers.timezone, now.year),
        folder=environment.folder,
        owner=answers.owner,
        program=answers.program,
        vaults=answers.vaults,
    )
    if setup.source != SIGNED:
        return setup
    return replace(setup, person=replace(environment.person, keys=environment.keys))


def default_rules(processes: Sequence[str]) -> tuple[str, ...]:
    """Return the roles that lead these processes."""
    return tuple(dict.fromkeys(role for name in processes for role in PROCESSES[name].leads))


def is_calendar_missing(environment: AdoptionEnvironment) -> bool:
    """Return whether a calendar is still to be written."""
    return (
        whole_files.content(environment.top, environment.path(_paths(environment).calendar)) is None
    )


def initialise(environment: AdoptionEnvironment, setup: Setup) -> list[SetupStep]:
    """Write the files that are missing; return the steps in the order in which they were taken.

    Everything is planned before the first file is written, so that what stands in the way of one
    is known before.

    Raises:
        UsageError: something is in the way, or a file cannot be written.
    """
    plans = [*_own_files(environment, setup), _attributes(environment), _hooks(environment, setup)]
    if setup.source == "github" or environment.repository:
        plans += _github_files(environment, setup)
    for plan in plans:
        if plan.write is not None:
            plan.write()
    return [plan.step for plan in plans]


def _policies(environment: AdoptionEnvironment, processes: Sequence[Process]) -> tuple[Policy, ...]:
    """Return every policy that judges something in the repository."""
    if environment.rules is not None:
        return environment.rules.policies
    packs = dict.fromkeys(
        (*(pack for process in processes for pack in process.packs), *WAIVER_PACKS)
    )
    return tuple(policy for pack in packs for policy in shipped_files.pack(pack).policies)


def _with_rules(demands: Sequence[RoleDemand], rules: Sequence[str]) -> tuple[RoleDemand, ...]:
    """Return the demands, with the owners of the rules among them."""
    demands_by_role = {demand.role: demand for demand in demands}
    for role in rules:
        demand = demands_by_role.get(role, RoleDemand(role, (), is_per_department=False))
        demands_by_role[role] = replace(demand, policies=(*demand.policies, APPROVED))
    return tuple(demands_by_role.values())


def _paths(environment: AdoptionEnvironment) -> Paths:
    return environment.rules.configuration.paths if environment.rules is not None else Paths()


def _own_files(environment: AdoptionEnvironment, setup: Setup) -> Iterator[_PlannedFile]:
    """Yield configuration, directory and calendar, whose form we know, checked beforehand."""
    paths = _paths(environment)
    for name, kind, text, more in (
        (FILE, "Configuration", configuration_text, None),
        (paths.people, "Directory", people_text, check_directory),
        (paths.calendar, "Calendar", calendar_text, check_calendar),
    ):
        path = environment.path(name)
        if whole_files.content(environment.top, path) is not None:
            yield _keep(path)
            continue
        content = text(setup)
        document = well_formed(shipped_files.schema(kind).data, read(path, content.encode()))
        if more is not None and (findings := more(document)):
            raise MalformedRulesError(findings)
        yield _create(environment, path, content)


def _attributes(environment: AdoptionEnvironment) -> _PlannedFile:
    """Return the attributes: evidence is compared by bytes, which git must not convert."""
    path, pattern = environment.path(ATTRIBUTES), f"{_paths(environment).launches}/**"
    line = f"{pattern} -text"
    data = whole_files.content(environment.top, path)
    if data is None:
        return _create(environment, path, f"{line}\n")
    if additions.has_attribute(data, pattern):
        return _keep(path)
    return _extend(environment, path, additions.with_line(data, line), line)


def _hooks(environment: AdoptionEnvironment, setup: Setup) -> _PlannedFile:
    program = setup.program
    data = whole_files.content(environment.top, HOOKS)
    if data is not None and additions.has_hooks(data, setup.folder):
        return _keep(HOOKS)
    if program is None:
        return _PlannedFile(SetupStep(HOOKS, FileOutcome.LEFT_OUT, _NO_COMMIT))
    if data is None:
        return _create(environment, HOOKS, hooks_text(program, setup.folder, setup.language))
    lines = "\n".join(hook_lines(program, setup.folder, setup.language, "  "))
    new_data = additions.with_hooks(data, program, setup.folder, setup.language)
    return _extend(environment, HOOKS, new_data, lines)


def _github_files(environment: AdoptionEnvironment, setup: Setup) -> Iterator[_PlannedFile]:
    values = github.values_of(setup)
    for name, path in github.WRITTEN.items():
        if name == "CODEOWNERS":
            yield _owners(environment, setup, values)
        elif (data := whole_files.content(environment.top, path)) is not None:
            yield _keep(path, _other_folder(name, data, values))
        elif name in github.NEEDS_PROGRAM and not values.action:
            yield _PlannedFile(SetupStep(path, FileOutcome.LEFT_OUT, _NO_COMMIT))
        else:
            yield _create(environment, path, github.fill_template(name, template(name), values))


def _owners(
    environment: AdoptionEnvironment, setup: Setup, values: github.TemplateValues
) -> _PlannedFile:
    """Return the one CODEOWNERS that counts for GitHub; none is written that hides another."""
    path = _OWNERS[0]
    if not setup.owner:
        return _PlannedFile(SetupStep(path, FileOutcome.LEFT_OUT, _NO_OWNER))
    if _paths(environment) != Paths() or not github.is_plain_path(setup.folder):
        return _PlannedFile(SetupStep(path, FileOutcome.LEFT_OUT, _OTHER_PATHS))
    text = github.fill_template("CODEOWNERS", template("CODEOWNERS"), values)
    for there in _OWNERS:
        data = whole_files.content(environment.top, there)
        if data is not None:
            lines = [line for line in text.splitlines() if not line.startswith("#")]
            lacks = additions.lacks_owners(data, text)
            return _PlannedFile(
                SetupStep(there, FileOutcome.KEPT, _THERE, "\n".join(lines) if lacks else "")
            )
    return _create(environment, path, text)


def _other_folder(name: str, data: bytes, values: github.TemplateValues) -> Text:
    """Return why an existing workflow does not judge this repository, or that it is there."""
    text = data.decode("utf-8", "replace")
    if name not in github.WITH_FOLDER:
        return _THERE
    is_ours = values.directory in text if values.directory else "working-directory:" not in text
    return _THERE if is_ours else _JUDGES_ANOTHER


def _keep(path: str, reason: Text | None = None) -> _PlannedFile:
    return _PlannedFile(SetupStep(path, FileOutcome.KEPT, reason or _THERE))


def _create(environment: AdoptionEnvironment, path: str, text: str) -> _PlannedFile:
    return _PlannedFile(
        SetupStep(path, FileOutcome.WRITTEN),
        lambda: whole_files.write_new(environment.top, path, text),
    )


def _extend(
    environment: AdoptionEnvironment, path: str, new_data: bytes | None, lines: str
) -> _PlannedFile:
    if new_data is None:
        return _PlannedFile(SetupStep(path, FileOutcome.KEPT, _ADD_BY_HAND, lines))
    return _PlannedFile(
        SetupStep(path, FileOutcome.EXTENDED, _LINES_ADDED, lines),
        lambda: whole_files.replace(environment.top, path, new_data),
    )


_THERE = Text("it is there already", "文件已存在")
_LINES_ADDED = Text("these lines were added at its end", "已在末尾添加以下内容")
_ADD_BY_HAND = Text("it is there already; add these lines", "文件已存在；请添加以下内容")
_NO_COMMIT = Text(
    "the commit of the running launchpolicy is not known; give it with "
    "--action OWNER/REPO@COMMIT and run this again",
    "无法得知所运行的 launchpolicy 的提交号；请用 --action OWNER/REPO@COMMIT 指定后重新运行",
)
_NO_OWNER = Text(
    "nobody is named who reviews changes of the rules; give --owner @USER or "
    "--owner @ORGANISATION/TEAM and run this again",
    "未指定由谁评审规则变更；请用 --owner @用户 或 --owner @组织/团队 指定后重新运行",
)
_OTHER_PATHS = Text(
    "the paths of this repository are not the usual ones; write it by hand",
    "本仓库使用了其他路径，请手工编写",
)
_JUDGES_ANOTHER = Text(
    "it is there already, but judges another folder than this one; add a job for this one",
    "文件已存在，但它判定的是另一个目录；请为本目录添加一个作业",
)
