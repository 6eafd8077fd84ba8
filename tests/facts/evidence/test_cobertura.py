"""Coverage: counted from the lines, whatever the header claims (threats E6, E9)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import FOURTH_EDITION, SIXTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses


def report(lines: str, header: str = 'line-rate="1"', methods: str = "", doctype: str = "") -> str:
    return (
        f"{doctype}<coverage {header}><packages><package><classes>"
        f'<class filename="a.c">{methods}<lines>{lines}</lines></class>'
        "</classes></package></packages></coverage>"
    )


def line(number: int, hits: str, more: str = "") -> str:
    return f'<line number="{number}" hits="{hits}" {more}/>'


@pytest.mark.parametrize("hits", ["-3", "-1", "0", "00", "", "many", "1e3", "+2", "1.0", "²"])
def test_a_line_with_negative_hits_or_none_is_not_covered(reads: Reads, hits: str) -> None:
    written = report(line(1, "4") + line(2, hits), 'line-rate="0.5"')

    assert reads("cobertura", written).as_data()["coverage"]["lines"] == 0.5


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
        '<?xml version="1.0" ?>\n<!DOCTYPE coverage SYSTEM "file:///etc/passwd">',
    ],
)
def test_coverage_with_a_doctype_is_read_without_fetching_the_dtd(
    reads: Reads, doctype: str
) -> None:
    assert reads("cobertura", report(line(1, "1"), doctype=doctype)).passed


def test_coverage_with_entities_is_refused(refuses: Refuses) -> None:
    doctype = '<!DOCTYPE coverage [<!ENTITY x "9">]>'

    assert "DOCTYPE" in refuses("cobertura", report(line(1, "&x;"), doctype=doctype))


@pytest.mark.parametrize(
    ("header", "share"),
    [
        ('line-rate="0,75"', 0.75),
        ('line-rate="0.75"', 0.75),
        ("", 0.75),
        ('line-rate="0.745"', 0.75),
        ('line-rate="0.1"', 0.1),
    ],
)
def test_the_lines_are_counted_and_a_header_can_only_make_it_worse(
    reads: Reads, header: str, share: float
) -> None:
    lines = line(1, "1") + line(2, "1") + line(3, "1") + line(4, "0")

    assert reads("cobertura", report(lines, header)).as_data()["coverage"]["lines"] == share


@pytest.mark.parametrize("rate", ["0.9", "0,9", "NaN", "inf", "75.0", "-1", "all"])
def test_a_header_that_claims_more_or_no_share_is_refused(refuses: Refuses, rate: str) -> None:
    written = report(line(1, "1") + line(2, "0"), f'line-rate="{rate}"')

    assert "line-rate" in refuses("cobertura", written)


def test_lines_that_only_a_method_lists_count(reads: Reads) -> None:
    methods = f"<methods><method><lines>{line(2, '0')}</lines></method></methods>"
    written = report(line(1, "1"), 'line-rate="0.5"', methods)

    assert reads("cobertura", written).as_data()["coverage"]["lines"] == 0.5


def test_hits_of_a_method_do_not_cover_what_its_class_calls_uncovered(reads: Reads) -> None:
    methods = f"<methods><method><lines>{line(1, '5')}</lines></method></methods>"

    assert not reads("cobertura", report(line(1, "0"), 'line-rate="0"', methods)).passed


@pytest.mark.parametrize(
    ("claim", "share"), [("1", 0.25), ("0.25", 0.25), ("0.1", 0.1), ("NaN", 0.0), ("", 0.0)]
)
def test_branches_are_counted_from_the_conditions(reads: Reads, claim: str, share: float) -> None:
    lines = line(1, "1", 'condition-coverage="50% (1/2)"') + line(
        2, "1", 'condition-coverage="100% (0/2)"'
    )
    written = report(lines, f'branch-rate="{claim}"')

    assert reads("cobertura", written).as_data()["coverage"]["branches"] == share


def test_branches_that_no_line_lists_are_not_covered(reads: Reads) -> None:
    written = report(line(1, "1"), 'branch-rate="1.0"')

    assert reads("cobertura", written).as_data()["coverage"]["branches"] == 0


def test_coverage_without_a_time_is_undated(reads: Reads) -> None:
    stamp = 'timestamp="2019-01-01T00:00:00"'

    assert reads("cobertura", report(line(1, "1"))).as_data()["undated"]
    assert reads("cobertura", report(line(1, "1"), stamp)).as_data()["withoutZone"]


@pytest.mark.parametrize(
    ("header", "share"),
    [
        ('lines-valid="100" lines-covered="20"', 0.2),
        ('lines-valid="100" lines-covered="0" line-rate="1"', 0.0),
        ('lines-valid="1" lines-covered="1"', 1.0),
        ('lines-valid="0" lines-covered="0"', 1.0),
        ('lines-valid="many" lines-covered="0"', 1.0),
        (f'lines-valid="{"9" * 400}" lines-covered="{"9" * 400}"', 1.0),
    ],
)
def test_numbers_of_lines_in_the_header_that_say_less_count(
    reads: Reads, refuses: Refuses, header: str, share: float
) -> None:
    written = report(line(1, "1"), header)

    if "line-rate" in header:
        assert "line-rate" in refuses("cobertura", written)
    else:
        assert reads("cobertura", written).as_data()["coverage"]["lines"] == share


def lines(*pairs: tuple[str, int]) -> str:
    listed = "".join(f'<line number="{number}" hits="{hits}"/>' for number, hits in pairs)
    return f'<coverage><class filename="a.py"><lines>{listed}</lines></class></coverage>'


@pytest.mark.parametrize("number", ["0", "-1", "a", "00", "1.5", "", "²"])
def test_a_line_whose_number_is_none_pads_no_coverage(reads: Reads, number: str) -> None:
    padded = lines(("1", 0), (number, 9))
    then = read_evidence("cobertura", "a.xml", padded.encode(), {}, FOURTH_EDITION)

    assert reads("cobertura", padded).as_data()["coverage"]["lines"] == 0
    assert reads("cobertura", lines(("1", 1), (number, 0))).as_data()["coverage"]["lines"] == 0.5
    assert reads("cobertura", lines(("1", 1), (number, 1))).as_data()["coverage"]["lines"] == 1
    assert isinstance(then, EvidenceContents)
    assert then.as_data()["coverage"]["lines"] == 0.5


def test_a_line_in_two_spellings_is_one_line(reads: Reads) -> None:
    assert reads("cobertura", lines(("1", 0), ("01", 1), ("2", 0))).passed


def test_a_report_of_clover_is_called_so(refuses: Refuses) -> None:
    report = '<coverage generated="1"><project timestamp="1"><metrics/></project></coverage>'

    assert "Clover" in refuses("cobertura", report)


UNCOVERED = '<class filename="b.py"><lines><line number="1" hits="0"/></lines></class>'


@pytest.mark.parametrize(
    "written",
    [
        report(line(1, "1")).replace("line-rate=", "Line-Rate="),
        report(line(1, "1") + '<Line number="2" hits="0"/>'),
        report(line(1, "1") + '<line number="2" Hits="0" hits="1"/>'),
        report(line(1, "1")).replace(
            "</coverage>", f"{UNCOVERED.replace('class', 'Class')}</coverage>"
        ),
    ],
)
def test_lines_that_stand_in_other_letters_are_not_passed_over(
    refuses: Refuses, written: str
) -> None:
    assert "other letters" in refuses("cobertura", written)
    then = read_evidence("cobertura", "a.xml", written.encode(), {}, SIXTH_EDITION)
    assert isinstance(then, EvidenceContents)
    assert then.as_data()["coverage"]["lines"] == 1


def test_other_names_in_capitals_say_nothing(reads: Reads) -> None:
    written = report(line(1, "1")).replace("<coverage", '<coverage Generator="X"')

    assert reads("cobertura", written).passed
