"""Two files beside a request whose names are one to some systems, or to their readers.

macOS and Windows keep one of `Report.pdf` and `report.pdf`, or of a name in its two normal forms,
and show it under both names. So an approver could read another file than the one that is judged.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from launchpolicy.documents.decoding import hidden_character
from launchpolicy.engine.submission import Submission, UnjudgedReason
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text


def twins_among(
    folder: str, kind: str, added: Sequence[str], rules: PackSet, new: Snapshot
) -> Iterator[Submission]:
    """Yield a submission, to be refused, for each added file that another one looks like.

    `folder` is that of a request of `kind`. Of two twins that are both added the first stays. What
    looks like a request is stray in any case.
    """
    own = frozenset(added)
    first: dict[str, str] = {}
    for entry in new.entries(folder):
        if entry.path not in own and rules.kind_of(entry.path) is None:
            first.setdefault(_name_for_all(entry.path), entry.path)
    for path in added:
        twin = first.setdefault(_name_for_all(path), path)
        if twin != path:
            yield Submission(kind, path, None, None, _twin(path, twin))


def _name_for_all(path: str) -> str:
    """Return what is left of a path where nobody looks at case, form and what does not show.

    Windows drops full stops and spaces at the end of a name.
    """
    if path.isascii():
        text = path.lower()
    else:
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
        while hidden := hidden_character(text):
            text = text.replace(hidden.group(), "")
    return "/".join(segment.rstrip(". ") or segment for segment in text.split("/"))


def _twin(path: str, twin: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/twin",
        Verdict.REJECTED,
        Text(
            f"{path} and {twin} are one file on some systems, or look the same: who opens one may "
            "read the other.",
            f"{path} 与 {twin} 在某些系统上是同一个文件，或看起来一样："
            "打开其一时读到的可能是另一个。",
        ),
        Text("Rename or remove one of them.", "请重命名或删除其中一个。"),
    )
