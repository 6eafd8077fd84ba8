"""Web addresses of commits, pull requests, reviews and files, where the repository has any.

Texts of entries are strangers' texts: an address is made of the patterns of the forge, which are
checked, and of object ids, numbers, digests and quoted paths.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2.filters import do_urlencode

_REPOSITORY = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)+")
_UP = re.compile(r"^(?:\.\./)+")
_REVIEW = re.compile(r"review (\d{1,20}) of (?:pull request|proposal) (\d{1,10})")


@dataclass(frozen=True, slots=True)
class WebLinks:
    """The addresses of one repository; each is "" where there are no patterns for it.

    `patterns` are those of `WebAddresses`, by name. `prefix` is the launch root in the repository:
    "" or a folder that ends with `/`.
    """

    patterns: Mapping[str, str]
    prefix: str = ""

    @property
    def base(self) -> str:
        """Return the address of the repository, if it holds nothing that could act."""
        repository = self.patterns.get("repository", "")
        return repository if _REPOSITORY.fullmatch(repository) else ""

    @property
    def name(self) -> str:
        """Return the name of the repository: the path of its address."""
        return "/".join(self.base.split("/")[3:])

    def commit(self, oid: str) -> str:
        """Return the address of a commit with its differences."""
        return self._page("commit", commit=oid)

    def proposal(self, number: int | str) -> str:
        """Return the address of a pull request."""
        return self._page("proposal", number=str(number))

    def review(self, where: str) -> str:
        """Return the address of a review by the text that the ledger keeps of it."""
        match = _REVIEW.fullmatch(where)
        return self._page("review", review=match[1], number=match[2]) if match else ""

    def file(self, oid: str, path: str) -> str:
        """Return the address of a file as it was at a commit."""
        return self._page("file", commit=oid, path=do_urlencode(self._from_top(path)))

    def difference(self, oid: str, path: str) -> str:
        """Return the address of what a commit changed in a file."""
        whole = self._from_top(path)
        digest = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
        return self._page("difference", commit=oid, digest=digest)

    def _from_top(self, path: str) -> str:
        """Return a path from the top of the repository; outside of the root, `../` leads there."""
        return _UP.sub("", path) if path.startswith("../") else self.prefix + path

    def _page(self, name: str, **values: str) -> str:
        pattern = self.patterns.get(name, "")
        if not self.base or not pattern.startswith(f"{self.base}/"):
            return ""
        return pattern.format_map(values)
