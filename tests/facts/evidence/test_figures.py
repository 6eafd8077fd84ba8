"""Which figure of a report is which: by the words beside it."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.figures import figures_in, measurements_in, property_line
from launchpolicy.policy.edition import SEVENTH_EDITION
from tests.facts.evidence.conftest import Reads


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("target 240ms. Measured p95: 9000ms", [("target", "240ms"), ("measured p95:", "9000ms")]),
        ("p95 240ms, limit 300ms", [("p95", "240ms"), (", limit", "300ms")]),
        ("240ms was the target, p95 9000ms",
         [("was the target", "240ms"), (", p95", "9000ms")]),
        ("| p95 | 240ms | 9000ms |", [("| p95 |", "240ms"), ("| p95 |", "9000ms")]),
        ("Target\n240ms\np95\n9000ms", [("target", "240ms"), ("p95", "9000ms")]),
        ("p(95)=240ms p(99)=0.9s", [("p(95)=", "240ms"), ("p(99)=", "0.9s")]),
        ("95th percentile: 240 milliseconds", [("95th percentile:", "240ms")]),
        ("实测 P95：２４０毫秒；目标 300 毫秒", [("实测 p95:", "240ms"), ("目标", "300ms")]),
        ("240ms", [("", "240ms")]),
    ],
)  # fmt: skip
def test_a_figure_has_the_words_beside_it_as_its_label(
    text: str, stated: list[tuple[str, str]]
) -> None:
    labelled = measurements_in(text.splitlines())
    assert [(entry["label"], entry["value"]) for entry in labelled] == stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("9,000ms", ["9000ms"]),
        ("9 sec", ["9s"]),
        ("9000 (ms)", ["9000ms"]),
        ("９０００ms", ["9000ms"]),
        ("0,24s", []),
        ("2 hours", ["2h"]),
        ("99th", []),
        ("5 M", ["5 M"]),
    ],
)
def test_no_spelling_of_a_figure_makes_it_smaller(text: str, figures: list[str]) -> None:
    assert figures_in(text) == figures


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("p95", "240ms", "p95: 240ms"),
        ("p95_ms", "9000", "p95_ms: 9000 ms"),
        ("p95 [ms]", "9000", "p95 [ms]: 9000 ms"),
        ("p95", "9000", "p95: 9000"),
        ("p95", "a\nb", "p95: a b"),
    ],
)
def test_a_property_is_known_by_its_name(name: str, value: str, line: str) -> None:
    assert property_line(name, value) == line


@pytest.mark.parametrize(
    ("path", "kind", "report"),
    [
        (
            "load.xml",
            "junit",
            (
                '<testsuite><properties><property name="target" value="240ms"/>'
                '<property name="p95_ms" value="9000"/></properties>'
                '<testcase name="a b"/></testsuite>'
            ),
        ),
        ("load.txt", "document", "Load test of today: target 240ms. Measured p95_ms: 9000ms"),
    ],
)
def test_a_target_in_a_report_is_not_taken_for_what_was_measured(
    reads: Reads, path: str, kind: str, report: str
) -> None:
    target, measured = reads(kind, report.encode(), path).as_data()["measurements"]

    assert "target" in target["label"]
    assert target["value"] == "240ms"
    assert "target" not in measured["label"]
    assert "p95" in measured["label"]
    assert measured["value"].replace(" ", "") == "9000ms"


PERCENTILES = {
    "  95% in 0.2400 secs": ("p95", "0.2400s"),
    "     99%  280.00ms": ("p99", "280.00ms"),
    "  99.9% in 1.2 s": ("p99.9", "1.2s"),
}


@pytest.mark.parametrize(("line", "measured"), PERCENTILES.items())
def test_a_percentile_of_a_load_test_is_called_so(line: str, measured: tuple[str, str]) -> None:
    """As `hey` and `wrk` print it; what landed under an earlier edition is read as it was then."""
    (found,) = measurements_in([line])
    assert (found["label"].rstrip(":"), found["value"]) == measured
    assert all(one["label"][:1] != "p" for one in measurements_in([line], SEVENTH_EDITION))


@pytest.mark.parametrize("line", ["Error rate 95% in 10 s", "5% in 10 s", "95% of 200 ms"])
def test_not_every_percentage_is_a_percentile(line: str) -> None:
    assert all("p95" not in one["label"] for one in measurements_in([line]))
