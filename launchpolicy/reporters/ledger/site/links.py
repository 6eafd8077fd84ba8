"""Web addresses of commits, pull requests, reviews and files on GitHub.

Texts of entries are strangers' texts: an address is made of the repository's own address, which is
checked, and of object ids, numbers and quoted paths.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote

_REPOSITORY = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?/[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]+")
_REVIEW = re.compile(r"review (\d{1,20}) of (?:pull request|proposal) (\d{1,10})")


@dataclass(frozen=True, slots=True)
class WebLinks:
    """The addresses of one repository; each is "" where `repository` is none on GitHub.

    `prefix` is the launch root in the repository: "" or a folder that ends with `/`.
    """

    repository: str
    prefix: str = ""

    @property
    def base(self) -> str:
        """Return the address of the repository, without anything that could act."""
        return self.repository if _REPOSITORY.fullmatch(self.repository) else ""

    @property
    def name(self) -> str:
        """Return the name of the repository, OWNER/REPO."""
        return "/".join(self.base.split("/")[-2:])

    def commit(self, oid: str) -> str:
        """Return the address of a commit with its differences."""
        return self._below(f"commit/{oid}")

    def proposal(self, number: int) -> str:
        """Return the address of a pull request."""
        return self._below(f"pull/{number:d}")

    def review(self, where: str) -> str:
        """Return the address of a review by the text that the ledger keeps of it."""
        match = _REVIEW.fullmatch(where)
        if match is None:
            return ""
        return self._below(f"pull/{match[2]}#pullrequestreview-{match[1]}")

    def file(self, oid: str, path: str) -> str:
        """Return the address of a file as it was at a commit."""
        return self._below(f"blob/{oid}/{quote(self.prefix + path)}")

    def difference(self, oid: str, path: str) -> str:
        """Return the address of what a commit changed in a file (GitHub's anchor: its digest)."""
        digest = hashlib.sha256((self.prefix + path).encode("utf-8", "replace")).hexdigest()
        return self._below(f"commit/{oid}#diff-{digest}")

    def _below(self, path: str) -> str:
        return f"{self.base}/{path}" if self.base else ""
