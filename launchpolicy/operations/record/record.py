"""Record one fact of the night of a launch: in the request, on its branch, at the remote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from launchpolicy.hosts.git.checked_out import current_branch, switch_branch
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.symbolic_references import require_plain_references
from launchpolicy.operations.record import problems
from launchpolicy.operations.record.applying import apply_fact
from launchpolicy.operations.record.approval import require_after_approval, require_approved
from launchpolicy.operations.record.branch_choice import (
    begin_rollback,
    choose_name,
    has_open_rollback,
    launch_to_merge,
)
from launchpolicy.operations.record.branch_files import (
    finish_interrupted_move,
    move_branch,
    require_committed,
)
from launchpolicy.operations.record.fact_files import FactFile, files_to_commit
from launchpolicy.operations.record.facts import LAUNCHED, ROLLED_BACK
from launchpolicy.operations.record.launch_branch import (
    LaunchBranch,
    launch_branch,
    open_branch,
    refresh,
)
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.operations.record.night import LaunchNight
from launchpolicy.operations.record.placing import KnownFactError
from launchpolicy.operations.record.publishing import (
    Publication,
    catch_up,
    forget_refused,
    publication_of,
    publish,
    waiting_facts,
)
from launchpolicy.operations.record.recorder import recorder_of, require_person
from launchpolicy.operations.request_names import BRANCH
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_TRIES = 20


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """The options that every command of `record` has.

    `at` is when it happened (None: now), `by` who did it ("": who records), `is_offline` keeps
    everything in this clone, and `is_forced` records what the policies refuse (`--anyway`).
    """

    now: datetime
    environ: Mapping[str, str]
    at: datetime | None = None
    by: str = ""
    is_offline: bool = False
    is_forced: bool = False
    is_rollback: bool = False
    """Whether a rollback begins: it is proposed on a branch of its own."""


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What was recorded, and how things stand after it.

    `fact` is None where nothing was to be recorded; `there` is what stood there already, None for
    a new fact. `to_come` is what the fact still lacks, `overridden` what policies say against it
    (`--anyway`). `is_switched` says that the branch is checked out now and was not before.
    """

    path: str
    branch: str
    base: str
    data: Data
    names: Names
    publication: Publication
    fact: LaunchFact | None = None
    there: Mapping[str, Data] | None = None
    to_come: tuple[Finding, ...] = ()
    overridden: tuple[Finding, ...] = ()
    is_switched: bool = False
    before: str = ""
    """Of a rollback the branch of the launch, where that is not merged yet."""
    sent: int = 0
    """How many facts that waited were sent."""


MakeFact = Callable[[LaunchNight], LaunchFact]


def record(
    root: Path, path: str, make: MakeFact, options: RecordOptions, file: FactFile | None = None
) -> RecordResult:
    """Write the fact that `make` gives, in a commit of its own with its `file`, and push it.

    Raises:
        FactRefusedError: the policies refuse it, or something else is recorded; nothing changed.
        LaunchpolicyError: it cannot be recorded at all.
    """
    with opened_branch(root, path, options) as branch, _note_if_offline(branch):
        branch_before = current_branch(branch.repository)
        start = open_branch(branch)
        with _no_branch_left(branch):
            finish_interrupted_move(branch)
            require_committed(branch, start)
            catch_up(branch, options.now)
            require_approved(branch, branch.document_at(branch.tip() or start).data)
        result = _record_or_leave(branch, make, options, file)
        is_switched = branch.is_new and _switch(branch, branch_before)
        publication = publish(branch, options.now)
        final = branch.tip() or start
        return RecordResult(
            path,
            branch.name,
            branch.base.branch,
            branch.document_at(final).data,
            names_of(branch.rules.configuration, branch.directory),
            publication,
            result.fact,
            result.there,
            result.to_come,
            result.overridden,
            is_switched,
            launch_to_merge(branch),
        )


@contextmanager
def _note_if_offline(branch: LaunchBranch) -> Iterator[None]:
    """Say with a refusal that the remote was not asked, so that others may know more."""
    try:
        yield
    except LaunchpolicyError as error:
        if branch.offline is not None:
            error.remedy = problems.maybe_behind(error.remedy, branch.offline)
        raise


@contextmanager
def _no_branch_left(branch: LaunchBranch) -> Iterator[None]:
    """Remove the branch again that was made for a fact, where nothing can be recorded on it."""
    try:
        yield
    except LaunchpolicyError:
        made_at = branch.tip()
        if branch.is_new and made_at is not None:
            branch.repository.git.run("update-ref", "-d", branch.reference, made_at)
        raise


@dataclass(frozen=True, slots=True)
class _RecordedFact:
    fact: LaunchFact
    there: Mapping[str, Data] | None
    to_come: tuple[Finding, ...]
    overridden: tuple[Finding, ...] = ()


def _record_or_leave(
    branch: LaunchBranch, make: MakeFact, options: RecordOptions, file: FactFile | None
) -> _RecordedFact:
    """Write the fact; where it is refused, leave no branch behind that was made for it."""
    made_at = branch.tip()
    try:
        return _record(branch, make, options, file)
    except LaunchpolicyError:
        if branch.is_new and made_at is not None:
            branch.repository.git.run("update-ref", "-d", branch.reference, made_at)
        raise


def _record(
    branch: LaunchBranch, make: MakeFact, options: RecordOptions, file: FactFile | None
) -> _RecordedFact:
    for _ in range(_TRIES):
        tip = branch.tip()
        if tip is None:
            raise problems.no_request(branch.path, branch.name)
        require_committed(branch, tip)
        night = _night(branch, branch.document_at(tip).data, options)
        fact = make(night)
        require_after_approval(branch, fact)
        try:
            files = files_to_commit(branch, tip, file)
            applied = apply_fact(branch, tip, fact, options.now, files)
        except KnownFactError as error:
            return _RecordedFact(fact, error.there, ())
        if move_branch(branch, tip, applied.commit):
            return _RecordedFact(applied.fact, None, applied.to_come, applied.overridden)
    raise UndecidedError(
        Text("Another process records all the time.", "另有进程在不断登记。"),
        Text("Run this again.", "请重新运行。"),
    )


def _night(branch: LaunchBranch, data: Data, options: RecordOptions) -> LaunchNight:
    recorder = recorder_of(branch.repository, branch.directory, options.environ)
    by = options.by or recorder
    require_person(by, branch.directory)
    at = options.at or options.now
    if at > options.now:
        raise problems.in_the_future(at.isoformat())
    names = names_of(branch.rules.configuration, branch.directory)
    return LaunchNight(data, names, recorder, by, at, options.is_forced)


@contextmanager
def opened_branch(root: Path, path: str, options: RecordOptions) -> Iterator[LaunchBranch]:
    """Yield the branch of a launch, fetched, in an open repository that is closed afterwards.

    Raises:
        LaunchpolicyError: it cannot be found.
    """
    with open_repository(root, options.environ) as repository:
        branch = launch_branch(repository, root, path, options.environ)
        if options.is_offline:
            branch.offline = Text("Nothing is pushed (--offline).", "未推送（--offline）。")
        else:
            choose_name(branch, LAUNCHED)
            refresh(branch)
        is_going_back = options.is_rollback or has_open_rollback(branch)
        choose_name(branch, ROLLED_BACK if is_going_back else LAUNCHED)
        require_plain_references(repository, [branch.reference])
        if options.is_rollback:
            begin_rollback(branch)
        yield branch


def _switch(branch: LaunchBranch, before: str) -> bool:
    """Check out a new branch for who was on the base, if nothing is in the way."""
    if before not in {"", branch.base.branch} and not before.startswith(BRANCH):
        return False
    return switch_branch(branch.repository, branch.name, branch.environ)


def look_up(root: Path, path: str, options: RecordOptions) -> RecordResult:
    """Return how the night of a launch stands, without recording anything.

    Raises:
        LaunchpolicyError: there is no such launch.
    """
    with opened_branch(root, path, options) as branch:
        finish_interrupted_move(branch)
        tip = branch.tip() or branch.tracked_tip() or branch.base.commit
        return RecordResult(
            path,
            branch.name,
            branch.base.branch,
            branch.document_at(tip).data,
            names_of(branch.rules.configuration, branch.directory),
            publication_of(branch),
        )


def push_waiting(root: Path, path: str, options: RecordOptions) -> RecordResult:
    """Send what waits in this clone; return how things stand then.

    Raises:
        LaunchpolicyError: there is no such launch, or its branch cannot be joined.
    """
    with opened_branch(root, path, options) as branch:
        finish_interrupted_move(branch)
        tip, waiting = branch.tip(), 0
        if tip is not None:
            require_committed(branch, tip)
            waiting = len(waiting_facts(branch))
            publish(branch, options.now)
    result = look_up(root, path, options)
    return replace(result, sent=waiting - len(result.publication.waiting))


def forget(root: Path, path: str, options: RecordOptions, identifier: str) -> None:
    """Forget a fact that a newer file contradicts.

    Raises:
        UsageError: there is none of this identifier.
    """
    with opened_branch(root, path, options) as branch:
        if not forget_refused(branch, identifier):
            raise problems.unknown_fact(identifier)
