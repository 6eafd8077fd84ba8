"""Digests without OpenSSL are those of the standard library, for short data and for long."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.vocabulary import hashing
from launchpolicy.vocabulary.hashing import sha1, sha256

OWN = ("_sha1", "_sha2", "_sha256")


@pytest.fixture(scope="module", autouse=True)
def _openssl_seems_not_loaded() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "_OPENSSL", "no such module")
        yield


def test_where_openssl_is_loaded_the_digest_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_hashlib" in sys.modules
    without = sha1(b"x"), sha256(b"x")
    monkeypatch.setattr(hashing, "_OPENSSL", "_hashlib")
    assert (sha1(b"x"), sha256(b"x")) == without


@given(st.lists(st.binary(max_size=200), max_size=4))
def test_the_digests_are_those_of_the_standard_library(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    assert sha256(*pieces) == sha256(whole) == hashlib.sha256(whole).hexdigest()
    assert sha1(*pieces) == hashlib.sha1(whole, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_long_data_has_the_same_digest(size: int) -> None:
    data = b"launch " * (size // 7) + b"x" * (size % 7)
    assert sha256(data) == hashlib.sha256(data).hexdigest()


def test_a_build_without_them_takes_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OWN:
        monkeypatch.setitem(sys.modules, name, None)  # an import of it fails
    assert sha256(b"x") == hashlib.sha256(b"x").hexdigest()
    assert sha1(b"x") == hashlib.sha1(b"x", usedforsecurity=False).hexdigest()
