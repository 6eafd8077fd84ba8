"""Our `NamedTuple` makes what that of `typing` makes."""

from __future__ import annotations

import pickle
import typing

from launchpolicy.vocabulary import named_tuple
from launchpolicy.vocabulary.snapshot import Blob, SnapshotEntry


class Place(named_tuple.NamedTuple):
    """A place in a file."""

    path: str
    line: int = 1
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return f"{self.path}:{self.line}"

    def moved(self, lines: int) -> Place:
        return self._replace(line=self.line + lines)


class PlaceOfTyping(typing.NamedTuple):
    """A place in a file."""

    path: str
    line: int = 1
    notes: tuple[str, ...] = ()


def test_fields_and_defaults_are_those_of_typing() -> None:
    assert Place._fields == PlaceOfTyping._fields
    assert Place._field_defaults == PlaceOfTyping._field_defaults
    assert tuple(Place("a")) == tuple(PlaceOfTyping("a")) == ("a", 1, ())
    assert Place.__doc__ == PlaceOfTyping.__doc__
    assert repr(Place("a", 2)) == "Place(path='a', line=2, notes=())"


def test_methods_and_properties_stay() -> None:
    assert Place("a").moved(2).shown == "a:3"


def test_annotations_can_be_asked_for() -> None:
    assert typing.get_type_hints(Place) == typing.get_type_hints(PlaceOfTyping)


def test_what_is_made_travels_to_another_process() -> None:
    blob = Blob(SnapshotEntry("a", "100644", ""), 1, b"x")
    assert pickle.loads(pickle.dumps(blob)) == blob  # noqa: S301 (made here)
