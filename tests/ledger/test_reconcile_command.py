"""`launchpolicy ledger reconcile` on a real repository: equal, different, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ledger.chronicle import CLOSED, OPEN, Chronicle, begun

pytestmark = pytest.mark.slow
HEADER = "time,product,artifact,launch\n"


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """A repository with one launch that was carried out, and one that is planned."""
    chronicle = begun(tmp_path_factory.mktemp("reconcile"))
    chronicle.request(CLOSED, CLOSED)
    chronicle.merged(OPEN)
    chronicle.append()
    return chronicle


def reconciled(chronicle: Chronicle, rows: str, *options: str) -> tuple[int, str]:
    (chronicle.home / "deployed.csv").write_text(HEADER + rows, "utf-8")
    done = chronicle.run("reconcile", str(chronicle.home / "deployed.csv"), *options)
    assert done.code in {0, 1}, done.complaint
    return done.code, done.output


def carried_out(chronicle: Chronicle) -> tuple[str, str, str]:
    """When the launch that was carried out ended, of which product and version it is."""
    entry = next(entry for entry in chronicle.entries() if entry.name == CLOSED)
    assert entry.actual is not None
    assert entry.product is not None
    return entry.actual.start or "", entry.product.name, entry.product.version


def test_a_deployment_of_what_was_launched_is_found_with_its_launch(chronicle: Chronicle) -> None:
    at, product, version = carried_out(chronicle)
    code, report = reconciled(chronicle, f"{at},{product},web:v{version},\n", "--format", "json")
    answer = json.loads(report)
    assert answer["launches"] == 1
    assert answer["withoutDeployment"] == []
    (deployment,) = answer["deployments"]
    assert deployment["launch"] == CLOSED
    assert deployment["origin"] == "deployed.csv:2"
    # The example landed after it was carried out, without an approval that this history holds.
    assert deployment["differences"] == ["not-approved"]
    assert code == 1


def test_differences_name_their_deployment_launch_and_window(chronicle: Chronicle) -> None:
    at, product, _ = carried_out(chronicle)
    rows = f"{at},{product},web:v0.0.1,\n{at},nobody,v1,\n2027-01-01T00:00:00Z,checkout,v3.2.0,\n"
    code, report = reconciled(chronicle, rows)
    assert code == 1
    assert "deployed without a launch" in report
    assert "something else was deployed than what was approved" in report
    assert "approved: " in report
    assert "deployed outside the window" in report
    assert "3 deployments, 3 of them with a difference" in " ".join(report.split())
    code, chinese = reconciled(chronicle, rows, "--lang", "zh")
    assert (code, "已部署，但没有对应的上线" in chinese) == (1, True)
    assert "部署3次，其中3次有差异" in "".join(chinese.split())
    assert "结算（checkout）" in chinese  # what people call it, and what the list says
    assert "Checkout (checkout) v3.2.0" in report
    assert "nobody v1" in report


def test_a_period_without_deployments_lists_what_was_launched_in_it(chronicle: Chronicle) -> None:
    at, _, _ = carried_out(chronicle)
    year = ("--since", f"{at[:4]}-01-01T00:00:00Z", "--until", f"{at[:4]}-12-31T00:00:00Z")
    code, report = reconciled(chronicle, "", *year)
    assert (code, "launched without a deployment" in report) == (1, True)
    code, report = reconciled(chronicle, "", *year, "--product", "search")
    assert (code, "0 deployments" in report) == (0, True)
    days = ("--since", f"{at[:4]}-01-01", "--until", f"{at[:4]}-12-31")
    code, report = reconciled(chronicle, "", *days)
    assert (code, "launched without a deployment" in report) == (1, True)
    assert f"{at[:4]}-01-01T00:00:00+08:00 …" in report  # days of the calendar's zone


def test_cells_of_the_table_are_no_formulas(chronicle: Chronicle) -> None:
    rows = "2026-12-01T00:00:00Z,=cmd|' /C calc'!A0,+v1,\n"
    code, report = reconciled(chronicle, rows, "--format", "csv")
    assert code == 1
    assert "\"'=cmd" in report
    assert '"\'+v1"' in report


def test_what_is_missing_or_contradicts_itself_is_a_usage_error(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(HEADER, "utf-8")
    for arguments, complaint in (
        ([str(empty)], "The list holds no deployment"),
        ([], "name one of the two"),
        ([str(empty), "--github"], "name one of the two"),
        (["--github"], "A forge does not say which product"),
        (
            [str(empty), "--since", "2026-02-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z"],
            "The period ends before it begins",
        ),
    ):
        done = chronicle.run("reconcile", *arguments)
        assert done.code == 2, done.complaint
        assert complaint in done.complaint
    done = chronicle.run("reconcile", "--github", "--product", "checkout", GITHUB_TOKEN="")
    assert done.code == 3, done.complaint
