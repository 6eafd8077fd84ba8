"""The expressions of policies over one request: their values, and findings where they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from launchpolicy.engine.context import Context
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.joint_validation import joint_validation
from launchpolicy.policy.policy import ANY_KEY, EDITS, JointValidation, Policy, Validation
from launchpolicy.policy.scoping import scoped_expression
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Route, parse_route
from launchpolicy.vocabulary.text import LANGUAGES, Text, without_gaps

if TYPE_CHECKING:  # loaded only where policies ask about files, or go through lists
    from launchpolicy.engine.asked_files import AskedFiles
    from launchpolicy.engine.elements import ForEachElement

_IN_MESSAGES = "display"
"""The fact that only messages name: it is converted for CEL where a validation fails."""

_LONGEST_MESSAGE = 20_000
"""Characters of a message that an expression makes; nobody reads a longer one."""


Bind = Callable[[Mapping[str, Any], Sequence[Any]], Bindings]
"""Makes bindings of values and functions: `Bindings`, or what notes what is evaluated."""


class NoAnswerError(EvaluationError):
    """An evaluation error that knows which expression gave no answer."""

    def __init__(self, expression: str, error: EvaluationError) -> None:
        super().__init__(str(error))
        self.expression = expression


class Expressions:
    """The expressions of all policies of one context.

    The request is converted for CEL once and shared by all of them.
    """

    def __init__(self, context: Context, bind: Bind = Bindings) -> None:
        self._context = context
        self.variables = context.variables()
        self._bind = bind
        shared = {name: value for name, value in self.variables.items() if name != _IN_MESSAGES}
        self.asked_files = _asked_files(context)
        self._functions = () if self.asked_files is None else self.asked_files.functions
        self.bindings = self._bindings(shared)

    def answer(self, policy: Policy, expression: str) -> Any:  # noqa: ANN401 (a CEL value)
        """Return the value of an expression over the whole request.

        Raises:
            NoAnswerError: it has none.
        """
        try:
            return self.bindings.evaluate(scoped_expression(policy, expression))
        except EvaluationError as error:
            raise NoAnswerError(expression, error) from error

    def hold(self, policy: Policy, expression: str) -> bool:
        """Return whether an expression is true of the whole request.

        Raises:
            NoAnswerError: it has no value.
        """
        return _holds(self.bindings, policy, expression)

    def unproven(self, policy: Policy) -> tuple[Validation, ...]:
        """Return the validations of a policy that may not hold, after one look at all of them."""
        joint = joint_validation(policy)
        if joint is None:
            return policy.validations
        proven = self.proven(joint)
        return tuple(one for number, one in enumerate(policy.validations) if number not in proven)

    def proven(self, joint: JointValidation) -> frozenset[int]:
        """Return the numbers of the validations that hold; none where that cannot be said of all.

        So it is where one of them gives no answer, and where one makes two of itself.
        """
        try:
            answers = self.bindings.truths(joint.expression)
        except EvaluationError:
            return frozenset()
        if len(answers) != len(joint.numbers):
            return frozenset()
        pairs = zip(joint.numbers, answers, strict=True)
        return frozenset(number for number, holds in pairs if holds)

    def findings(self, policy: Policy, validation: Validation) -> Iterator[Finding]:
        """Return a finding for everything of which the validation does not hold.

        Raises:
            NoAnswerError: its expression has no value somewhere.
        """
        return (finding for _, finding in self.failures(policy, validation))

    def failures(self, policy: Policy, validation: Validation) -> Iterator[tuple[Route, Finding]]:
        """Return the findings of a validation, each with the route of its `forEach` element.

        Raises:
            NoAnswerError: its expression has no value somewhere.
        """
        if not validation.for_each:
            if not _holds(self.bindings, policy, validation.expression):
                yield (
                    (),
                    self._finding(policy, validation, (), self._for_message(policy, validation)),
                )
            return
        elements = list(self.elements(validation.for_each))
        if not elements or self._all_hold(policy, validation):
            return
        bind = self.element_bindings(policy, validation)
        for index, element in enumerate(elements):
            own = bind(element, index)
            if not _holds(own, policy, validation.expression):
                yield element.route, self._finding(policy, validation, element.route, own)

    def element_bindings(
        self, policy: Policy, validation: Validation
    ) -> Callable[[ForEachElement, int], Bindings]:
        """Return what makes the bindings for one element of what a validation goes through."""
        named = self._named_in(policy, validation)
        return lambda element, index: self._bindings({**named, **element.variables(index)})

    def _for_message(self, policy: Policy, validation: Validation) -> Bindings:
        """Return the bindings for a message about the whole request: names as well, if it asks."""
        if not any(_IN_MESSAGES in text for text in validation.message_expressions.values()):
            return self.bindings
        return self._bindings(self._named_in(policy, validation))

    def _bindings(self, values: Mapping[str, Any]) -> Bindings:
        return self._bind(values, self._functions)

    def _named_in(self, policy: Policy, validation: Validation) -> dict[str, Any]:
        """Return only the variables that a validation names: each element converts them again."""
        written = " ".join(
            (
                validation.expression,
                validation.at_expression,
                *validation.message_expressions.values(),
                *(variable.expression for variable in policy.variables),
            )
        )
        if "lookups" in written:
            written += " lookupsByPolicy"  # where `policy.scoping` takes a policy's own from
        return {name: value for name, value in self.variables.items() if name in written}

    def elements(self, for_each: str) -> Iterator[ForEachElement]:
        """Yield each element of what validations go through, with its route."""
        from launchpolicy.engine.elements import ForEachElement, elements_at  # noqa: PLC0415

        if for_each == EDITS:
            change = self.variables["change"]
            for edit, data in zip(self._context.change.edits, change["edits"], strict=True):
                yield ForEachElement(edit.route, data)
        elif for_each in FACT_LISTS:
            fact, _, name = for_each.partition(".")
            for data in self.variables[fact][name]:
                yield ForEachElement(parse_route(data.get("at", "")), data)
        elif self._context.document is not None:
            yield from elements_at(self._context.document.data, tuple(for_each.split(".")))

    def _all_hold(self, policy: Policy, validation: Validation) -> bool:
        """Return whether one evaluation proves the whole list; False also where it has no answer.

        The element loop would convert the request again for each element.
        """
        quantified = quantified_expression(validation)
        if not quantified:
            return False
        try:
            return self.bindings.holds(scoped_expression(policy, quantified))
        except EvaluationError:
            return False

    def _finding(
        self, policy: Policy, validation: Validation, element: Route, bindings: Bindings
    ) -> Finding:
        return Finding(
            rule=policy.id,
            message=_message(policy, validation, bindings),
            place=self._place(policy, validation, element, bindings),
            fix=policy.fix,
        )

    def _place(
        self, policy: Policy, validation: Validation, element: Route, bindings: Bindings
    ) -> Place:
        route = (*element, *validation.at.route) if validation.at.of_each else validation.at.route
        if validation.at_expression:
            try:
                written = bindings.evaluate(scoped_expression(policy, validation.at_expression))
                route = parse_route(str(written))
            except (EvaluationError, ValueError):
                route = element
        return self._context.shown_document.place(route)


def quantified_expression(validation: Validation) -> str:
    """Return the expression that holds where a validation holds for its whole list; "" for none.

    Where the validation asks for the index or the key of an element, there is none.
    """
    path = validation.for_each
    if not path or "index" in validation.expression or ANY_KEY in path:
        return ""
    outside = path == EDITS or path in FACT_LISTS
    steps = path if outside else "object" + "".join(f'["{step}"]' for step in path.split("."))
    return f"{steps}.all(each, (\n{validation.expression}\n))"


def _asked_files(context: Context) -> AskedFiles | None:
    """Return the questions about files, with their answers; None where nobody looked for any."""
    if context.other_files is None:
        return None
    from launchpolicy.engine.asked_files import AskedFiles  # noqa: PLC0415 (few policies ask)

    return AskedFiles(context.other_files.answers)


def _holds(bindings: Bindings, policy: Policy, expression: str) -> bool:
    try:
        return bindings.holds(scoped_expression(policy, expression))
    except EvaluationError as error:
        raise NoAnswerError(expression, error) from error


def _message(policy: Policy, validation: Validation, bindings: Bindings) -> Text:
    texts = {language: validation.message.in_language(language) for language in LANGUAGES}
    for language, expression in validation.message_expressions.items():
        try:
            refined = bindings.evaluate(scoped_expression(policy, expression))
        except EvaluationError:
            continue  # the static text is the fallback (ValidatingAdmissionPolicy's rule)
        if isinstance(refined, str) and refined.strip() and len(refined) <= _LONGEST_MESSAGE:
            shows_names = _IN_MESSAGES in expression
            texts[language] = without_gaps(refined) if shows_names else refined
    return Text(**texts)
