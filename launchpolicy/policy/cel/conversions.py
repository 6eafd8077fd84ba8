"""`timestamp` and `string` as the type check declares them, so that they take a DateTime, too."""

from __future__ import annotations

from typing import Any

from cel_expr_python import cel

from launchpolicy.policy.cel.descriptors import DATE_TIME
from launchpolicy.policy.cel.timestamps import CONTAINER


def conversions() -> list[Any]:
    """Return both declarations."""
    date_time = cel.Type(DATE_TIME)
    kinds = cel.Type
    texts = (kinds.STRING, kinds.BYTES, kinds.BOOL, kinds.INT, kinds.UINT, kinds.DOUBLE)
    return [
        _function(
            f"{CONTAINER}.timestamp",
            kinds.TIMESTAMP,
            (date_time, kinds.STRING, kinds.TIMESTAMP, kinds.INT),
        ),
        _function("string", kinds.STRING, (date_time, *texts, kinds.TIMESTAMP, kinds.DURATION)),
    ]


def _function(name: str, result: Any, parameters: tuple[Any, ...]) -> Any:  # noqa: ANN401
    overloads = [
        cel.Overload(f"{name}_{number}", return_type=result, parameters=[kind], is_member=False)
        for number, kind in enumerate(parameters)
    ]
    return cel.FunctionDecl(name, overloads)
