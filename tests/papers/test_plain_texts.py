"""Papers of requests whose texts are one plain string, as `launchpolicy new` leaves them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from launchpolicy.operations.paper.source import read_paper_source
from launchpolicy.operations.paper.write import write_paper_of
from launchpolicy.vocabulary.text import LANGUAGES
from tests.papers.conftest import NOW
from tests.papers.test_every_paper import EXAMPLES, REFUSED, papers_of


def in_one_language(request: str) -> str:
    """The request with each text in two languages as its Chinese alone."""
    return re.sub(r"\{en: [^{}]*, zh: \"?([^{}\"]*)\"?\}", r'"\1"', request)


@pytest.mark.parametrize(
    "request_path",
    [
        "product-launch/launches/LR-2026-0017",
        "system-cutover/launches/LR-2026-0201",
        "system-cutover/launches/LR-2026-0206",
        "hardware-software-integration/launches/LR-2026-0501",
    ],
)
def test_papers_are_written_where_texts_are_plain_strings(
    request_path: str, tmp_path: Path
) -> None:
    process, _, request = request_path.partition("/")
    repository = shutil.copytree(EXAMPLES / process, tmp_path / process)
    file = repository / request / "request.yaml"
    file.write_text(in_one_language(file.read_text(encoding="utf-8")), encoding="utf-8")
    source = read_paper_source(file, NOW)

    for kind in papers_of(request_path):
        for language in LANGUAGES:
            if (kind, request.rpartition("/")[2]) not in REFUSED:
                assert write_paper_of(source, kind, language, "md")
