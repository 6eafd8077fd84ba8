"""References of schemas are resolved as addresses of the web are, without the web."""

from __future__ import annotations

from urllib.parse import unquote, urldefrag, urljoin

import pytest

from launchpolicy.documents.schema.addresses import absolute_address, unescape_fragment

BASES = ["", "https://example.com/a/b.json", "http://example.com", "/a/b/c.json"]
REFERENCES = [
    *("", "#", "#x", "#/a/b", "c.json", "c.json#x", "./c.json", "../c.json#/y", "/d.json"),
    *("//other.example/e.json", "https://example.com/f.json#g", "d/", "..", "d/../e.json?q=1#z"),
]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("reference", REFERENCES)
def test_an_address_is_what_the_web_makes_of_it(base: str, reference: str) -> None:
    expected = urldefrag(urljoin(base, reference))
    assert absolute_address(base, reference) == (expected.url, expected.fragment)


def test_a_name_without_a_path_stays() -> None:
    assert absolute_address("urn:example:one", "#x") == ("urn:example:one", "x")
    assert absolute_address("urn:example:one", "urn:example:two#y") == ("urn:example:two", "y")


@pytest.mark.parametrize("text", ["a", "a%20b", "%25", "%E7%BB%93", "%2", "%zz", "%ff"])
def test_a_fragment_is_unescaped_as_the_web_does(text: str) -> None:
    assert unescape_fragment(text) == unquote(text)
