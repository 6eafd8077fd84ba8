"""The functions that templates of integration papers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from launchpolicy.papers.integration.cross_check import disagreements
from launchpolicy.papers.integration.delivery_items import delivery_items
from launchpolicy.papers.integration.readiness import readiness
from launchpolicy.papers.integration.sections import infrastructure_of, reason_for_no_purchase
from launchpolicy.papers.integration.tables import equipment_rows, port_rows
from launchpolicy.papers.template_context import TemplateContext

_LINE = "integration-line"


def integration_functions(context: TemplateContext) -> dict[str, Callable[..., Any]]:
    """Return the functions by the names that templates use."""
    request = context.request
    line = frozenset(context.holders.get(_LINE, ()))

    def of_the_line(people: Iterable[str], *, is_member: bool) -> list[str]:
        return [person for person in people if (person in line) is is_member]

    return {
        "port_rows": lambda: tuple(port_rows(request)),
        "equipment_rows": lambda: tuple(equipment_rows(request)),
        "delivery_items": lambda: tuple(delivery_items(request)),
        "disagreements": lambda: tuple(disagreements(request)),
        "readiness": lambda: readiness(
            request, context.names, context.holders, context.now, context.evidence
        ),
        "reason_for_no_purchase": lambda: reason_for_no_purchase(request) or "",
        "confirmers": lambda: _confirmers(context),
        "task_numbers": lambda names: _task_numbers(context, names),
        "holders_of": lambda role: tuple(context.holders.get(role, ())),
        "project_team": lambda people: of_the_line(people, is_member=False),
        "integration_line": lambda people: of_the_line(people, is_member=True),
    }


def _confirmers(context: TemplateContext) -> tuple[str, ...]:
    """Return who confirmed deliveries, each once."""
    deliveries = infrastructure_of(context.request, "deliveries")
    people = (person for delivery in deliveries for person in delivery.confirmed_by or ())
    return tuple(dict.fromkeys(people))


def _task_numbers(context: TemplateContext, names: Iterable[str]) -> str:
    """Return the numbers that tasks have in the paper, by their names."""
    infrastructure = context.request.spec.infrastructure if context.request.spec else None
    plan = infrastructure.plan if infrastructure is not None else None
    tasks = tuple((plan.tasks or ()) if plan is not None else ())
    numbers = {task.name: str(number) for number, task in enumerate(tasks, 1)}
    between = "、" if context.language == "zh" else ", "
    return between.join(numbers.get(name, name) for name in names)
