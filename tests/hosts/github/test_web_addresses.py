"""The pages of a repository on GitHub, by the address of its remote."""

from __future__ import annotations

import pytest

from launchpolicy.hosts.forges.github.addresses import web_addresses


@pytest.mark.parametrize(
    "remote",
    [
        "https://user:secret@github.com/acme/launches.git",
        "git@github.com:acme/launches.git\n",
        "ssh://git@ssh.github.com:443/acme/launches",
    ],
)
def test_every_page_is_below_the_repository_and_holds_no_credentials(remote: str) -> None:
    pages = web_addresses(remote)
    assert pages is not None
    assert pages.repository == "https://github.com/acme/launches"
    assert all(page.startswith("https://github.com/acme/launches") for page in pages)
    assert pages.review.format(number=7, review=12) == (
        "https://github.com/acme/launches/pull/7#pullrequestreview-12"
    )


@pytest.mark.parametrize(
    "remote", ["", "origin", "https://git.example.com/acme/launches", "https://github.com/{0}/x"]
)
def test_an_address_elsewhere_has_no_pages(remote: str) -> None:
    assert web_addresses(remote) is None
