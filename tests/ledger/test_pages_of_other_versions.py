"""Pages on the ledger's branch that another version of the program made of the same entries."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.operations.ledger.views.render import VIEWS_FORMAT
from launchpolicy.reporters.ledger.registry import ON_BRANCH, VIEWS
from tests.ledger.chronicle import MOMENT, Chronicle, begun
from tests.ledger.sample import sample_entries
from tests.ledger.views.ledgers import view


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    chronicle = begun(tmp_path)
    chronicle.merged("LR-1")
    chronicle.append()
    chronicle.run("render")
    return chronicle


def _made_as(
    chronicle: Chronicle, format_: object, readme: bytes = b"# As it looked then\n"
) -> None:
    """Put pages of another version onto the branch, as that version would."""
    inputs = json.loads(chronicle.git("show", "launch-ledger:views.json"))
    assert inputs.pop("format") == VIEWS_FORMAT
    inputs |= {"format": format_} if format_ is not None else {}
    files = {"views.json": json.dumps(inputs).encode(), "README.md": readme}
    with chronicle.place() as place:
        old = place.tip()
        assert place.advance(old, commit_files(place.repository, old, files, (), "views", MOMENT))


@pytest.mark.parametrize("format_", [None, VIEWS_FORMAT + 1], ids=["earlier", "later"])
def test_an_upgrade_does_not_make_untouched_pages_look_changed(
    chronicle: Chronicle, format_: object
) -> None:
    _made_as(chronicle, format_)
    done = chronicle.run("verify", "--quick")
    assert done.code == 3, done.output
    assert "Another version of launchpolicy made the pages" in done.output + done.complaint
    assert "was changed" not in done.output + done.complaint
    assert "launchpolicy ledger render" in done.output + done.complaint
    assert chronicle.run("render").code == 0
    assert chronicle.run("verify", "--quick").code == 0


def test_pages_of_no_version_at_all_do_not_verify(chronicle: Chronicle) -> None:
    _made_as(chronicle, "two")
    done = chronicle.run("verify", "--quick")
    assert done.code == 1
    assert "views.json" in done.output + done.complaint


def test_a_page_that_was_changed_is_found_as_before(chronicle: Chronicle) -> None:
    _made_as(chronicle, VIEWS_FORMAT)
    done = chronicle.run("verify", "--quick")
    assert done.code == 1
    assert "README.md" in done.output + done.complaint


def test_other_pages_of_the_same_entries_need_another_format() -> None:
    """If this fails, raise VIEWS_FORMAT, and then write the new digest here."""
    digest = hashlib.sha256()
    for language in ("en", "zh"):
        for name in (name for name in ON_BRANCH if name != "calendar"):  # a library writes it
            for path, text in VIEWS[name].load().files(view(sample_entries(12), language)):
                digest.update(f"{path}\0{text}\0".encode())
    assert (VIEWS_FORMAT, digest.hexdigest()[:16]) == (3, "a85997b0cf83b11d")
