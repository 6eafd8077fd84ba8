"""`python -m tests.structure`: the picture of the package, counted from its syntax trees."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.structure.counting import Structure, count
from tests.structure.modules import read_package, rooms
from tests.structure.running import RunningFiles, files_that_run

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "launchpolicy"


def main() -> None:
    """Print the figures as text, or as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.structure", description=__doc__)
    parser.add_argument("--json", action="store_true", help="everything, for programs")
    parser.add_argument("--short", action="store_true", help="without the lists of files that run")
    options = parser.parse_args()
    modules = read_package(PACKAGE)
    structure = count(modules, rooms(PACKAGE), layers())
    with_code = {name for name, module in modules.items() if module.has_code}
    running = files_that_run(with_code)
    if options.json:
        sys.stdout.write(json.dumps(_data(structure, running), indent=1) + "\n")
        return
    for line in (*_text(structure), *_running_text(running, short=options.short)):
        sys.stdout.write(f"{line}\n")


def layers() -> list[str]:
    """Return the rooms from the highest to the lowest, as import-linter's contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each["id"] == "layers")
    return [layer.strip("()") for layer in contract["layers"]]


def _data(structure: Structure, running: list[RunningFiles]) -> dict[str, object]:
    return {
        **structure._asdict(),
        "rooms": [room._asdict() for room in structure.rooms],
        "largest_room": structure.largest_room.name,
        "running": [each._asdict() for each in running],
    }


def _text(structure: Structure) -> Iterator[str]:
    yield f"{'room':<12} modules   lines  imports from"
    for room in structure.rooms:
        targets = ", ".join(room.imports) or "-"
        yield f"{room.name:<12} {room.modules:>7} {room.lines:>7,}  {targets}"
    yield f"{'package':<12} {structure.modules:>7} {structure.lines:>7,}"
    upward = [f"{source} -> {target}" for source, target in structure.upward_arrows]
    yield f"arrows between rooms: {len(structure.arrows)} of {structure.possible_arrows} possible"
    yield f"upward arrows: {', '.join(upward) or 'none'}"
    largest = structure.largest_room
    yield f"largest room: {largest.name}, {largest.modules} modules, {largest.lines:,} lines"
    chain = structure.longest_chain
    yield f"longest import chain: {len(chain)} modules"
    yield from _wrapped(chain, " > ")
    yield f"class names with more than one definition: {len(structure.shared_names)}"
    for name, modules in structure.shared_names.items():
        yield f"    {name}: {', '.join(_short(each) for each in modules)}"


def _running_text(running: list[RunningFiles], *, short: bool) -> Iterator[str]:
    for each in running:
        yield (
            f"files that run for a check of {each.what}: {len(each.modules)};"
            f" {each.before_first_result} before the first result of a policy,"
            f" {each.before_verdict} before the verdict"
            f" ({each.before_verdict_with_code} of them hold code)"
        )
        if not short:
            yield from _wrapped(each.modules, ", ")


def _wrapped(modules: tuple[str, ...], between: str) -> list[str]:
    text = between.join(_short(each) for each in modules)
    indent = " " * 4
    return textwrap.wrap(text, 100, initial_indent=indent, subsequent_indent=indent)


def _short(module: str) -> str:
    return module.removeprefix("launchpolicy.")


if __name__ == "__main__":
    main()
