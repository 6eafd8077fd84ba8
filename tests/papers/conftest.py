"""Sheets to fill templates in with, from small requests and from the examples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Language, Text

NOW = datetime.fromisoformat("2026-11-25T10:00:00+08:00")
Fill = Callable[..., TemplateContext]


@pytest.fixture
def sheet() -> Fill:
    """A sheet around a piece of a request's data."""

    def make(data: dict[str, Any], language: Language = "en") -> TemplateContext:
        return TemplateContext(
            request=launch_request_of(data),
            name="LR-1",
            stage="requested",
            sha256="ab" * 32,
            names=Names({"people": {"li.wei": Text("Li Wei", "李薇")}}),
            now=NOW,
            language=language,
            title=Text("A paper", "文书"),
        )

    return make
