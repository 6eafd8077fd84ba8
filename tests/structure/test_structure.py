"""The figures of a package, counted on a small one of which they are known."""

from __future__ import annotations

from graphlib import CycleError
from pathlib import Path

import pytest

from tests.structure.__main__ import PACKAGE, layers
from tests.structure.counting import Room, Structure, count
from tests.structure.modules import Module, read_package, rooms
from tests.structure.running import RunningFiles, files_that_run, parse

FILES = {
    "__init__.py": '__version__ = "1"\n',
    "__main__.py": "from toy.top.command import run\n\nrun()\n",
    "top/__init__.py": '"""The top."""\n',
    "top/command.py": """\
from typing import TYPE_CHECKING

from toy import __version__, middle
from ..middle import folding
if TYPE_CHECKING:
    from toy.bottom.words import Word

class Answer: ...

def run():
    import toy.middle.late
""",
    "middle/__init__.py": "from . import folding\n",
    "middle/folding.py": "import os\nimport toy.bottom.words as words\nfrom elsewhere import x\n",
    "middle/late.py": "class Word:\n    class Answer: ...\n",
    "bottom/__init__.py": "",
    "bottom/words.py": "class Word: ...\n",
    "data/only.json": "{}",
}
LAYERS = ["top", "middle", "bottom"]


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / "toy" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path / "toy"


def counted(toy: Path) -> Structure:
    return count(read_package(toy), rooms(toy), LAYERS)


def test_imports_are_found_in_every_form_and_every_place(toy: Path) -> None:
    modules = read_package(toy)
    assert modules["toy.top.command"].imports == {
        *("toy", "toy.middle", "toy.middle.folding", "toy.middle.late", "toy.bottom.words"),
    }
    assert modules["toy.middle"].imports == {"toy.middle.folding"}
    assert modules["toy.middle.folding"].imports == {"toy.bottom.words"}
    assert modules["toy.__main__"].imports == {"toy.top.command"}


def test_modules_lines_and_code_are_counted(toy: Path) -> None:
    modules = read_package(toy)
    assert len(modules) == len(FILES) - 1
    assert modules["toy.middle.folding"].lines == 3
    without_code = {name for name, module in modules.items() if not module.has_code}
    assert without_code == {"toy.top", "toy.bottom"}


def test_rooms_are_the_packages_at_the_top(toy: Path) -> None:
    assert rooms(toy) == ["bottom", "middle", "top"]
    structure = counted(toy)
    assert structure.rooms[1:] == (
        Room("middle", 3, 6, ("bottom",)),
        Room("top", 2, 12, ("bottom", "middle")),
    )
    assert structure.largest_room.name == "top"


def test_arrows_go_from_room_to_room_and_upward_ones_are_named(toy: Path) -> None:
    structure = counted(toy)
    arrows = {("top", "middle"), ("top", "bottom"), ("middle", "bottom")}
    assert (set(structure.arrows), structure.possible_arrows) == (arrows, 3)
    assert structure.upward_arrows == ()

    (toy / "bottom" / "words.py").write_text("import toy.middle.late\n", "utf-8")
    structure = counted(toy)
    assert structure.upward_arrows == (("bottom", "middle"),)


def test_the_longest_chain_is_found(toy: Path) -> None:
    assert counted(toy).longest_chain == (
        *("toy.__main__", "toy.top.command", "toy.middle", "toy.middle.folding"),
        "toy.bottom.words",
    )


def test_a_circle_of_imports_is_an_error_and_not_a_chain() -> None:
    modules = {
        name: Module(name, 1, frozenset({other}), (), has_code=True)
        for name, other in (("toy.a", "toy.b"), ("toy.b", "toy.a"))
    }
    with pytest.raises(CycleError):
        count(modules, [], [])


def test_class_names_with_two_definitions_are_found_nested_ones_too(toy: Path) -> None:
    assert counted(toy).shared_names == {
        "Answer": ("toy.middle.late", "toy.top.command"),
        "Word": ("toy.bottom.words", "toy.middle.late"),
    }


def test_files_are_counted_up_to_each_mark() -> None:
    log = "toy\ntoy.a\n-- first result\ntoy.b\ntoy.a\n-- verdict\ntoy.c\n"
    assert parse("x", log, {"toy.a", "toy.c"}) == RunningFiles(
        *("x", ("toy", "toy.a", "toy.b", "toy.c"), 2, 3, 1)
    )


def test_a_log_without_a_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="verdict"):
        parse("x", "toy\n-- first result\n", ())


def test_the_files_of_a_real_check_are_seen() -> None:
    modules = read_package(PACKAGE)
    launch, own = files_that_run(modules.keys())
    for each in (launch, own):
        assert each.modules[0] == "launchpolicy"
        assert set(each.modules) <= modules.keys()
        assert 0 < each.before_first_result <= each.before_verdict < len(each.modules)


def test_every_room_with_code_has_a_layer() -> None:
    assert set(rooms(PACKAGE)) - set(layers()) == {"shipped"}
