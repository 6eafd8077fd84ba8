"""Follow the rules of each step: those of the commit before, read again when they change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import (
    PeopleAndCalendar,
    people_and_calendar_of,
)
from launchpolicy.operations.submissions.rule_files import touches_rules
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot


@dataclass(frozen=True, slots=True)
class StepRules:
    """The rules that judge a step, and the snapshot that they come from.

    `problem` is set where they cannot be used; then `pack_set` is the last one that could, which
    still says which files are requests.
    """

    pack_set: PackSet
    trusted: Snapshot
    people_and_calendar: PeopleAndCalendar | None = None
    problem: Finding | None = None

    def alters(self, changes: Sequence[FileChange]) -> bool:
        """Return whether some of the changes are of the rules themselves."""
        return touches_rules(changes, self.pack_set.configuration)


def rules_of(snapshot: Snapshot, load: Callable[[Snapshot], PackSet] = load_rules) -> StepRules:
    """Return the rules in a snapshot; `load` reads their pack set.

    Raises:
        LaunchpolicyError: they cannot be used, or not be read.
    """
    pack_set = load(snapshot)
    return StepRules(pack_set, snapshot, people_and_calendar_of(snapshot, pack_set))


@dataclass(slots=True)
class RulesOverTime:
    """Follows the rules along a history. `load` reads the pack set of a snapshot.

    Before the first configuration that can be used there are no rules, and nothing is a request.
    `before` returns the last rules that could be used before the walk began, where it begins in the
    middle: rules that are broken or gone there were whole once, and what landed since is no less a
    launch.
    """

    load: Callable[[Snapshot], PackSet]
    fixed: StepRules | None = None
    before: Callable[[], StepRules | None] = lambda: None
    _now: StepRules | None = field(default=None)
    _is_fresh: bool = field(default=False)

    def at(self, trusted: Snapshot | None) -> StepRules | None:
        """Return the rules of the step that starts at `trusted`; None before there were any."""
        if self.fixed is not None or trusted is None:
            return self.fixed
        if not self._is_fresh:
            self._now = self._load(trusted)
            self._is_fresh = True
        elif self._now is not None:
            now = self._now
            self._now = StepRules(now.pack_set, trusted, now.people_and_calendar, now.problem)
        return self._now

    @property
    def latest(self) -> StepRules | None:
        """Return the rules that were asked for last; None before there were any."""
        return self.fixed if self.fixed is not None else self._now

    @property
    def is_current(self) -> bool:
        """Return whether the rules need not be read again at the next step."""
        return self._is_fresh

    def forget(self) -> None:
        """Read the rules again at the next step: they are loaded another way now."""
        self._is_fresh = False

    def go_past(self, changes: Sequence[FileChange]) -> None:
        """Go past a step with these changes.

        Rules that cannot be used are read again at the next step whatever has changed: which files
        would repair them, they do not say themselves.
        """
        is_usable = self._now is not None and self._now.problem is None
        self._is_fresh = self._is_fresh and is_usable and not self._are_changed(changes)

    def _are_changed(self, changes: Sequence[FileChange]) -> bool:
        """Return whether a step changes what the rules are read from."""
        if self._now is None or self._now.alters(changes):
            return True
        paths = self._now.pack_set.configuration.paths
        folders = (*self._now.pack_set.configuration.rule_folders, paths.waivers)
        return any(
            change.path.startswith(f"{paths.waivers}/")
            # A link or a file in place of a folder, or of one on the way there.
            or any(f"{folder}/".startswith(f"{change.path}/") for folder in folders)
            for change in changes
        )

    def _load(self, trusted: Snapshot) -> StepRules | None:
        if self._now is None:
            return self._first(trusted)
        try:
            return rules_of(trusted, self.load)
        except UndecidedError:
            raise  # git, not the rules
        except LaunchpolicyError as error:
            return StepRules(self._now.pack_set, trusted, None, _unusable_rules(error))

    def _first(self, trusted: Snapshot) -> StepRules | None:
        """Return the rules at the first step that is walked over."""
        try:
            return rules_of(trusted, self.load)
        except UndecidedError:
            raise  # git, not the rules
        except LaunchpolicyError:
            self._now = self.before()
        return None if self._now is None else self._load(trusted)


def _unusable_rules(error: LaunchpolicyError) -> Finding:
    """Return the finding of rules that judge nothing: what lands has no verdict."""
    return Finding("rules/unusable", error.problem, Place(FILE, START), error.remedy)
