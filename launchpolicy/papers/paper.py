"""What the registry says of one paper, before there is a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from launchpolicy.papers.page import Orientation
from launchpolicy.papers.paper_blocks import PictureBlock
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text

_ANY = "*"

Pictures = Callable[[TemplateContext], Mapping[str, PictureBlock]]
"""A function that draws the pictures of a paper, by name."""


class Issuer(NamedTuple):
    """The unit that issues a paper (落款).

    It is the department of the first person whom the request names at one of `people`, else what
    people call `role`, else `unit`.
    """

    role: str = ""
    people: tuple[Route, ...] = ()
    unit: Text | None = None


class Paper(NamedTuple):
    """One paper.

    `needs` are the routes without which there would be nothing to say. `titles` are its titles in
    processes with a certain pack. A form (`is_form`) ends with the auditor's line; a notice of one
    page has it in the file's properties. `asked` says which packs ask for it at which stages:
    pack → stages. With `tells_state` the paper itself is about a cancelled or rolled-back launch,
    so that its head need not say so. `pictures` draws what the template shows by name.
    A table (`is_table`) can be written as a workbook, too. What announces a launch
    (`announces`) is a draft until the request is approved. `tells_of` are the places of a request
    that it tells of (`*` stands for every item of a list): a question that is open elsewhere does
    not make it a draft.
    """

    title: Text
    clauses: tuple[str, ...]
    needs: tuple[Route, ...]
    titles: Mapping[str, Text] = MappingProxyType({})
    issuer: Issuer = Issuer()
    is_form: bool = True
    orientation: Orientation = "portrait"
    asked: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    tells_state: bool = False
    pictures: Pictures | None = None
    is_table: bool = False
    announces: bool = False
    tells_of: tuple[Route, ...] = (("spec",),)

    def title_in(self, packs: tuple[str, ...]) -> Text:
        """Return the title in a process that uses `packs`; the last pack with a title counts."""
        named = [self.titles[pack] for pack in packs if pack in self.titles]
        return named[-1] if named else self.title

    def is_asked(self, packs: tuple[str, ...], stage: str) -> bool:
        """Return whether a process that uses `packs` asks for the paper at a stage."""
        return any(stage in self.asked.get(pack, ()) for pack in packs)

    def open_questions(self, questions: Iterable[Route]) -> int:
        """Return how many of the open questions of a request are about what the paper tells."""
        return sum(any(_is_below(route, place) for place in self.tells_of) for route in questions)


def _is_below(route: Route, place: Route) -> bool:
    return len(route) >= len(place) and all(
        step in {inner, _ANY} for inner, step in zip(route, place, strict=False)
    )
