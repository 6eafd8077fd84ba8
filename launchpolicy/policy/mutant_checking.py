"""Which changed expressions of a policy still load: those that fit the kind, as in `checking`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.policy.cel import checking as cel
from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.checking import parameter_type
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.lookup_types import types_of
from launchpolicy.policy.policy import ANY_KEY, EDITS
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import lookups_of
from launchpolicy.vocabulary.place import Route

_LISTS = frozenset({"rolesFrom", "holdersFrom", "each", "excludePeople", "paths"})
_TEXT = frozenset({"STRING", "DYN"})
_BOOL = frozenset({"BOOL", "DYN"})
_LIST = frozenset({"LIST<STRING>", "LIST<DYN>", "DYN"})


class MutantCheck:
    """The types of what one policy's expressions may name, found once for all its mutants."""

    def __init__(self, policy: Mapping[str, Any], kind: Kind) -> None:
        self._spec = policy["spec"]
        self._types = types_of(kind, lookups_of(self._spec.get("lookups", ())), {})
        params = self._spec.get("params", {})
        scope = {f"params.{name}": parameter_type(value) for name, value in params.items()}
        for variable in self._spec.get("variables", ()):
            checked = ExpressionChecker(self._types, scope).check(variable["expression"])
            scope[f"variables.{variable['name']}"] = checked.type or cel.DYN
        self._scope = scope
        self._checkers: dict[str, ExpressionChecker] = {}

    def fits(self, route: Route, expression: str) -> bool:
        """Return whether `expression` at `route` of the policy's `spec` passes the type check."""
        part, key = route[0], route[-1]
        validation = self._spec[part][route[1]] if part == "validations" else {}
        checked = self._checker(validation.get("forEach", "")).check(expression)
        if checked.problems:
            return False
        if part == "variables":
            return True
        allowed = _LIST if key in _LISTS else _TEXT if key == "path" else _BOOL
        return checked.type.name() in allowed

    def _checker(self, for_each: str) -> ExpressionChecker:
        """Return the checker for what is in scope where `for_each` is gone through ("": not)."""
        if for_each not in self._checkers:
            names: dict[str, cel.Type] = {}
            if for_each:
                names = {"each": self._element(for_each) or cel.DYN, "index": cel.INT}
                names |= {"key": cel.STRING} if ANY_KEY in for_each else {}
            self._checkers[for_each] = ExpressionChecker(self._types, {**self._scope, **names})
        return self._checkers[for_each]

    def _element(self, for_each: str) -> cel.Type | None:
        if for_each == EDITS:
            return cel.EDIT
        checker = self._checker("")
        return checker.fact(for_each) if for_each in FACT_LISTS else checker.element(for_each)
