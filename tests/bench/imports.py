"""What the check of one good request imports, and what that costs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple


class Import(NamedTuple):
    """One module: microseconds for itself, and with what it imported; how deep it stands."""

    module: str
    own: int
    cumulative: int
    depth: int


def measure(argv: list[str], folder: Path) -> list[Import]:
    """The imports of a Python program, in the order in which they ended.

    Args:
        argv: The command; its first word is the interpreter.
        folder: Where it runs.
    """
    ended = subprocess.run(
        [argv[0], "-X", "importtime", *argv[1:]],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return parse(ended.stderr)


def parse(text: str) -> list[Import]:
    """Reads the lines `import time: SELF | CUMULATIVE | NAME` that the interpreter writes."""
    imports = []
    for line in text.splitlines():
        fields = line.removeprefix("import time:").split("|")
        if line.startswith("import time:") and fields[0].strip().isdigit():
            name = fields[2][1:]
            depth = (len(name) - len(name.lstrip())) // 2
            imports.append(Import(name.strip(), int(fields[0]), int(fields[1]), depth))
    return imports


def by_package(imports: list[Import]) -> dict[str, tuple[int, int]]:
    """Modules and microseconds (without what they imported) of each top-level package."""
    packages: dict[str, tuple[int, int]] = {}
    for each in imports:
        package = each.module.split(".")[0]
        modules, own = packages.get(package, (0, 0))
        packages[package] = (modules + 1, own + each.own)
    return dict(sorted(packages.items(), key=lambda item: -item[1][1]))
