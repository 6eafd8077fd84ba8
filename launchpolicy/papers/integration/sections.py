"""The lists of a request that papers of integration launches read; empty where none is written."""

from __future__ import annotations

from typing import Any, Literal

from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.requests.launch_request.texts import LocalisedText

InfrastructureList = Literal["racks", "ports", "equipment", "deliveries", "design_reviews"]


def infrastructure_of(request: LaunchRequest, part: InfrastructureList) -> tuple[Any, ...]:
    """Return the items of a list of `spec.infrastructure`."""
    infrastructure = request.spec.infrastructure if request.spec is not None else None
    return tuple(getattr(infrastructure, part) or ()) if infrastructure is not None else ()


def status_items(
    request: LaunchRequest, part: Literal["equipment", "ports", "tasks"]
) -> tuple[Any, ...]:
    """Return the items of a list of `status`."""
    return tuple(getattr(request.status, part) or ()) if request.status is not None else ()


def reason_for_no_purchase(request: LaunchRequest) -> str | LocalisedText | None:
    """Return why nothing is bought (`applicability.notMet`); None where the plan buys something.

    None too where the request does not say so.
    """
    infrastructure = request.spec.infrastructure if request.spec is not None else None
    if infrastructure is None or infrastructure.applicability is None:
        return None
    if infrastructure.plan is not None and infrastructure.plan.purchases:
        return None
    unmet = infrastructure.applicability.not_met or ()
    return next((one.reason for one in unmet if one.name == "equipment-purchase"), None)
