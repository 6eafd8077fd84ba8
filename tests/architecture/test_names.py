"""Names say what they stand for: one meaning each, nouns for values, verbs for actions.

The rules are those of the style guide (section 9) and the layout (section 3) of the design.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "launchpolicy"


@cache
def trees() -> Mapping[str, ast.Module]:
    """Return the syntax tree of every module, by its path in the package."""
    return {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


# A participle alone says that something was done, and not what there is now.
IRREGULAR = (
    "begun|bound|brought|built|chosen|drawn|found|given|held|kept|known|left|lost|made|meant|met|"
)
IRREGULAR += "put|said|seen|sent|shown|spent|stood|taken|told|written"
PARTICIPLE = re.compile(
    rf"_*(un|re|over)?({IRREGULAR}|[a-z]+[^aeious]ed|[a-z]+[aeiou]+[a-z]*ed)", re.IGNORECASE
)
WORDS_THAT_ARE_NONE = {
    "embed",
    "exceed",
    "feed",
    "need",
    "seed",
    "speed",
    "proceed",
    "succeed",
    "read",
    "shed",
}
# Metaphors and riddles that were names here once.
RIDDLES = {
    *(
        "bench",
        "elsewhere",
        "fate",
        "hurdle",
        "neighbourhood",
        "office",
        "pen",
        "place_of",
        "quill",
        "shipped_then",
    ),
    *("stand", "surroundings", "trouble", "wayback", "way_back", "newcomer"),
    *("heritage", "tidier"),
}
# In these the word is no riddle: office software, the office meeting, what stands in for another.
PLAIN_NAMES = {
    *("office_archive", "office_cells", "office_document", "office_file", "office_looks"),
    *("office_meeting", "office_preparation", "office_text"),
    *("product_office", "read_office", "stand_in", "stand_in_of"),
}
# What the docstring of a function begins with: what the function does, as an order.
VERBS = {
    *("Add", "Answer", "Append", "Ask", "Build", "Check", "Close", "Commit", "Compare"),
    *("Conclude", "Connect", "Count", "Decide", "Declare", "Do", "Drop", "End", "Fetch", "Find"),
    *("Forget", "Give", "Go", "Group", "Grow", "Judge", "Keep", "Load", "Make", "Move", "Name"),
    *("Note", "Open", "Print", "Put", "Raise", "Read", "Refuse", "Remove", "Replace", "Report"),
    *("Require", "Return", "Run", "Say", "Send", "Show", "Sign", "Start", "Take", "Verify"),
    *("Write", "Yield"),
}
LOCALS = {"each", "found", "told", "said", "wanted", "thing", "stuff", "pen", "quill"}


def _is_participle(name: str) -> bool:
    word = name.strip("_").lower()
    return bool(PARTICIPLE.fullmatch(word)) and word not in WORDS_THAT_ARE_NONE


def _parts(name: str) -> list[str]:
    """Return the words of a name, each in the singular."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return [word.lower().removesuffix("s") for word in words]


_RIDDLES = [_parts(riddle) for riddle in RIDDLES]
_PLAIN_NAMES = [_parts(name) for name in PLAIN_NAMES]


def _is_riddle(name: str) -> bool:
    """Return whether a word of a name is a riddle; one of several words is its end."""
    parts = _parts(name)
    return parts not in _PLAIN_NAMES and any(
        riddle[0] in parts if len(riddle) == 1 else parts[-len(riddle) :] == riddle
        for riddle in _RIDDLES
    )


def _definitions(kinds: tuple[type[ast.AST], ...]) -> Iterator[tuple[str, str]]:
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, kinds):
                assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                yield name, node.name


def _locals() -> Iterator[tuple[str, str]]:
    """The names that are bound anywhere but as fields of a class, parameters included."""
    for name, tree in trees().items():
        classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
        fields = {
            field.target
            for each in classes
            for field in each.body
            if isinstance(field, ast.AnnAssign)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.arg):
                yield name, node.arg
            elif (
                isinstance(node, ast.Name)
                and isinstance(node.ctx, ast.Store)
                and node not in fields
            ):
                yield name, node.id


def _ambiguous(definitions: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the names that several modules give, private or not, with these modules."""
    places = defaultdict(list)
    for module, name in definitions:
        places[name.lstrip("_")].append(module)
    return {name: modules for name, modules in places.items() if len(modules) > 1}


def test_no_class_name_has_two_meanings() -> None:
    assert _ambiguous(_definitions((ast.ClassDef,))) == {}


def test_no_class_or_function_is_a_bare_participle() -> None:
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    assert [found for found in _definitions(kinds) if _is_participle(found[1])] == []


def test_no_name_is_a_riddle() -> None:
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names = [*_definitions(kinds), *((module, Path(module).stem) for module in trees())]
    assert [found for found in names if _is_riddle(found[1])] == []


def test_no_module_is_a_bare_participle() -> None:
    assert [module for module in trees() if _is_participle(Path(module).stem)] == []


def test_no_local_name_says_nothing() -> None:
    assert [found for found in _locals() if found[1].strip("_") in LOCALS] == []


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """The functions with a docstring, and its first word."""
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                words = (ast.get_docstring(node) or "").split()
                if words:
                    yield module, node, words[0].rstrip(".,:;")


def test_the_docstring_of_a_function_begins_with_a_verb() -> None:
    assert [
        (module, node.name, word) for module, node, word in _functions() if word not in VERBS
    ] == []


def test_what_returns_nothing_does_not_say_that_it_returns_something() -> None:
    assert [
        (module, node.name)
        for module, node, word in _functions()
        if word in {"Return", "Yield"}
        and node.returns is not None
        and ast.unparse(node.returns) in {"None", "NoReturn"}
    ] == []


@pytest.mark.parametrize(
    "name", ["compared", "_stated", "_Stated", "Known", "_told", "Demanded", "announced", "written"]
)
def test_such_a_name_is_recognised(name: str) -> None:
    assert _is_participle(name)


@pytest.mark.parametrize(
    "name", ["compare", "seed", "read", "is_signed", "need", "changed_files", "feed"]
)
def test_an_honest_name_is_left_alone(name: str) -> None:
    assert not _is_participle(name)


@pytest.mark.parametrize(
    "name", ["_hurdles", "ServedElsewhere", "is_elsewhere", "fate_of", "_Office", "place_of"]
)
def test_a_riddle_in_a_name_is_recognised(name: str) -> None:
    assert _is_riddle(name)


@pytest.mark.parametrize("name", ["OfficeMeetings", "stand_in", "place_of_evidence", "standing"])
def test_a_plain_name_is_no_riddle(name: str) -> None:
    assert not _is_riddle(name)


def test_a_private_class_is_not_called_like_another() -> None:
    found = _ambiguous([("a.py", "Facts"), ("b.py", "_Facts"), ("b.py", "Fact")])
    assert found == {"Facts": ["a.py", "b.py"]}
