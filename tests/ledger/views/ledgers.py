"""Small ledgers in memory, and the views' input made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from launchpolicy.ledger.entry import FORMAT, WAIVER, Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.reporters.ledger.view import FreezePeriod, LedgerView
from launchpolicy.reporters.ledger.words import with_people
from launchpolicy.vocabulary.names import NO_NAMES
from launchpolicy.vocabulary.text import Language

ORIGIN = "ledger.example/shop"


def commit_of(name: str) -> str:
    return hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()


def digest_of(name: str) -> str:
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def entry(event: str, name: str, at: str, **more: Any) -> Entry:
    """An entry as the ledger would hold it; what is not given is left out."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "event": event,
        "commit": commit_of(f"{name} {event} {at}"),
        "at": at,
        "kind": "LaunchRequest",
        "name": name,
        "path": f"launches/{name}/request.yaml",
        "verdict": "pass",
        "content": digest_of(f"{name} {event}"),
        "stage": "requested",
        **more,
    }
    return Entry.model_validate_json(json.dumps(data))


def view(
    entries: Sequence[Entry], language: Language = "en", closed: tuple[FreezePeriod, ...] = ()
) -> LedgerView:
    launches = launches_of(entries)
    return LedgerView(
        launches=launches,
        size=len(entries),
        origin=ORIGIN,
        root="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        checkpoint=f"{ORIGIN}\n{len(entries)}\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",
        is_signed=False,
        receipt=lambda number: f"receipt of {number}\n",
        language=language,
        closed=closed,
        all=tuple(launch for launch in launches.all if launch.kind != WAIVER),
        waivers=tuple(launch for launch in launches.all if launch.kind == WAIVER),
        names=with_people(NO_NAMES, launches.all),
    )


def said(text: str, zh: str = "") -> dict[str, str]:
    return {"en": text, "zh": zh or text}


def product(name: str, version: str = "1.0") -> dict[str, str]:
    return {"name": name, "version": version}
