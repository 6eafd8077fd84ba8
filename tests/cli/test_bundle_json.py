"""`bundle list` and `bundle verify` for programs."""

from __future__ import annotations

import json

from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_bundles import COPY, LOCK, bundled, source

__all__ = ["bundled", "source"]


def test_list_and_verify_say_the_same_as_json(bundled: LaunchRepository) -> None:
    listed = json.loads(bundled.run("bundle", "list", "--format", "json").output)
    verified = bundled.run("bundle", "verify", "--source", "--format", "json")
    assert (verified.code, json.loads(verified.output)) == (0, listed)
    (bundle,) = listed["bundles"]
    assert (bundle["name"], bundle["ref"], bundle["verified"]) == ("company", "v1", True)
    assert bundle["locked"]["packs"] == ["own"]
    assert "packs/own/watcher-named.yaml" in bundle["locked"]["files"]
    bundled.edit(("watcher", "wacher"), path=COPY)
    wrong = bundled.run("bundle", "verify", "--format", "json")
    (bundle,) = json.loads(wrong.output)["bundles"]
    assert (wrong.code, bundle["verified"]) == (1, False)
    assert bundle["problems"][0]["place"]["path"] == COPY
    (bundled.folder / LOCK).unlink()
    (bundle,) = json.loads(bundled.run("bundle", "list", "--format", "json").output)["bundles"]
    assert (bundle["locked"], bundle["verified"]) == (None, False)
