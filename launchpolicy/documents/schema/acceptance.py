"""A fast yes or no from a JSON Schema, for data that is most often right.

Closures instead of an interpreter, built when a value first reaches them: a cold start judges one
document, which touches a small part of a large schema. What is wrong is said by `explanation`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.schema.containers import lazy_check, list_check, mapping_check
from launchpolicy.documents.schema.dialect import (
    ANNOTATIONS,
    DEFINITIONS,
    RECURSIVE,
    SAME_VALUE,
    SAME_VALUE_LISTS,
    TYPES,
    UNDERSTOOD,
    SchemaNode,
    SchemaProblem,
    UnsupportedSchemaError,
    join,
    problem_at,
    resolve,
)
from launchpolicy.documents.schema.equality import identity
from launchpolicy.documents.schema.leaves import (
    Check,
    any_of,
    anything,
    conditional,
    every,
    exactly_one_of,
    negation,
    nothing,
    number_check,
    text_check,
)
from launchpolicy.documents.schema.patterns import PatternError, Patterns

if TYPE_CHECKING:  # loaded only where a definition leads back to itself
    from launchpolicy.documents.schema.remembered_answers import RememberedAnswers

_FOR_ANY = frozenset(
    {
        *ANNOTATIONS,
        *("$ref", "enum", "const", *SAME_VALUE, *SAME_VALUE_LISTS, *DEFINITIONS),
        *("x-title-zh", "x-description-zh"),
    }
)
"""Keywords that make no difference between classes of values."""


def compile_schema(schema: Mapping[str, object]) -> Callable[[object], bool]:
    """Return a function that says whether data follows `schema`.

    Data is plain: exactly str, int, float, bool, None, list and dict. The schema must be one in
    which `check_schema` finds nothing. Parts that no value has reached are not compiled; at one
    that cannot be understood the function raises, it never says yes.

    Raises:
        UnsupportedSchemaError: from here or from the check, for a keyword that is not understood.
    """
    return _Compiler(schema).whole()


def parts_check(schema: Mapping[str, object]) -> Callable[[str, object], bool]:
    """Return a function that says whether a value follows the part of a schema at a pointer."""
    compiler = _Compiler(schema)

    def accepts(pointer: str, value: object) -> bool:
        part: Any = resolve(schema, pointer)
        return compiler.accepts(part, pointer, value)

    return accepts


def check_schema(schema: object, *, remembers_answers: bool = True) -> tuple[SchemaProblem, ...]:
    """Return the problems of `schema` because of which it might accept too much.

    Call it once for a schema that others wrote, not for each document. `remembers_answers` is
    whether a value that is tested twice costs the work of one (not up to the seventh edition).
    """
    # Loaded here: shipped schemas are checked when they are made, and need none of it.
    from launchpolicy.documents.schema.checking import problems  # noqa: PLC0415

    return problems(schema, remembers_answers=remembers_answers)


class _Compiler:
    """The compiler of one schema, with the checks that it has made so far."""

    __slots__ = ("_answers", "_checks", "_open_references", "_parts", "_patterns", "root")

    def __init__(self, root: object) -> None:
        self.root = root
        self._parts: dict[str, Check] = {}
        self._checks: dict[str, Check] = {}
        self._open_references: set[str] = set()
        self._patterns = Patterns()
        self._answers = _answers_of(root)

    def whole(self) -> Check:
        """Return the check of a whole document."""
        check = self.reference("#", "#")
        return check if self._answers is None else self._answers.for_one_document(check)

    def reference(self, reference: str, pointer: str) -> Check:
        """Return the check of the definition that `reference` leads to, compiled once."""
        known_check = self._checks.get(reference)
        if known_check is not None:
            return known_check
        if reference in self._open_references:
            raise _unsupported_error(pointer, "the reference leads back to itself", "引用指回自身")
        try:
            target = resolve(self.root, reference)
        except (LookupError, ValueError) as error:
            raise _unsupported_error(
                pointer, f"no such definition: {reference}", f"没有这个定义：{reference}"
            ) from error
        self._open_references.add(reference)
        check = self.make(target, reference)
        if self._answers is not None:
            check = self._answers.remembering(reference, check)
        self._checks[reference] = check
        self._open_references.discard(reference)
        return check

    def make(self, schema: object, pointer: str) -> Check:
        """Return the check of the schema at `pointer`."""
        if schema is True:
            return anything
        if schema is False:
            return nothing
        if not isinstance(schema, dict):
            raise _unsupported_error(pointer, "not a schema", "不是结构定义")
        for keyword in schema.keys() - UNDERSTOOD:
            if not keyword.startswith("x-"):
                raise _unsupported_error(
                    pointer, f"`{keyword}` is not understood", f"无法识别关键字 `{keyword}`"
                )
        try:
            return _check_of_class_and_value(
                self._class_checks(schema, pointer), self._value_check(schema, pointer)
            )
        except PatternError as error:
            raise _unsupported_error(
                pointer, f"a pattern that cannot be run: {error}", f"无法执行的正则表达式：{error}"
            ) from error

    def _class_checks(self, schema: dict[str, Any], pointer: str) -> dict[type, Check]:
        """Return a check for each class of values that is allowed, by the keywords for that class.

        Empty when no keyword tells classes apart: a reference, a choice.
        """
        if "type" not in schema and schema.keys() <= _FOR_ANY:
            return {}
        names = schema.get("type", list(TYPES))
        names = [names] if isinstance(names, str) else names
        checks: dict[type, Check] = {}
        for name in names:
            if name not in TYPES:
                raise _unsupported_error(pointer, f"no such type: {name}", f"没有这种类型：{name}")
            for kind in TYPES[name]:
                checks.setdefault(kind, anything)
        if str in checks:
            checks[str] = text_check(schema, self._patterns)
        if dict in checks:
            checks[dict] = every(self._mapping_checks(schema, pointer))
        if list in checks:
            checks[list] = every(self._list_checks(schema, pointer))
        if float in checks:
            checks[int] = checks[float] = number_check(schema)
            if "number" not in names:
                checks[float] = every([float.is_integer, checks[float]])
        return checks

    def _mapping_checks(self, schema: dict[str, Any], pointer: str) -> list[Check]:
        check = mapping_check(schema, pointer, self.make, self._patterns)
        if "unevaluatedProperties" not in schema:
            return [check]
        # Loaded here: few schemas say anything of what is left over.
        from launchpolicy.documents.schema.left_over import other_keys  # noqa: PLC0415

        rest = lazy_check(
            schema["unevaluatedProperties"], pointer, self.make, "unevaluatedProperties"
        )
        return [
            check,
            lambda mapping: all(
                rest(mapping[key]) for key in other_keys(schema, pointer, mapping, self)
            ),
        ]

    def _list_checks(self, schema: dict[str, Any], pointer: str) -> list[Check]:
        check = list_check(schema, pointer, self.make)
        if "unevaluatedItems" not in schema:
            return [check]
        # Loaded here: few schemas say anything of what is left over.
        from launchpolicy.documents.schema.left_over import other_items  # noqa: PLC0415

        rest = lazy_check(schema["unevaluatedItems"], pointer, self.make, "unevaluatedItems")
        return [
            check,
            lambda items: all(
                rest(items[index]) for index in other_items(schema, pointer, items, self)
            ),
        ]

    def accepts(self, schema: SchemaNode, pointer: str, value: object) -> bool:
        """Return whether a value follows the schema at `pointer`, compiled once."""
        if pointer not in self._parts:
            self._parts[pointer] = self.make(schema, pointer)
        return self._parts[pointer](value)

    def matches(self, pattern: str, key: str) -> bool:
        """Return whether a key contains a match of a pattern."""
        return self._patterns.matcher(pattern)(key)

    def _value_check(self, schema: dict[str, Any], pointer: str) -> Check:
        """Return the check of the keywords that hold for every class of values."""
        checks: list[Check] = []
        if "enum" in schema:
            checks.append(_one_of(schema["enum"]))
        if "const" in schema:
            checks.append(_one_of([schema["const"]]))
        if "$ref" in schema:
            checks.append(self.reference(schema["$ref"], join(pointer, "$ref")))
        if "allOf" in schema:
            checks += self._branches(schema, pointer, "allOf")
        if "anyOf" in schema:
            checks.append(any_of(self._branches(schema, pointer, "anyOf")))
        if "oneOf" in schema:
            checks.append(exactly_one_of(self._branches(schema, pointer, "oneOf")))
        if "not" in schema:
            checks.append(negation(self.make(schema["not"], join(pointer, "not"))))
        if "if" in schema:
            parts = (
                self.make(schema.get(part, True), join(pointer, part))
                for part in ("if", "then", "else")
            )
            checks.append(conditional(*parts))
        return every(checks)

    def _branches(self, schema: dict[str, Any], pointer: str, keyword: str) -> list[Check]:
        return [
            self.make(branch, join(pointer, keyword, index))
            for index, branch in enumerate(schema[keyword])
        ]


def _answers_of(root: object) -> RememberedAnswers | None:
    """Return what remembers the answers of a schema; None of one that needs none."""
    if not isinstance(root, dict) or root.get(RECURSIVE) is not True:
        return None
    # Loaded here: few schemas have definitions that lead back to themselves.
    from launchpolicy.documents.schema.remembered_answers import RememberedAnswers  # noqa: PLC0415

    return RememberedAnswers()


def _check_of_class_and_value(checks: dict[type, Check], always: Check) -> Check:
    """Return a check of the class of a value, then of the value, in as few calls as possible."""
    if not checks:
        return always
    if always is not anything:
        checks = {
            kind: always if check is anything else every([check, always])
            for kind, check in checks.items()
        }
    if len(checks) > 1:
        return _check_by_class(checks)
    ((kind, check),) = checks.items()
    if check is anything:
        return lambda value: type(value) is kind
    return lambda value: type(value) is kind and check(value)


def _check_by_class(checks: dict[type, Check]) -> Check:
    def check(value: object) -> bool:
        test = checks.get(type(value))
        return test is not None and test(value)

    return check


def _one_of(values: list[object]) -> Check:
    if all(type(value) is str for value in values):
        texts = frozenset(values)
        return lambda value: type(value) is str and value in texts
    identities = frozenset(identity(value) for value in values)
    return lambda value: identity(value) in identities


def _unsupported_error(pointer: str, english: str, chinese: str) -> UnsupportedSchemaError:
    return UnsupportedSchemaError(problem_at(pointer, english, chinese))
