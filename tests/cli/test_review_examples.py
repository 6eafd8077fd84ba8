"""Reviews that others hold in YAML, written without code: each rule refuses a file that breaks it.

The files are invented, in the shape of the real ones. What became of the real ones stands in the
README of each example.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.launch_repository import LaunchRepository, clean_environment

EXAMPLES = Path(__file__).parents[2] / "examples"
PROPOSAL = "keps/sig-lantern/42-dimmed-lanterns/kep.yaml"
READINESS = "keps/prod-readiness/sig-lantern/42.yaml"
FEATURE = "features/dimming.yml"

Texts = Mapping[str, str]


class Breach(NamedTuple):
    """An edit of one file (`old` by `new`; the file goes where both are empty), and who says no."""

    example: str
    path: str
    old: str
    new: str
    policy: str


BREACHES = [
    Breach("kubernetes-enhancements", PROPOSAL, "sig: sig-lantern", "sig: sig-x", "owning-group"),
    Breach("kubernetes-enhancements", PROPOSAL, "[sig-harbour]", "[sig-x]", "participating-groups"),
    Breach("kubernetes-enhancements", PROPOSAL, "implementable", "implementabel", "status-known"),
    Breach("kubernetes-enhancements", PROPOSAL, "stage: beta", "stage: gamma", "stage-known"),
    Breach("kubernetes-enhancements", PROPOSAL, "implementable", "implemented", "implemented-is"),
    Breach("kubernetes-enhancements", PROPOSAL, '"v1.36"', "next", "readiness-reviewed"),
    Breach("kubernetes-enhancements", PROPOSAL, "stage: beta", "stage: stable", "readiness-revi"),
    Breach("kubernetes-enhancements", PROPOSAL, "number: 42", "number: 43", "readiness-reviewed"),
    Breach(
        "kubernetes-enhancements", PROPOSAL.replace("kep.yaml", "README.md"), "", "", "described"
    ),
    Breach("kubernetes-enhancements", READINESS, "", "", "readiness-reviewed"),
    Breach("kubernetes-enhancements", READINESS, "@grace", "@mallory", "readiness-reviewed"),
    Breach("kubernetes-enhancements", READINESS, "beta:", "gamma:", "schema/unknown-key"),
    Breach("kubernetes-enhancements", PROPOSAL, "reviewers:", "reviewer:", "schema/unknown-key"),
    Breach("web-features", FEATURE, "group: lanterns", "group: nothing", "groups-exist"),
    Breach("web-features", FEATURE, "light-2026", "light-1999", "snapshots-exist"),
    Breach("web-features", FEATURE, "description: The", "spec_: The", "schema/unknown-key"),
    Breach("web-features", FEATURE, "name: Dimming", f"name: {'x' * 81}", "described"),
    Breach("web-features", f"{FEATURE}.dist", "", "", "status-computed"),
    Breach("web-features", "groups/lanterns.yml", "parent: light", "parent: dark", "parent-exists"),
    Breach("web-features", "groups/lanterns.yml", "", "", "groups-exist"),
    Breach("web-features", "groups/light.yml", "", "", "parent-exists"),
    Breach("web-features", "features/fading.yml", "dimming", "nowhere", "redirect-leads"),
    Breach("web-features", "features/fading.yml", "dimming", "fading", "redirect-leads"),
    Breach(
        "web-features", "features/draft/spec/flicker.yml", "draft_date: 2026", "x: 2026", "schema/"
    ),
]


@pytest.fixture
def reviews(tmp_path: Path) -> LaunchRepository:
    """An empty folder for an example."""
    for name in ("repository", "home"):
        (tmp_path / name).mkdir()
    return LaunchRepository(tmp_path / "repository", clean_environment(tmp_path / "home"))


def _proposed(reviews: LaunchRepository, example: str) -> Path:
    """The example, committed on the base, and a branch of its own checked out."""
    shutil.copytree(EXAMPLES / example, reviews.folder, dirs_exist_ok=True)
    reviews.git("init", "--quiet", "--initial-branch=main")
    reviews.commit("the example")
    reviews.git("switch", "--quiet", "--create", "change")
    return reviews.folder


@pytest.mark.parametrize("example", ["kubernetes-enhancements", "web-features"])
def test_the_files_of_the_example_pass(reviews: LaunchRepository, example: str) -> None:
    _proposed(reviews, example)
    done = reviews.check()
    assert done.code == 0, done.output + done.complaint


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: f"{breach.path} {breach.new}")
def test_a_change_that_breaks_a_rule_does_not_pass(
    reviews: LaunchRepository, breach: Breach
) -> None:
    file = _proposed(reviews, breach.example) / breach.path
    if breach.old:
        text = file.read_text("utf-8")
        assert breach.old in text
        file.write_text(text.replace(breach.old, breach.new), "utf-8")
    else:
        file.unlink()
    reviews.commit("a breach")
    done = reviews.check("--base", "main")
    assert done.code in {1, 2}, done.output
    assert breach.policy in done.output + done.complaint


@pytest.mark.parametrize(
    ("example", "path", "old", "new"),
    [
        ("kubernetes-enhancements", PROPOSAL, "title: Dimmed", "title: Dimmer"),
        ("kubernetes-enhancements", READINESS, "@grace", "@edsger"),
        ("web-features", FEATURE, "name: Dimming", "name: Dim"),
        ("web-features", "groups/light.yml", "name: Light", "name: Lights"),
    ],
)
def test_a_change_that_keeps_every_rule_passes(
    reviews: LaunchRepository, example: str, path: str, old: str, new: str
) -> None:
    file = _proposed(reviews, example) / path
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    reviews.commit("a good change")
    done = reviews.check("--base", "main")
    assert done.code == 0, done.output + done.complaint


@pytest.mark.parametrize(
    ("example", "pack"),
    [("kubernetes-enhancements", "enhancements"), ("web-features", "web-features")],
)
def test_the_cases_of_the_pack_come_out(reviews: LaunchRepository, example: str, pack: str) -> None:
    _proposed(reviews, example)
    done = reviews.run("policy", "test", f"policies/{pack}")
    assert done.code == 0, done.output + done.complaint
