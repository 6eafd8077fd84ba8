"""An approval of a request is one of it beside what its kind looks up."""

from __future__ import annotations

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.hosts.memory_snapshot import MemorySnapshot
from launchpolicy.operations.approvals.versions import Version, version_at
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import Lookup

PATH = "proposals/1.yaml"
REVIEW = "reviews/1.yaml"
LOOKUP = Lookup("review", "Review", "'reviews/' + string(object.number) + '.yaml'")


def _version(files: dict[str, bytes], *lookups: Lookup, source: bytes = b"number: 1\n") -> Version:
    schema = Schema({"type": "object", "properties": {"number": {"type": "integer"}}})
    kind = Kind("Proposal", FilePatterns(("proposals/*.yaml",)), schema, "path.stem", "")
    snapshot = MemorySnapshot("test", {PATH: source, **files})
    return version_at(snapshot, kind._replace(lookups=lookups), PATH)


def test_an_approval_is_not_one_of_the_request_beside_another_review() -> None:
    digests = [
        _version(files, LOOKUP).digest
        for files in ({}, {REVIEW: b"by: li.wei\n"}, {REVIEW: b"by: mallory\n"})
    ]
    assert len(set(digests)) == len(digests)


def test_the_review_of_another_request_changes_nothing() -> None:
    mine = {REVIEW: b"by: li.wei\n"}
    others = {**mine, "reviews/2.yaml": b"by: mallory\n"}
    assert _version(mine, LOOKUP).digest == _version(others, LOOKUP).digest


def test_a_kind_without_lookups_keeps_its_digests() -> None:
    assert _version({}).digest == _version({REVIEW: b"by: li.wei\n"}).digest
    assert _version({}).looked_up == {}


def test_a_path_that_leads_out_of_the_repository_is_not_read() -> None:
    outside = Lookup("review", "Review", "'../' + string(object.number)")
    assert _version({}, outside).looked_up == {}
