"""The CEL variable `configuration`: what the configuration at the base says of things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from launchpolicy.requests.configuration import Configuration


def configuration_fact(configuration: Configuration, packs: Sequence[str]) -> dict[str, Any]:
    """Return the variable for a request that `packs` judge."""
    return {
        "vaults": list(configuration.vaults),
        "packs": list(packs),
        "products": {
            name: {
                "processes": list(product.processes),
                "risk": product.risk,
                "departments": list(product.departments),
                "owner": product.owner,
            }
            for name, product in configuration.products.items()
        },
        "systems": dict(configuration.systems),
    }
