"""The processes that come with the program: which shipped packs each means, and who leads it."""

from __future__ import annotations

from typing import Final

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.process_titles import PROCESS_TITLES
from launchpolicy.vocabulary.text import Text

BASE_PACK: Final = "launch"
"""The pack that every shipped process builds on, and that no process can leave out."""


class Process(NamedTuple):
    """A process as a configuration would write it.

    `leads` are roles of its policies; the people who hold one are fit to approve its rules. Two
    roles, because nobody approves a change of their own.
    """

    name: str
    title: Text
    packs: tuple[str, ...]
    leads: tuple[str, ...] = ()


_LEADS: Final = ("product-lead", "rd-lead")

PROCESSES: Final = {
    process.name: process
    for process in (
        Process("product-launch", PROCESS_TITLES["product-launch"], (BASE_PACK,), _LEADS),
        Process(
            "system-cutover",
            PROCESS_TITLES["system-cutover"],
            (BASE_PACK, "cutover"),
            ("technology-department", "leader-in-charge"),
        ),
        Process(
            "governed-launch",
            PROCESS_TITLES["governed-launch"],
            (BASE_PACK, "governance"),
            ("product-office-manager", "project-manager"),
        ),
        Process(
            "new-internet-product",
            PROCESS_TITLES["new-internet-product"],
            (BASE_PACK, "development", "release-meeting", "go-to-market"),
            ("project-manager", "product-lead"),
        ),
        Process(
            "hardware-software-integration",
            PROCESS_TITLES["hardware-software-integration"],
            (BASE_PACK, "infrastructure"),
            ("development-management-centre", "rd-lead"),
        ),
        Process("emergency-launch", PROCESS_TITLES["emergency-launch"], (BASE_PACK,), _LEADS),
    )
}
"""The shipped processes by name; the first one is the default."""
