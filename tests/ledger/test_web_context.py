"""What a site says of its repository: as of when it is, and where its commits can be looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ledger.chronicle import AT, CLOSED, Chronicle, begun


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    chronicle = begun(tmp_path_factory.mktemp("web"))
    chronicle.request(CLOSED, CLOSED)
    chronicle.commit("Import")
    assert chronicle.run("append", "--now", AT).code == 0
    return chronicle


def _rendered(chronicle: Chronicle, folder: Path, *options: str) -> str:
    done = chronicle.run("render", str(folder), "--view", "html", *options)
    assert (done.code, done.complaint) == (0, "")
    return (folder / "index.html").read_text("utf-8")


def test_a_site_is_as_of_the_last_append_or_of_the_time_that_is_given(
    written: Chronicle, tmp_path: Path
) -> None:
    assert "as of 2026-11-25 02:00 UTC" in _rendered(written, tmp_path / "a")
    given = _rendered(written, tmp_path / "b", "--now", "2026-12-01T09:30:00+08:00")
    assert "as of 2026-12-01 09:30 +08:00" in given
    inputs = json.loads((tmp_path / "b/views.json").read_text("utf-8"))
    assert inputs["asOf"] == "2026-12-01T09:30:00+08:00"
    assert "repository" not in inputs


def test_links_lead_to_the_repository_of_the_remote_and_to_no_other_host(
    written: Chronicle, tmp_path: Path
) -> None:
    clone = written.clone("linked")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    for address, linked in (
        ("https://user:secret@github.com/acme/launches.git", True),
        ("git@github.com:acme/launches.git", True),
        ("https://git.example.com/acme/launches.git", False),
        ("https://github.com.evil.example/acme/launches", False),
    ):
        clone.git("remote", "set-url", "origin", address)
        index = _rendered(clone, tmp_path / f"{len(list(tmp_path.iterdir()))}")
        assert ('href="https://github.com/acme/launches"' in index) is linked
        assert "secret" not in index
        assert ("acme/launches" in index) is linked


def test_the_branch_keeps_views_that_are_the_same_in_every_clone(written: Chronicle) -> None:
    clone = written.clone("branch")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    assert clone.run("render").code == 0
    inputs = json.loads(clone.git("show", "launch-ledger:views.json"))
    assert {"asOf", "repository", "prefix"}.isdisjoint(inputs)


@pytest.mark.parametrize(
    ("software", "commits", "files"),
    [
        ("github", "/commit/", "/blob/"),
        ("gitlab", "/-/commit/", "/-/blob/"),
        ("gitea", "/commit/", "/src/commit/"),
    ],
)
def test_links_lead_to_the_host_that_the_configuration_names(
    written: Chronicle, tmp_path: Path, software: str, commits: str, files: str
) -> None:
    clone = written.clone(f"web-{software}")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    clone.git("remote", "set-url", "origin", "https://github.com/other/place")
    configuration = clone.folder / ".launchpolicy.yaml"
    base = "https://git.example.com:8443/acme/launches"
    web = f"ledger: {{web: {{repository: '{base}', software: {software}}}}}\n"
    configuration.write_text(configuration.read_text("utf-8") + web, "utf-8")
    clone.commit("Say where the repository is shown")
    assert f'href="{base}"' in _rendered(clone, tmp_path / "site")
    page = next((tmp_path / "site/launches").iterdir()).read_text("utf-8")
    assert f'href="{base}{commits}' in page
    assert f'href="{base}{files}' in page
    assert "github.com" not in page


def test_an_address_that_could_act_is_refused(written: Chronicle, tmp_path: Path) -> None:
    clone = written.clone("web-odd")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    configuration = clone.folder / ".launchpolicy.yaml"
    web = "ledger: {web: {repository: 'javascript:alert(1)', software: gitlab}}\n"
    configuration.write_text(configuration.read_text("utf-8") + web, "utf-8")
    clone.commit("Say something odd")
    done = clone.run("render", str(tmp_path / "site"), "--view", "html")
    assert done.code == 2
    assert ".launchpolicy.yaml" in done.complaint
