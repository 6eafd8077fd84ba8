"""Define what a reporter is, and what it may know about its reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from launchpolicy.vocabulary.finding import Report
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Language, Text


class ReaderView(NamedTuple):
    """How the reader looks at the report.

    `width` is in terminal cells. `verbose` asks for what is left out otherwise: requests that pass
    among many, policies that do not apply and why, findings that are only recorded. `prefix` is
    where the launch repository lies in the git repository ("" or with a slash at its end): what
    marks lines of files on a platform names them from the top level. `quiet` asks for nothing on a
    pass, and for the findings alone otherwise; only what people read in a terminal obeys it.
    """

    language: Language
    width: int = 100
    colour: bool = False
    verbose: bool = False
    prefix: str = ""
    quiet: bool = False


class Reporter(Protocol):
    """One format: a module with these names."""

    ID: str
    SUMMARY: Text

    def render(self, report: Report, view: ReaderView, /) -> Iterator[str]:
        """Yield the report, piece by piece; joined they are the whole output."""
