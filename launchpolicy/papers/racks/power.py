"""Electrical power as requests write it (`450 W`, `6 kW`), in watts."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Language

_WATTS = {"w": 1, "kw": 1000}


def watts(quantity: object) -> float | None:
    """Return the power in watts; None where none is written, or in another unit."""
    if not isinstance(quantity, str):
        return None
    number, _, unit = quantity.partition(" ")
    factor = _WATTS.get(unit.casefold())
    try:
        return float(number) * factor if factor is not None and float(number) >= 0 else None
    except ValueError:
        return None


def power_text(power: float, language: Language) -> str:
    """Return watts as people write them: `900 W`, `6 kW`, `1.25 kW`."""
    del language  # both write it so
    if power < 1000:  # noqa: PLR2004 (watts in a kilowatt)
        return f"{power:g} W"
    return f"{power / 1000:.3f}".rstrip("0").rstrip(".") + " kW"
