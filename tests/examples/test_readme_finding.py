"""The finding at the top of README is what the program really prints."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.examples.catalogue import EXAMPLES
from tests.examples.conftest import Adopted

ROOT = Path(__file__).parents[2]
PATCH = EXAMPLES / "product-launch" / "broken" / "rollback-impact-assessed.patch"


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_finding_that_readme_shows_is_real(page: str, language: str, adopted: Adopted) -> None:
    repository = adopted("product-launch")
    repository.git("apply", "--index", str(PATCH))
    now = "2026-11-25T10:00:00+08:00"
    done = repository.check("--staged", "--lang", language, now=now)
    shown = re.findall(
        r"^```\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    report = "\n".join(line.removeprefix("  ") for line in done.output.splitlines())
    assert dedent(shown[0]) in report
