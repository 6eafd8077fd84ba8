"""The ledger read as a whole: its entries one after the other, and one entry with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.hosts.ledger.files import LedgerFiles
from launchpolicy.hosts.ledger.place import Place
from launchpolicy.hosts.ledger.problems import no_ledger
from launchpolicy.hosts.ledger.state import State, read_state
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launches
from launchpolicy.ledger.proofs import inclusion_proof
from launchpolicy.ledger.receipt import Receipt
from launchpolicy.ledger.tiles import hash_reader


def current(place: Place) -> State:
    """The ledger as it stands.

    Raises:
        UsageError: there is none.
        MalformedLedgerError: it is damaged.
    """
    tip = place.tip()
    if tip is None:
        raise no_ledger(place.settings.branch)
    return read_state(LedgerFiles(place.repository, tip), place.verifiers)


def entries(state: State) -> Iterator[Entry]:
    """Every entry of a ledger, in its order.

    Raises:
        MalformedLedgerError: one cannot be read.
    """
    for number in range(state.size):
        yield state.entry(number)


def folded(state: State) -> Launches:
    """The launches of a ledger."""
    launches = Launches()
    for number, entry in enumerate(entries(state)):
        launches.add(number, entry)
    return launches


def receipt(state: State, number: int) -> Receipt:
    """The receipt of one entry, under the ledger's checkpoint.

    Raises:
        ValueError: there is no such entry.
        MalformedLedgerError: a tile is not right.
    """
    if state.note is None or not 0 <= number < state.size:
        message = f"no entry {number} in a ledger of {state.size}"
        raise ValueError(message)
    proof = inclusion_proof(number, state.size, hash_reader(state.size, state.files.read))
    return Receipt(state.entry_bytes(number), number, tuple(proof), state.note)
