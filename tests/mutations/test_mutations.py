"""No mutation of a passing example crashes, and each kind that passes has a reason.

Every place of every example is deleted, emptied, replaced, repeated, swapped; every date moved,
every person exchanged, every file emptied, cut, exchanged. `make test` judges a share, `make full`
20,000, `make fuzz` as many as you like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from launchpolicy.vocabulary.finding import Verdict
from tests.extent import is_whole
from tests.mutations.examples import Example, examples
from tests.mutations.judging import judge_example
from tests.mutations.mutations import mutations_of_lots, single_mutations
from tests.mutations.passing import LOTS, PassingKind, count_by_kind, passing_kinds
from tests.mutations.running import EXIT_CODES, Tally, drawn_mutations, judge_all

DECISIVE = {
    "spec.acceptance": {"removed", "emptied"},
    "spec.acceptance.acceptedBy": {"removed", "emptied"},
    "spec.acceptance.acceptedBy.*": {"removed", "emptied"},
    "spec.acceptance.acceptedBy.*.by": {"removed", "emptied", "another-person"},
    "spec.acceptance.acceptedBy.*.at": {"removed", "year-earlier", "year-later"},
    "spec.acceptance.checks": {"removed", "emptied"},
    "spec.acceptance.document": {"removed", "emptied", "file-emptied", "file-cut"},
    "spec.backup": {"removed", "emptied"},
    "spec.backup.*.by": {"removed", "emptied", "another-person"},
    "spec.backup.*.location": {"removed", "emptied", "placeholder", "other-words"},
    "spec.backup.*.restore": {"removed", "emptied"},
    "spec.people.executor": {"removed", "emptied", "another-person"},
    "spec.people.requester": {"removed", "emptied"},
    "spec.rollback": {"removed", "emptied"},
    "spec.rollback.impact": {"removed", "emptied"},
    "spec.rollback.impact.assessedAt": {"removed", "emptied", "year-earlier", "year-later"},
    "spec.rollback.impact.dataLoss": {"removed", "emptied"},
    "spec.rollback.owner": {"removed", "emptied", "another-person"},
    "spec.rollback.steps": {"removed", "emptied"},
    "spec.rollback.trigger": {"removed", "emptied", "placeholder"},
    "spec.testing": {"removed", "emptied"},
    "spec.testing.reports": {"removed", "emptied"},
    "spec.testing.reports.*.evidence": {"removed", "emptied", "file-emptied", "file-cut"},
    "spec.testing.reports.*.evidence.sha256": {"removed", "emptied", "digest-changed"},
    "spec.window": {"removed", "emptied"},
    "spec.window.start": {"removed", "emptied", "year-earlier", "now"},
}
"""What the five rules rest on, and which mutations of it never pass, whatever the table says."""

_SHARE = 5
"""So many thousandths of all mutations are judged in `make test`: about 400."""


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.path.split("/")[1])
def test_what_is_mutated_passes_as_it_is(example: Example) -> None:
    assert judge_example(example).verdict is Verdict.PASS


def test_no_mutation_crashes_or_passes_without_a_reason() -> None:
    """One test, so that one process judges them all."""
    tally = judge_all(mutations_of_lots(LOTS if is_whole() else _SHARE))
    assert tally.crashes == []
    assert tally.verdicts.total() > 300
    assert {EXIT_CODES[verdict] for verdict in tally.verdicts} <= {0, 1, 2, 3}
    assert tally.undecided == [], "a policy gives no answer"
    kinds = passing_kinds()
    counts, strangers = count_by_kind(kinds, tally.passed.elements())
    assert strangers == {}, "refuse it by a policy, or say why in passing.yaml"
    assert _risen(kinds, counts) == []
    assert _decisive(tally) == []


def _risen(kinds: Sequence[PassingKind], counts: Mapping[int, int]) -> list[tuple[str, int, int]]:
    """Return the kinds of which more pass than did: a place, how many pass, how many may."""
    return [
        (kinds[number].places[0], count, kinds[number].most)
        for number, count in sorted(counts.items())
        if count > kinds[number].most
    ]


def _decisive(tally: Tally) -> list[tuple[str, str]]:
    """Return what passes although the five rules rest on it."""
    return [
        (place, operator) for place, operator in tally.passed if operator in DECISIVE.get(place, ())
    ]


def test_a_rise_and_a_decisive_mutation_are_seen() -> None:
    kinds = [PassingKind(("spec.*",), ("removed",), "Not demanded.", 1)]
    assert _risen(kinds, Counter({0: 2})) == [("spec.*", 2, 1)]
    passed = Counter({("spec.backup", "removed"): 1, ("spec.impact", "removed"): 1})
    tally = Tally(Counter(), passed, Counter(), [], [])
    assert _decisive(tally) == [("spec.backup", "removed")]


def test_every_kind_that_passes_has_a_sentence_and_a_count() -> None:
    kinds = passing_kinds()
    assert kinds
    assert [kind.places for kind in kinds if not kind.because.strip() or not kind.most] == []


def test_a_kind_without_a_sentence_and_one_that_fits_nothing_are_seen() -> None:
    kinds = [
        PassingKind(("spec.*.by",), ("another-person",), "Anybody may do it.", 3),
        PassingKind(("spec.summary",), ("*",), "Free words.", 1),
    ]
    passed = [("spec.steps.*.by", "another-person"), ("spec.summary", "removed"), ("spec.x", "y")]
    counts, strangers = count_by_kind(kinds, passed)
    assert counts == Counter({0: 1, 1: 1})
    assert strangers == Counter({("spec.x", "y"): 1})


def test_mutations_are_the_same_in_every_run() -> None:
    every = single_mutations()
    assert len(every) > 50_000
    one, other = (next(drawn_mutations(50, seed)) for seed in (7, 7))
    assert one == other
    assert [mutation.lot for mutation in every[:100]] == [mutation.lot for mutation in every[:100]]
    operators = {mutation.operator for mutation in every}
    assert {"removed", "another-person", "year-earlier", "file-emptied", "digest-changed"} <= (
        operators
    )
