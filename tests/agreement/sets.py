"""The sets by name, how much of each the suite computes, and the baseline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.agreement import documents, examples, ledger, real
from tests.agreement.digests import Digests, Item
from tests.agreement.workspace import WHOLE, Extent, Workspace

BASELINE = Path(__file__).parent / "baseline.json"


class AgreementSet(NamedTuple):
    """How the items of a set are computed, and one of how many the suite takes."""

    items: Callable[[Workspace, Extent], Iterator[Item]]
    sample: Extent


SETS = {
    "examples": AgreementSet(examples.items, Extent(70)),
    "real": AgreementSet(real.real, Extent(100)),
    "altered": AgreementSet(real.altered, Extent(60)),
    "places": AgreementSet(documents.places, Extent(80)),
    "schema-verdicts": AgreementSet(documents.schema_verdicts, Extent(100)),
    "ledger": AgreementSet(ledger.items, Extent(2)),
}
EXTENTS = ("sample", "whole")


def extent_of(name: str, extent: str) -> Extent:
    """Return how much of the set `name` is computed: its sample, or the whole."""
    return SETS[name].sample if extent == "sample" else WHOLE


def baseline(extent: str) -> Digests:
    """Return the digests that are committed; empty where there are none yet."""
    if not BASELINE.exists():
        return {}
    digests: Digests = json.loads(BASELINE.read_bytes()).get(extent, {})
    return digests
