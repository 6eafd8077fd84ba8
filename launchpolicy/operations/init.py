"""The first files of a launch repository: planned, checked, then written where nothing is yet.

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
from launchpolicy.hosts import machine, shipped, whole_files
from launchpolicy.operations.adoption import additions
from launchpolicy.operations.adoption.environment import AdoptionEnvironment
from launchpolicy.operations.adoption.templates import template
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.processes import PROCESSES, Process
from launchpolicy.policy.role_demands import RoleDemand, role_demands
from launchpolicy.reporters.adoption import github
from launchpolicy.reporters.adoption.calendar import calendar_text
from launchpolicy.reporters.adoption.configuration import configuration_text
from launchpolicy.reporters.adoption.hooks import hook_lines, hooks_text
from launchpolicy.reporters.adoption.outcome import FileOutcome, SetupStep
from launchpolicy.reporters.adoption.people import people_text
from launchpolicy.reporters.adoption.setup import Program, Setup
from launchpolicy.requests.calendar import check_calendar
from launchpolicy.requests.configuration import FILE, Paths
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
    """What was asked for: `processes` by name, `country` "" for none, `owner` "" for unknown."""

    processes: tuple[str, ...]
    source: str
    language: Language
    country: str
    rules: tuple[str, ...]
    branch: str
    owner: str
    program: Program | None


class _PlannedFile(NamedTuple):
    """A step together with what carries it out."""

    step: SetupStep
    write: Callable[[], None] | None = None


def setup_of(around: AdoptionEnvironment, answers: InitAnswers, now: datetime) -> Setup:
    """The setup that the answers mean; what a configuration already says outweighs them."""
    processes = tuple(PROCESSES[name] for name in answers.processes)
    source, language, rules = answers.source, answers.language, answers.rules
    if around.rules is not None:
        configuration = around.rules.configuration
        processes = tuple(
            PROCESSES.get(name, Process(name, Text(name, name), packs))
            for name, packs in configuration.processes.items()
        )
        source, rules = configuration.approvals, configuration.rule_owners
        language = configuration.language or language
    policies = _policies(around, processes)
    zone = machine.zone_of(answers.country, around.timezone)
    setup = Setup(
        processes=processes,
        source=source,
        language=language,
        country=answers.country,
        timezone=zone,
        rules=rules,
        roles=_with_rules(role_demands(policies), rules),
        person=around.person,
        branch=answers.branch,
        year_end=machine.year_end(zone, now.year),
        folder=around.folder,
        owner=answers.owner,
        program=answers.program,
    )
    if setup.source != "signed":
        return setup
    return replace(setup, person=replace(around.person, keys=around.keys))


def default_rules(processes: Sequence[str]) -> tuple[str, ...]:
    """The roles that lead these processes."""
    return tuple(dict.fromkeys(role for name in processes for role in PROCESSES[name].leads))


def is_calendar_missing(around: AdoptionEnvironment) -> bool:
    """Whether a calendar is still to be written."""
    return whole_files.content(around.top, around.path(_paths(around).calendar)) is None


def initialise(around: AdoptionEnvironment, setup: Setup) -> list[SetupStep]:
    """Writes the files that are missing; the steps in the order in which they were taken.

    Everything is planned before the first file is written, so that what stands in the way of one
    is known before.

    Raises:
        UsageError: something is in the way, or a file cannot be written.
    """
    plans = [*_own_files(around, setup), _attributes(around), _hooks(around, setup)]
    if setup.source == "github" or around.repository:
        plans += _github_files(around, setup)
    for plan in plans:
        if plan.write is not None:
            plan.write()
    return [plan.step for plan in plans]


def _policies(around: AdoptionEnvironment, processes: Sequence[Process]) -> tuple[Policy, ...]:
    """Every policy that judges something in the repository."""
    if around.rules is not None:
        return around.rules.policies
    packs = dict.fromkeys((*(pack for each in processes for pack in each.packs), *WAIVER_PACKS))
    return tuple(policy for pack in packs for policy in shipped.pack(pack).policies)


def _with_rules(demands: Sequence[RoleDemand], rules: Sequence[str]) -> tuple[RoleDemand, ...]:
    """The demands, with the owners of the rules among them."""
    found = {demand.role: demand for demand in demands}
    for role in rules:
        demand = found.get(role, RoleDemand(role, (), is_per_department=False))
        found[role] = replace(demand, policies=(*demand.policies, APPROVED))
    return tuple(found.values())


def _paths(around: AdoptionEnvironment) -> Paths:
    return around.rules.configuration.paths if around.rules is not None else Paths()


def _own_files(around: AdoptionEnvironment, setup: Setup) -> Iterator[_PlannedFile]:
    """Configuration, directory and calendar: the files whose form we know, checked beforehand."""
    paths = _paths(around)
    for name, kind, text, more in (
        (FILE, "Configuration", configuration_text, None),
        (paths.people, "Directory", people_text, check_directory),
        (paths.calendar, "Calendar", calendar_text, check_calendar),
    ):
        path = around.path(name)
        if whole_files.content(around.top, path) is not None:
            yield _kept(path)
            continue
        written = text(setup)
        document = well_formed(shipped.schema(kind).data, read(path, written.encode()))
        if more is not None and (findings := more(document)):
            raise MalformedRulesError(findings)
        yield _written(around, path, written)


def _attributes(around: AdoptionEnvironment) -> _PlannedFile:
    """Evidence is compared by its bytes, which git must not convert (`core.autocrlf`)."""
    path, pattern = around.path(ATTRIBUTES), f"{_paths(around).launches}/**"
    line = f"{pattern} -text"
    found = whole_files.content(around.top, path)
    if found is None:
        return _written(around, path, f"{line}\n")
    if additions.has_attribute(found, pattern):
        return _kept(path)
    return _extended(around, path, additions.with_line(found, line), line)


def _hooks(around: AdoptionEnvironment, setup: Setup) -> _PlannedFile:
    program = setup.program
    found = whole_files.content(around.top, HOOKS)
    if found is not None and additions.has_hooks(found, setup.folder):
        return _kept(HOOKS)
    if program is None:
        return _PlannedFile(SetupStep(HOOKS, FileOutcome.LEFT_OUT, _NO_COMMIT))
    if found is None:
        return _written(around, HOOKS, hooks_text(program, setup.folder, setup.language))
    lines = "\n".join(hook_lines(program, setup.folder, setup.language, "  "))
    changed = additions.with_hooks(found, program, setup.folder, setup.language)
    return _extended(around, HOOKS, changed, lines)


def _github_files(around: AdoptionEnvironment, setup: Setup) -> Iterator[_PlannedFile]:
    values = github.values_of(setup)
    for name, path in github.WRITTEN.items():
        if name == "CODEOWNERS":
            yield _owners(around, setup, values)
        elif (found := whole_files.content(around.top, path)) is not None:
            yield _kept(path, _other_folder(name, found, values))
        elif name in github.NEEDS_PROGRAM and not values.action:
            yield _PlannedFile(SetupStep(path, FileOutcome.LEFT_OUT, _NO_COMMIT))
        else:
            yield _written(around, path, github.fill_template(name, template(name), values))


def _owners(
    around: AdoptionEnvironment, setup: Setup, values: github.TemplateValues
) -> _PlannedFile:
    """One file counts for GitHub, so none is written where another one would be hidden by it."""
    path = _OWNERS[0]
    if not setup.owner:
        return _PlannedFile(SetupStep(path, FileOutcome.LEFT_OUT, _NO_OWNER))
    if _paths(around) != Paths() or not github.is_plain_path(setup.folder):
        return _PlannedFile(SetupStep(path, FileOutcome.LEFT_OUT, _OTHER_PATHS))
    text = github.fill_template("CODEOWNERS", template("CODEOWNERS"), values)
    for there in _OWNERS:
        found = whole_files.content(around.top, there)
        if found is not None:
            lines = [each for each in text.splitlines() if not each.startswith("#")]
            lacks = additions.lacks_owners(found, text)
            return _PlannedFile(
                SetupStep(there, FileOutcome.KEPT, _THERE, "\n".join(lines) if lacks else "")
            )
    return _written(around, path, text)


def _other_folder(name: str, found: bytes, values: github.TemplateValues) -> Text:
    """Why a workflow that is there does not judge this launch repository; else that it is there."""
    text = found.decode("utf-8", "replace")
    if name not in github.WITH_FOLDER:
        return _THERE
    is_ours = values.directory in text if values.directory else "working-directory:" not in text
    return _THERE if is_ours else _JUDGES_ANOTHER


def _kept(path: str, reason: Text | None = None) -> _PlannedFile:
    return _PlannedFile(SetupStep(path, FileOutcome.KEPT, reason or _THERE))


def _written(around: AdoptionEnvironment, path: str, text: str) -> _PlannedFile:
    return _PlannedFile(
        SetupStep(path, FileOutcome.WRITTEN), lambda: whole_files.write_new(around.top, path, text)
    )


def _extended(
    around: AdoptionEnvironment, path: str, changed: bytes | None, lines: str
) -> _PlannedFile:
    if changed is None:
        return _PlannedFile(SetupStep(path, FileOutcome.KEPT, _ADD_BY_HAND, lines))
    return _PlannedFile(
        SetupStep(path, FileOutcome.EXTENDED, _LINES_ADDED, lines),
        lambda: whole_files.replace(around.top, path, changed),
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
