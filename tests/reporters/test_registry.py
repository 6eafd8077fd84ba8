"""Formats by name: each loads, says what it is, and costs nothing until it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from launchpolicy.reporters.registry import REPORTERS


@pytest.mark.parametrize("name", REPORTERS)
def test_a_reporter_is_registered_under_its_own_id(name: str) -> None:
    own = REPORTERS[name].load().ID
    assert own == name


@pytest.mark.parametrize("name", REPORTERS)
def test_a_reporter_says_in_both_languages_what_it_is_for(name: str) -> None:
    summary = REPORTERS[name].load().SUMMARY
    assert summary.en
    assert re.search(r"[\u4e00-\u9fff]", summary.zh)


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys; before = {{*sys.modules}}; {statement}; print(*{{*sys.modules}} - before)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(run.stdout.split())


def test_the_registry_imports_no_reporter() -> None:
    loaded = _loaded_by("import launchpolicy.reporters.registry")
    assert {name for name in loaded if name.startswith("launchpolicy.reporters.")} == {
        "launchpolicy.reporters.registry",
        "launchpolicy.reporters.reporter",
    }


def test_the_text_reporter_is_light() -> None:
    loaded = _loaded_by(
        "from launchpolicy.reporters.registry import REPORTERS as r; r['text'].load()"
    )
    assert not loaded & {"click", "json", "jsonschema", "pydantic", "textwrap"}
