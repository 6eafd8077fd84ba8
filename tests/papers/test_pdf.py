"""PDF is made by WeasyPrint where it is there; else the message says what to install."""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from launchpolicy.papers.pdf import as_pdf
from launchpolicy.vocabulary.errors import UndecidedError
from tests.papers.conftest import NOW


def test_without_the_library_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(UndecidedError) as missing:
        as_pdf("<p>x</p>", NOW)
    assert "pip install 'launchpolicy[pdf]'" in missing.value.remedy.en
    assert "--format html" in missing.value.remedy.zh
    assert "尚未安装" in missing.value.problem.zh


def test_without_a_system_library_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        message = "cannot load library 'libpango-1.0-0':\n  not found"
        raise OSError(message)

    monkeypatch.setattr(importlib, "import_module", fail)

    with pytest.raises(UndecidedError) as missing:
        as_pdf("<p>x</p>", NOW)
    assert "cannot load library 'libpango-1.0-0': not found" in missing.value.problem.en
    assert "Pango" in missing.value.remedy.zh


def test_the_page_may_load_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def page(**arguments: Any) -> SimpleNamespace:
        given.update(arguments)
        return SimpleNamespace(write_pdf=lambda **_: b"%PDF-")

    monkeypatch.setitem(sys.modules, "weasyprint", SimpleNamespace(HTML=page))

    assert as_pdf("<p>x</p>", NOW) == b"%PDF-"
    assert given["string"] == "<p>x</p>"
    with pytest.raises(ValueError, match="loads nothing"):
        given["url_fetcher"]("file:///etc/passwd")


def test_a_real_pdf_is_the_same_at_the_same_moment() -> None:
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")

    first, second = as_pdf("<p>上线通知</p>", NOW), as_pdf("<p>上线通知</p>", NOW)

    assert first.startswith(b"%PDF-")
    assert first == second
