"""The processes that come with the program: which shipped packs each means, and who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from launchpolicy.vocabulary.text import Text

BASE_PACK: Final = "launch"
"""The pack that every shipped process builds on, and that no process can leave out."""


@dataclass(frozen=True, slots=True)
class Process:
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
        Process("product-launch", Text("Product launch", "产品上线"), (BASE_PACK,), _LEADS),
        Process(
            "system-cutover",
            Text("Formal cut-over of a system", "正式上线流程"),
            (BASE_PACK, "cutover"),
            ("technology-department", "leader-in-charge"),
        ),
        Process(
            "governed-launch",
            Text("Launch under the governance rules", "按管理办法上线"),
            (BASE_PACK, "governance"),
            ("product-office-manager", "project-manager"),
        ),
        Process(
            "new-internet-product",
            Text("New internet product", "互联网新产品"),
            (BASE_PACK, "development", "release-meeting", "go-to-market"),
            ("project-manager", "product-lead"),
        ),
        Process(
            "hardware-software-integration",
            Text("Hardware and software integration", "软硬件集成产品上线"),
            (BASE_PACK, "infrastructure"),
            ("development-management-centre", "rd-lead"),
        ),
        Process("emergency-launch", Text("Emergency launch", "紧急上线"), (BASE_PACK,), _LEADS),
    )
}
"""The shipped processes by name; the first one is the default."""
