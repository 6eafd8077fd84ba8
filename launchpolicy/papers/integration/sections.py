"""The lists of a request that papers of integration launches read; empty where none is written."""

from __future__ import annotations

from typing import Any, Literal

from launchpolicy.requests.launch_request.request import LaunchRequest

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
