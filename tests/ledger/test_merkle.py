from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.ledger.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash, subtree_root
from tests.ledger.trees import entries_of, naive_root


def _root(entries: list[bytes]) -> bytes:
    return subtree_root(leaf_hash(entry) for entry in entries)


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_the_root_is_that_of_the_recursive_definition(entries: list[bytes]) -> None:
    assert _root(entries) == naive_root(entries)


def test_a_frontier_has_the_root_of_every_size_on_its_way() -> None:
    entries = entries_of(130)
    frontier = Frontier()
    for size, entry in enumerate(entries):
        assert (frontier.size, frontier.root()) == (size, naive_root(entries[:size]))
        frontier.append(leaf_hash(entry))


def test_a_frontier_keeps_one_hash_for_every_bit_of_its_size() -> None:
    frontier = Frontier()
    for entry in entries_of(1000):
        frontier.append(leaf_hash(entry))
        assert len(frontier._edge) == frontier.size.bit_count()


def test_a_tree_without_entries_has_the_root_of_nothing() -> None:
    assert _root([]) == EMPTY_ROOT == naive_root([])


def test_an_entry_removed_in_the_middle_changes_the_root() -> None:
    entries = entries_of(20)
    assert _root(entries[:9] + entries[10:]) != _root(entries)


def test_two_entries_swapped_change_the_root() -> None:
    entries = entries_of(20)
    entries[3], entries[4] = entries[4], entries[3]
    assert _root(entries) != _root(entries_of(20))


def test_the_last_entry_doubled_changes_the_root() -> None:
    entries = entries_of(3)
    assert _root([*entries, entries[-1]]) != _root(entries)


def test_two_hashes_passed_off_as_one_entry_are_not_the_node_over_them() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
