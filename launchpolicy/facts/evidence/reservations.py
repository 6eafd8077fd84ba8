"""What a report states against its own success, beside its tests: known failures, a pass rate.

The tests that are listed passed; a property says that others are known to fail, or that fewer
passed than the list shows. Policies decide what that is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from launchpolicy.facts.evidence.contents import identifier

_KNOWN: Final = re.compile(
    r"(?:known|tolerated|accepted|ignored|allowed|waived|quarantined|muted)"
    r"(?:test)?(?:failures?|errors?|failingtests?|failed|failedtests?)(?:count)?"
    r"|(?:已知|容忍|忽略|豁免)(?:的)?(?:失败|未通过|不通过|错误)(?:用例|测试|项)?(?:数量?)?"
)
_RATE: Final = re.compile(
    r"(?:tests?|case|overall|total)?pass(?:ed|ing)?(?:rate|ratio|percent|percentage|pct)"
    r"|(?:测试|用例)?通过率"
)
_NUMBER: Final = re.compile(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*(%?)\s*\Z")
_NO: Final = frozenset({"", "0", "none", "no", "false", "[]", "{}", "null", "无", "否", "没有"})
_WHOLE: Final = 100.0
_ROUNDING: Final = 1.0
"""Points of a percentage by which a rate may be rounded."""


def reservations_in(statements: Iterable[tuple[str, str]], passed: int, total: int) -> list[str]:
    """Return each statement that fewer tests pass than a report shows, as `name: value`.

    Args:
        statements: names and values, as they are written.
        passed: how many tests the report shows as passed.
        total: how many it shows, skipped ones as well.
    """
    shown = _WHOLE * passed / total if total else _WHOLE
    return list(
        dict.fromkeys(
            identifier(f"{name}: {value}")
            for name, value in statements
            if _is_reservation("".join(filter(str.isalnum, name.lower())), value.strip(), shown)
        )
    )


def _is_reservation(name: str, value: str, shown: float) -> bool:
    if _KNOWN.fullmatch(name):
        return value.lower() not in _NO
    number = _NUMBER.match(value.replace("％", "%")) if _RATE.fullmatch(name) else None
    if number is None:
        return False
    rate = float(number[1])
    if not number[2] and rate <= 1:
        rate *= _WHOLE
    return rate < shown - _ROUNDING
