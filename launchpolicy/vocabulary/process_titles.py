"""Titles of the shipped processes; files name a process by its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from launchpolicy.vocabulary.text import Text

PROCESS_TITLES: Final[Mapping[str, Text]] = {
    "product-launch": Text("Product launch", "产品上线"),
    "system-cutover": Text("Formal cut-over of a system", "系统上线（含数据转换）"),
    "governed-launch": Text("Launch under the governance rules", "按管理办法上线"),
    "new-internet-product": Text("New internet product", "互联网新产品上线"),
    "hardware-software-integration": Text(
        "Hardware and software integration", "软硬件集成产品上线"
    ),
    "emergency-launch": Text("Emergency launch", "紧急上线"),
}
"""Process id → its title."""
