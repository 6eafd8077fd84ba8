"""The table of gates: given figures become rows, and what was not measured is no yes."""

from __future__ import annotations

import pytest

from tests.bench.before import BEFORE
from tests.bench.gate_scenarios import SHORT, WALK, WHOLE_WALK
from tests.bench.gates import GATES, MEBIBYTE, gate_rows, ratio_text, render_gates
from tests.bench.peers import OURS
from tests.bench.tables import FORGETFUL, Table
from tests.bench.timing import Summary, paired_ratio


def _summary(*walls: float, cpu: float = 1.0, largest: int = 40) -> Summary:
    processors = tuple(wall * cpu for wall in walls)
    return Summary(walls, processors, largest * MEBIBYTE, largest * MEBIBYTE)


def _table(key: str, **summaries: Summary) -> Table:
    names = {"ours": OURS, "before": BEFORE, "cj": "check-jsonschema", "ajv": "ajv-cli"}
    rows = {names.get(name, FORGETFUL): summary for name, summary in summaries.items()}
    return Table(key, f"title of {key}", rows, (0.25, 1.0))


TABLES = [
    _table(
        "own-kind-1",
        ours=_summary(0.08, 0.09, 0.1, largest=31),
        before=_summary(0.14, 0.14, 0.14, largest=33),
        cj=_summary(0.2, 0.2, 0.4),
        ajv=_summary(0.3, 0.3, 0.3),
    ),
    _table("own-kind-100", ours=_summary(0.2), cj=_summary(1.0)),
    _table(
        "own-kind-10000",
        ours=_summary(3.0, largest=70),
        before=_summary(9.0, largest=140),
        cj=_summary(100.0),
        ajv=_summary(1.5),
    ),
    _table("product-launch", ours=_summary(0.5, largest=60), before=_summary(1.0)),
    _table("ledger append", ours=_summary(2.0, cpu=0.5), before=_summary(2.0, cpu=1.5)),
]


ROWS = """
gate; launchpolicy; against; figure; limit; met; before; runs; load
---; ---; ---; ---; ---; ---; ---; ---; ---
1 file of an own kind; 90.0 ms; CJ: 200.0 ms; 0.40; ≤ 0.40; **yes**; 0.70; 3; LOAD
100 files; 200.0 ms; CJ: 1.00 s; 0.20; ≤ 0.13; **no**; ; 1; LOAD
10,000 files; 3.00 s; ajv-cli: 1.50 s; 2.00; ≤ 3.00; **yes**; 6.00; 1; LOAD
10,000 files; 3.00 s; CJ: 100.00 s; 0.030 (1/33.3); ≤ 0.050 (1/20.0); **yes**; SLOW; 1; LOAD
examples/product-launch, all requests; 500.0 ms; PAST: 1.00 s; 0.50; ≤ 0.45; **no**; ; 1; LOAD
ledger append, CPU (LEDGER); 1.00 s; PAST: 3.00 s; 0.33; ≤ 0.50; **yes**; ; 1; LOAD
ledger verify, all, CPU (LEDGER); ; PAST; ; ≤ 0.50; **not measured**; ; ; NONE
ledger verify --since, CPU (LEDGER); ; WALK; ; ≤ 20.00; **not measured**; ; ; NONE
ledger verify --since, a day's, CPU (LEDGER); ; BRANCH; ; ≤ 20.00; **not measured**; ; ; NONE
ledger append, one landing, CPU (LEDGER); ; SHORT; ; ≤ 1.20; **not measured**; ; ; NONE
largest process of all checks; 70 MiB; ; 70 MiB; ≤ 80 MiB; **yes**; 140 MiB; 1; LOAD
"""


def test_each_gate_has_its_figure_its_limit_and_yes_or_no() -> None:
    words = {
        "LEDGER": "of the issue on the ledger",
        "CJ": "check-jsonschema",
        "PAST": BEFORE,
        "WALK": WALK,
        "BRANCH": WHOLE_WALK,
        "SHORT": SHORT,
    }
    expected = ROWS
    for word, text in {**words, "LOAD": "0.2 to 1.0", "SLOW": "0.090 (1/11.1)", "NONE": ""}.items():
        expected = expected.replace(word, text)
    rows = [line for line in render_gates(TABLES).splitlines() if line.startswith("| ")]
    assert rows == [f"| {line.replace('; ', ' | ')} |" for line in expected.strip().split("\n")]


def test_nothing_measured_is_never_a_yes() -> None:
    assert [row.met for row in gate_rows([])] == ["not measured"] * (len(GATES) + 1)


def test_a_peer_that_is_missing_leaves_its_gate_not_measured() -> None:
    table = _table("own-kind-10000", ours=_summary(3.0), cj=_summary(100.0))
    assert [row.met for row in gate_rows([table]) if row.title == "10,000 files"] == [
        "not measured",
        "yes",
    ]


def test_the_largest_process_counts_in_every_check_of_ours_also_without_memory() -> None:
    small = _table("own-kind-1", ours=_summary(1.0), forgetful=_summary(1.0, largest=81))
    large = _table("own-kind-10000", ours=_summary(1.0), cj=_summary(1.0, largest=400))
    largest = gate_rows([small, large])[-1]
    assert (largest.figure, largest.met) == ("81 MiB", "no")
    assert gate_rows([small])[-1].met == "not measured"


def test_a_ratio_pairs_the_runs_of_one_round() -> None:
    assert paired_ratio([1.0, 10.0, 3.0], [2.0, 20.0, 3.0]) == 0.5
    with pytest.raises(ValueError, match="argument 2"):
        paired_ratio([1.0], [1.0, 2.0])


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.4, "0.40"), (1.75, "1.75"), (0.05, "0.050 (1/20.0)")]
)
def test_a_small_ratio_is_also_a_fraction(ratio: float, text: str) -> None:
    assert ratio_text(ratio) == text
