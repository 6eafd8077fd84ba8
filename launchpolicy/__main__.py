"""The command `launchpolicy`, and `python -m launchpolicy`: it ends in order from the first moment.

Loading the program takes a tenth of a second. Until then nothing is begun that must be finished,
so an interrupt ends the process at once.
"""

from __future__ import annotations

import gc
import os
import signal
from types import FrameType
from typing import Final, NoReturn

OBJECTS_BETWEEN_COLLECTIONS: Final = 200_000
"""So many objects are made between two looks for garbage; Python's own number is 700."""


def _leave(number: int, _: FrameType | None) -> NoReturn:
    os._exit(128 + number)


def run_program() -> None:
    """Load the program and run the command.

    Nearly all that a start makes is kept to the end, so looking for garbage in it finds nothing,
    and takes a twentieth of a check. What stays unseen meanwhile is a few megabytes at most.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    try:
        from launchpolicy.cli import main  # noqa: PLC0415 (what is before it must be quick)
    except (MemoryError, ImportError, OSError) as error:
        reason = str(error) or "memory ran out"
        os.write(2, f"launchpolicy: The program cannot be loaded: {reason}.\n".encode())
        os._exit(3)
    main.run_program()


if __name__ == "__main__":
    run_program()
