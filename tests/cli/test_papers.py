"""Every paper of the examples, in both languages and every format, through the real command."""

from __future__ import annotations

import hashlib
import io
import time
from pathlib import Path
from typing import get_args

import pytest
from docx import Document

from launchpolicy.operations.paper.source import read_paper_source
from launchpolicy.operations.paper.write import write_paper, write_paper_of
from launchpolicy.papers.registry import PAPERS
from launchpolicy.papers.writing import PageFormat
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.text import LANGUAGES, Language
from tests.cli.launch_repository import PROJECT, REQUEST, LaunchRepository
from tests.papers.conftest import NOW

EXAMPLES = PROJECT / "examples"
REQUESTS = {
    "application": "product-launch/launches/LR-2026-0042",
    "launch-document": "system-cutover/launches/LR-2026-0203",
    "launch-plan": "system-cutover/launches/LR-2026-0203",
    "conversion-plan": "system-cutover/launches/LR-2026-0203",
    "countersign": "system-cutover/launches/LR-2026-0206",
    "confirmation": "hardware-software-integration/launches/LR-2026-0506",
    "notice": "system-cutover/launches/LR-2026-0203",
    "cancellation": "system-cutover/launches/LR-2026-0202",
    "rollback-notice": "system-cutover/launches/LR-2026-0201",
    "announcement": "governed-launch/launches/LR-2026-0301",
    "meeting-notice": "new-internet-product/launches/LR-2026-0401",
    "test-acceptance": "governed-launch/launches/LR-2026-0301",
    "quality-form": "governed-launch/launches/LR-2026-0301",
    "customer-acceptance": "system-cutover/launches/LR-2026-0203",
    "suspension": "system-cutover/launches/LR-2026-0203",
    "resumption": "system-cutover/launches/LR-2026-0203",
    "agenda": "new-internet-product/launches/LR-2026-0401",
    "minutes": "new-internet-product/launches/LR-2026-0401",
    "report": "system-cutover/launches/LR-2026-0203",
    "rollback-report": "system-cutover/launches/LR-2026-0201",
    "summary": "product-launch/launches/LR-2026-0017",
    "product-plan": "hardware-software-integration/launches/LR-2026-0506",
    "resource-notice": "hardware-software-integration/launches/LR-2026-0506",
    "deliveries": "hardware-software-integration/launches/LR-2026-0506",
    "product-document": "hardware-software-integration/launches/LR-2026-0506",
    "racks": "hardware-software-integration/launches/LR-2026-0506",
    "ports": "hardware-software-integration/launches/LR-2026-0506",
    "equipment": "hardware-software-integration/launches/LR-2026-0506",
}
"""A request for each paper; no example is postponed (`test_a_moved_window_is_a_postponement`)."""


def request_of(kind: str) -> Path:
    return EXAMPLES / REQUESTS[kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in PAPERS if kind != "postponement"])
def test_every_paper_says_the_same_in_every_format(kind: str, language: Language) -> None:
    folder = request_of(kind)
    digest = hashlib.sha256((folder / "request.yaml").read_bytes()).hexdigest()
    source = read_paper_source(folder, NOW)

    markdown = write_paper_of(source, kind, language, "md").decode()
    page = write_paper_of(source, kind, language, "html").decode()
    document = Document(io.BytesIO(write_paper_of(source, kind, language, "docx")))

    title = PAPERS[kind].title_in(source.request.packs).in_language(language)
    assert markdown.startswith(f"# {title}")
    assert f"<h1>{title}" in page
    assert document.paragraphs[0].text.startswith(title)
    assert document.tables or "wps:wsp" in document.element.xml  # a table, or a drawing
    assert folder.name in markdown
    assert folder.name in page
    assert ("counter(page)" in page) and ("NUMPAGES" in document.sections[0].footer._element.xml)  # noqa: PT018 (one convention)
    assert all(digest in text for text in (markdown, page, document.core_properties.comments))


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = write_paper("application", request_of("application"), "zh", "html", NOW).decode()

    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize("format_", [one for one in get_args(PageFormat) if one != "pdf"])
def test_the_same_moment_gives_the_same_paper(
    format_: PageFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paper_at(clock: float) -> bytes:
        monkeypatch.setattr(time, "time", lambda: clock)
        return write_paper(kind, request_of(kind), "en", format_, NOW)

    kind = "ports" if format_ == "xlsx" else "application"
    assert paper_at(1_700_000_000) == paper_at(1_800_000_000)


def test_a_paper_is_written_to_a_file_or_shown(repository: LaunchRepository) -> None:
    shown = repository.run("paper", "application", "launches/LR-2026-0042", "--lang", "zh")
    saved = repository.run(
        "paper", "notice", REQUEST, "--format", "docx", "--output", "notice.docx"
    )

    assert shown.code == 0
    assert shown.output.startswith("# 上线申请表")
    assert saved.code == 0, saved.complaint
    assert (repository.folder / "notice.docx").read_bytes().startswith(b"PK")


def test_a_paper_without_its_subject_is_refused_at_its_place(repository: LaunchRepository) -> None:
    refused = repository.run("paper", "minutes", "launches/LR-2026-0042")

    assert refused.code == 2
    assert "spec.meeting.decisions" in refused.complaint
    assert f"{REQUEST}:" in refused.complaint


def test_text_of_a_request_does_not_act_in_a_page(repository: LaunchRepository) -> None:
    hostile = '"<script>alert(1)</script> [x](javascript:alert(1)) | # @all"'
    repository.edit(
        ("Split payment and refunds.", hostile.strip('"')), ("summary: {en: <", 'summary: {en: "<')
    )
    text = repository.request.read_text("utf-8").replace("@all, zh", '@all", zh', 1)
    repository.request.write_text(text, "utf-8")

    page = repository.run(
        "paper", "application", "launches/LR-2026-0042", "--lang", "en", "--format", "html"
    )

    assert page.code == 0, page.complaint
    assert "<script" not in page.output
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.output
    assert "<a " not in page.output


def test_a_template_of_the_launch_repository_comes_first(repository: LaunchRepository) -> None:
    own = repository.folder / "papers"
    own.mkdir()
    (own / "notice.md.j2").write_text("# Our notice\n\n{{ request.spec.product.name }}\n", "utf-8")
    (own / "notice.zh.md.j2").write_text("# 我们的通知\n", "utf-8")

    english = repository.run("paper", "notice", "launches/LR-2026-0042", "--lang", "en")
    chinese = repository.run("paper", "notice", "launches/LR-2026-0042", "--lang", "zh")

    assert english.output.startswith("# Our notice\n\ncheckout\n")
    assert chinese.output.startswith("# 我们的通知\n")


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("fine\n{{ request.spec.wnidow }}\n", "wnidow"),
        ("fine\n{{ request.__class__ }}\n", "__class__"),
        ("fine\n{% if %}\n", "template fails"),
    ],
)
def test_a_template_that_is_wrong_is_shown_at_its_line(
    repository: LaunchRepository, template: str, says: str
) -> None:
    own = repository.folder / "papers"
    own.mkdir()
    (own / "notice.md.j2").write_text(template, "utf-8")

    refused = repository.run("paper", "notice", "launches/LR-2026-0042", "--lang", "en")

    assert refused.code == 2
    assert "papers/notice.md.j2:2:1" in refused.complaint
    assert says in refused.complaint


def test_a_malformed_request_gives_no_paper(tmp_path: Path) -> None:
    (tmp_path / ".launchpolicy.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Configuration\nprocesses: {product-launch: [launch]}\n"
        "mandatory: [launch]\n",
        "utf-8",
    )
    (tmp_path / "request.yaml").write_text("spec: [", "utf-8")

    with pytest.raises(MalformedRulesError):
        write_paper("notice", tmp_path / "request.yaml", "en", "md", NOW)


def test_the_name_of_the_file_says_the_format(repository: LaunchRepository) -> None:
    request = "launches/LR-2026-0042"

    named = repository.run("paper", "application", request, "--output", "form.docx")
    forced = repository.run("paper", "application", request, "--output", "b.docx", "--format", "md")

    assert (named.code, forced.code) == (0, 0), named.complaint
    assert Document(str(repository.folder / "form.docx")).paragraphs != []
    assert (repository.folder / "b.docx").read_bytes().startswith(b"# ")
