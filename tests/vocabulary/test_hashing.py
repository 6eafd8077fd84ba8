from __future__ import annotations

import hashlib
import importlib
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.vocabulary.hashing import sha1, sha256


@given(st.lists(st.binary(max_size=200), max_size=4))
def test_the_digests_are_those_of_the_standard_library(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    for function, name in ((sha256, "sha256"), (sha1, "sha1")):
        begun = function()
        for piece in pieces:
            begun.update(piece)
        expected = hashlib.new(name, whole, usedforsecurity=False).hexdigest()
        assert begun.hexdigest() == function(whole).hexdigest() == expected


def test_a_build_without_them_takes_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ModuleType:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert sha256(b"x").hexdigest() == hashlib.sha256(b"x").hexdigest()
