"""A server that means harm: no answer takes longer, and none is larger, than is good for us."""

from __future__ import annotations

import gzip
import resource
import time
import zlib

import pytest

from launchpolicy.hosts.forges.github import client as client_module
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.transfer import LARGEST_MIB
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github.stub import Answer, Drip, Fault, Stub

PUSHES = b"[" + b" " * 200 + b"]"


def _ask(client: Client) -> object:
    return client.rest("the pushes", "GET", "/repos/acme/launches/activity")


@pytest.mark.parametrize("begin", [0, 30, 60], ids=["status line", "headers", "body"])
def test_a_server_that_drips_one_byte_after_the_other_is_left(
    begin: int, stub: Stub, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_LONGEST_ANSWER", 1.0)
    stub.faults.append(Fault("activity", Drip(Answer(200, PUSHES), begin)))
    started = time.monotonic()
    with pytest.raises(UndecidedError, match="the pushes: no whole answer within 1 seconds"):
        _ask(client)
    assert time.monotonic() - started < 10
    assert len(stub.asked("activity")) == 1


def test_a_slow_answer_that_is_whole_in_time_is_read(stub: Stub, client: Client) -> None:
    stub.faults.append(Fault("activity", Drip(Answer(200, b"[]"), 30)))
    assert _ask(client) == []


def test_a_run_has_an_end_although_each_answer_is_in_time(stub: Stub, client: Client) -> None:
    seconds = iter(range(0, 10_000, 50))
    client.clock = lambda: float(next(seconds))
    for _ in range(36):
        _ask(client)
    with pytest.raises(UndecidedError, match="all answers together took over 30 minutes"):
        _ask(client)
    assert len(stub.asked("activity")) == 36


def _gzip_of_spaces(mib: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [compressor.compress(b" " * 2**20) for _ in range(mib)]
    return b"".join([*pieces, compressor.flush()])


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_bomb_of_one_gibibyte_is_not_unpacked(stub: Stub, client: Client) -> None:
    bomb = _gzip_of_spaces(1024)
    assert len(bomb) < 2 * 2**20
    stub.faults.append(Fault("activity", Answer(200, bomb, {"Content-Encoding": "gzip"})))
    before = _peak_mib()
    with pytest.raises(UndecidedError, match=f"it is larger than {LARGEST_MIB} MiB"):
        _ask(client)
    assert _peak_mib() - before < 4 * LARGEST_MIB
    assert len(stub.asked("activity")) == 1


def test_a_plain_body_without_measure_is_not_read_to_its_end(stub: Stub, client: Client) -> None:
    stub.faults.append(Fault("activity", Answer(200, b" " * (LARGEST_MIB + 1) * 2**20)))
    with pytest.raises(UndecidedError, match=f"it is larger than {LARGEST_MIB} MiB"):
        _ask(client)


def test_a_compressed_answer_is_read(stub: Stub, client: Client) -> None:
    body = gzip.compress(b'[{"id": 1}]')
    stub.faults.append(Fault("activity", Answer(200, body, {"Content-Encoding": "gzip"})))
    assert _ask(client) == [{"id": 1}]


BODIES = {
    "no gzip": (b"[]", "gzip", "it is not compressed as it says"),
    "cut off": (gzip.compress(b"[]")[:-4], "gzip", "its compressed body is cut off"),
    "another encoding": (b"[]", "br", "a content encoding that was not asked for"),
    "twice": (gzip.compress(gzip.compress(b"[]")), "gzip, gzip", "that was not asked for"),
}


@pytest.mark.parametrize(("body", "encoding", "words"), BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_not_compressed_as_asked_is_undecided(
    body: bytes, encoding: str, words: str, stub: Stub, client: Client
) -> None:
    stub.faults.append(Fault("activity", Answer(200, body, {"Content-Encoding": encoding})))
    with pytest.raises(UndecidedError, match=words):
        _ask(client)
