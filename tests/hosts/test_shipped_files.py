"""What is shipped is what its digests say, or nothing is judged by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files


@pytest.mark.parametrize("kind", shipped_files.KINDS)
def test_the_digest_of_a_schema_is_known_before_it_is_read(kind: str) -> None:
    unread = shipped_files.unread_schema(kind)

    assert unread.digest == shipped_files.schema(kind).digest
    assert unread.read() is shipped_files.schema(kind).data


def test_a_schema_other_than_the_one_that_was_shipped_judges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = {**shipped_files.schema_digests(), "Waiver": "sha256:" + "0" * 64}
    (tmp_path / shipped_files.SCHEMA_DIGESTS).write_text(json.dumps(digests), "utf-8")
    schema = (shipped_files.FOLDER / "schemas" / "Waiver.json").read_bytes()
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "Waiver.json").write_bytes(schema)
    monkeypatch.setattr(shipped_files, "FOLDER", tmp_path)
    cached = (shipped_files.schema, shipped_files.schema_digests, shipped_files.unread_schema)
    for function in cached:
        function.cache_clear()
    try:
        with pytest.raises(ValueError, match="is not the one"):
            shipped_files.unread_schema("Waiver").read()
    finally:
        for function in cached:
            function.cache_clear()
