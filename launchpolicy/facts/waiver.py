"""The CEL variable `waiver`: what a waiver that is asked for would let pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.place import Data


def waiver_fact(
    data: Data,
    rules: PackSet,
    is_known: Callable[[str], bool],
    beneficiaries: Sequence[str],
) -> dict[str, Any]:
    """Return the variable.

    Args:
        data: a well-formed document of kind Waiver.
        rules: the pack set of the base.
        is_known: whether there is a request of a name.
        beneficiaries: who asks for the launches that it names, or carries them out.
    """
    spec = data["spec"]
    policy = rules.policy(spec["policy"])
    waivable_by = list(policy.waivable_by) if policy is not None else []
    return {
        "known": policy is not None,
        "waivable": bool(waivable_by),
        "waivableBy": waivable_by,
        "unknownRequests": [name for name in spec["requests"] if not is_known(name)],
        "beneficiaries": list(beneficiaries),
    }
