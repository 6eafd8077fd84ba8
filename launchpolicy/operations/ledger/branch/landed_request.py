"""Read the request of a launch as its latest landing left it: what entries do not hold."""

from __future__ import annotations

from launchpolicy.documents.reading import Document, read
from launchpolicy.ledger.launches import Launch
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.past_files import PastFiles
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route

_FOLLOW_UP: Route = ("spec", "development", "operationsPlan", "emergencyFixes", "owner")
"""Who of research and development answers for the product after its launch (D1.2.8)."""


def follow_up_of(place: LedgerLocation, launch: Launch) -> str:
    """Return the person who answers for a product after its launch; "" if the request names none.

    Entries hold no such name: it is read from the request that landed last.
    """
    person = value_at(landed_request(PastFiles(place), launch), _FOLLOW_UP)
    return person if isinstance(person, str) else ""


def landed_request(files: PastFiles, launch: Launch) -> Data | None:
    """Return the latest request of a launch; None where this clone cannot read it."""
    facts = launch.facts
    source = files.read(facts.commit, facts.path) if facts.content else None
    document = read(facts.path, source) if source is not None else None
    return document.data if isinstance(document, Document) else None
