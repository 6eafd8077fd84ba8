"""The command `launchpolicy`, and `python -m launchpolicy`, the same program."""

from __future__ import annotations

import gc

_OBJECTS = 50_000
"""So many objects are made between two looks for garbage; Python's own number is 700."""


def run() -> None:
    """Run the command.

    Nearly all that a start makes is kept to the end, so looking for garbage in it finds nothing,
    and takes a twentieth of a check. What stays unseen meanwhile is a few megabytes at most.
    """
    gc.set_threshold(_OBJECTS)
    from launchpolicy.cli.main import run_program  # noqa: PLC0415 (begins after the line above)

    run_program()


if __name__ == "__main__":
    run()
