"""`launchpolicy paper`: a notice of what is not approved is a draft, and says so."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import NOW, LaunchRepository

FOLDER = "launches/LR-2026-0042"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_notice_of_a_window_that_is_not_approved_says_that_it_is_a_draft(
    repository: LaunchRepository, language: str
) -> None:
    asked = ("paper", "notice", FOLDER, "--lang", language, "--now", NOW)
    draft = {"en": "(draft, not approved)", "zh": "〔草稿，未经批准〕"}[language]
    assert draft not in repository.run(*asked).output
    repository.edit(("22:00:00+08:00, end", "20:00:00+08:00, end"))
    assert draft in repository.run(*asked).output
    repository.git("switch", "--quiet", "--create", "moved")
    repository.commit("move it")
    assert draft in repository.run(*asked).output
    form = repository.run("paper", "application", FOLDER, "--lang", language, "--now", NOW)
    assert draft not in form.output  # it is what the approval is asked by


def test_a_notice_of_a_request_that_is_not_merged_is_a_draft(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "request")
    folder = repository.folder / "launches/LR-2026-0099"
    folder.mkdir()
    text = repository.request.read_text("utf-8").replace("LR-2026-0042", "LR-2026-0099")
    (folder / "request.yaml").write_text(text, "utf-8")
    repository.commit("ask")
    shown = repository.run("paper", "suspension", "LR-2026-0099", "--lang", "en", "--now", NOW)
    other = repository.run("paper", "notice", "LR-2026-0099", "--lang", "en", "--now", NOW)
    assert "(draft, not approved)" in shown.output + other.output
