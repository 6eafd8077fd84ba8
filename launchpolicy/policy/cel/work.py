"""How much the functions of ours may do in one evaluation (threat R1).

The library counts what its macros iterate, and nothing that a function does: a function of sets
that is called for each item of a list could take hours. Ours count the values that they look at.
After the last one each further call fails at once, but a macro still hands its arguments over, so
what a macro does at worst is to convert them as often as it may iterate: about a minute.
"""

from __future__ import annotations

import threading
from typing import Any, Final

MOST_VALUES: Final = 1_000_000
"""Values that all calls of one evaluation may look at together: about a second of work."""

_OUT_OF_WORK = f"looks at more than {MOST_VALUES} values in one evaluation"


class WorkBudget(threading.local):
    """What is left for the evaluation that runs in this thread."""

    left: int = MOST_VALUES

    def renew(self) -> None:
        """Start another evaluation."""
        self.left = MOST_VALUES

    def spend(self, values: int) -> None:
        """Take `values` off.

        Raises:
            ValueError: there are not that many left; CEL makes it an error of the expression.
        """
        self.left -= values
        if self.left < 0:
            raise ValueError(_OUT_OF_WORK)


def count_values(value: Any) -> int:  # noqa: ANN401 (a CEL value as Python has it)
    """Return how many values `value` is: itself, and all that it holds."""
    count, waiting = 0, [value]
    while waiting:
        current = waiting.pop()
        count += 1
        if isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, dict):
            waiting.extend(current.values())
    return count
