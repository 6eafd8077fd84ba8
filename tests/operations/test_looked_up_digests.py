"""An approval of a request is one of it beside what its kind looks up."""

from __future__ import annotations

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.hosts.memory_snapshot import MemorySnapshot
from launchpolicy.operations.approvals.versions import Version, version_at
from launchpolicy.requests.data import DataDocuments
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


def test_an_approval_is_not_one_of_the_request_beside_more_or_fewer_reviews() -> None:
    every = Lookup("reviews", "Review", "", files=("reviews/*.yaml",))
    both = Lookup("reviews", "Review", "['reviews/1.yaml', 'reviews/2.yaml']", gives_paths=True)
    mine = {REVIEW: b"by: li.wei\n"}
    more = {**mine, "reviews/2.yaml": b"by: mallory\n"}
    for lookup in (every, both):
        digests = [_version(files, lookup).digest for files in ({}, mine, more)]
        assert len(set(digests)) == len(digests)
        beside = {**mine, "notes/2.yaml": b"by: mallory\n"}
        assert _version(beside, lookup).digest == digests[1]


def test_a_kind_without_lookups_keeps_its_digests() -> None:
    assert _version({}).digest == _version({REVIEW: b"by: li.wei\n"}).digest
    assert _version({}).looked_up == {}


def test_a_path_that_leads_out_of_the_repository_is_not_read() -> None:
    outside = Lookup("review", "Review", "'../' + string(object.number)")
    assert _version({}, outside).looked_up == {}


def test_an_approval_of_a_declared_kind_is_one_of_the_whole_document_where_it_stands() -> None:
    schema = Schema({"type": "object"})
    files = FilePatterns(("proposals/*.yaml", "prod/*.yaml"))
    kind = Kind("Proposal", files, schema, "'one'", "", is_approved_whole=True)
    good = b"number: 1\nstatus: provisional\n"
    versions = [
        (PATH, good),
        (PATH, good.replace(b"provisional", b"implemented")),
        (PATH, good + b"metadata: {target: production}\n"),
        (PATH, good + b"kind: destroy\n"),
        ("prod/1.yaml", good),
    ]
    digests = [
        version_at(MemorySnapshot("test", {path: source}), kind, path).digest
        for path, source in versions
    ]
    assert len(set(digests)) == len(digests)
    assert digests[0] == version_at(MemorySnapshot("x", {PATH: b"# x\n" + good}), kind, PATH).digest


def test_a_path_made_of_a_data_document_binds_approvals_as_well() -> None:
    schema = Schema({"type": "object"})
    lookup = Lookup("review", "Review", "data.folder + '/1.yaml'")
    kind = Kind("Proposal", FilePatterns(("proposals/*.yaml",)), schema, "path.stem", "")
    kind = kind._replace(lookups=(lookup,), data=DataDocuments({"folder": "reviews"}, {}, schema))
    digests = [
        version_at(
            MemorySnapshot("test", {PATH: b"number: 1\n", REVIEW: review}), kind, PATH
        ).digest
        for review in (b"by: li.wei\n", b"by: mallory\n")
    ]
    assert len(set(digests)) == len(digests)
