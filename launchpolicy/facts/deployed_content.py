"""What a deployment is about to install, beside what the request says was approved.

A request identifies what it launches in two places: `spec.content[].reference` may hold a digest
(`sha256:…`, also behind the `@` of an image) or a whole commit, and each file of
`spec.handover.installables` has a digest and the commit that it was built from. A tag identifies
nothing: it can be moved after the approval.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from launchpolicy.requests.kinds import list_at, text_at
from launchpolicy.vocabulary.place import Data

IdentityKind = Literal["artifact", "commit"]

_DIGEST_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
_COMMIT_LENGTHS = (40, 64)
_HEX = re.compile(r"[0-9a-f]+")


class ContentState(enum.StrEnum):
    """How one thing that is deployed compares with what was approved."""

    SAME = "same"
    OTHER = "other"
    MISSING = "missing"
    LEFT_OUT = "left-out"
    UNKNOWN = "unknown"
    NOT_IDENTIFIED = "not-identified"


class ContentIdentity(NamedTuple):
    """A digest or a commit of something that has a name."""

    name: str
    kind: IdentityKind
    value: str


class ContentComparison(NamedTuple):
    """One thing: what was approved of it, and what is about to be deployed ("" for nothing)."""

    name: str
    state: ContentState
    approved: str = ""
    deployed: str = ""


def is_digest(text: str) -> bool:
    """Return whether `text` is a whole digest: algorithm, colon, all its digits in lower case."""
    algorithm, _, digits = text.partition(":")
    is_long_enough = len(digits) == _DIGEST_LENGTHS.get(algorithm)
    return is_long_enough and _HEX.fullmatch(digits) is not None


def is_commit(text: str) -> bool:
    """Return whether `text` is a whole object id of git, in lower case."""
    return len(text) in _COMMIT_LENGTHS and _HEX.fullmatch(text) is not None


def compare_content(
    data: Data,
    deployed: Sequence[ContentIdentity],
    *,
    is_partial: bool = False,
) -> tuple[ContentComparison, ...]:
    """Return everything that was approved or is deployed, compared; in the order of the request.

    Every thing that the request identifies has to be among what is deployed, unless `is_partial`:
    a deployment that says nothing would otherwise be compared with nothing. Whatever is deployed
    has to be one that the request identifies in the same way; where that has a digest and a commit,
    both have to be given, partial or not.
    """
    approved = tuple(_approved_identities(data))
    names = tuple(dict.fromkeys(identity.name for identity in approved))
    references = dict(_references_by_name(data))
    rows: list[ContentComparison] = []
    for name in (*names, *(name for name in references if name not in names)):
        identities = [identity for identity in approved if identity.name == name]
        given = [identity for identity in deployed if identity.name == name]
        rows += _of_name(name, identities, given, references.get(name, ""), is_partial=is_partial)
    known = {*names, *references}
    rows += [
        ContentComparison(identity.name, ContentState.UNKNOWN, "", identity.value)
        for identity in deployed
        if identity.name not in known
    ]
    return tuple(rows)


def _of_name(
    name: str,
    identities: Sequence[ContentIdentity],
    given: Sequence[ContentIdentity],
    description: str,
    *,
    is_partial: bool,
) -> Iterator[ContentComparison]:
    """Yield the comparisons of one thing: one for each identity that is deployed, at least one."""
    if not given:
        if not identities:
            state = ContentState.NOT_IDENTIFIED
        else:
            state = ContentState.LEFT_OUT if is_partial else ContentState.MISSING
        yield ContentComparison(name, state, _values(identities) or description)
    for identity in given:
        of_kind = [one for one in identities if one.kind == identity.kind]
        if not of_kind:
            approved = _values(identities) or description
            yield ContentComparison(name, ContentState.NOT_IDENTIFIED, approved, identity.value)
            continue
        is_same = all(one.value == identity.value for one in of_kind)
        state = ContentState.SAME if is_same else ContentState.OTHER
        yield ContentComparison(name, state, _values(of_kind), identity.value)
    kinds = {identity.kind for identity in given}
    if kinds & {one.kind for one in identities}:  # compared: so in everything that identifies it
        for kind in dict.fromkeys(one.kind for one in identities if one.kind not in kinds):
            of_kind = [one for one in identities if one.kind == kind]
            yield ContentComparison(name, ContentState.MISSING, _values(of_kind))


def _values(identities: Sequence[ContentIdentity]) -> str:
    return ", ".join(dict.fromkeys(identity.value for identity in identities))


def _approved_identities(data: object) -> Iterator[ContentIdentity]:
    for item in list_at(data, ("spec", "content")):
        reference = _text(item, "reference")
        digest = reference.rpartition("@")[2]
        if is_digest(digest):
            yield ContentIdentity(_text(item, "name"), "artifact", digest)
        elif is_commit(reference):
            yield ContentIdentity(_text(item, "name"), "commit", reference)
    for item in list_at(data, ("spec", "handover", "installables")):
        if _text(item, "sha256"):
            yield ContentIdentity(
                _text(item, "name"), "artifact", f"sha256:{_text(item, 'sha256')}"
            )
        if _text(item, "commit"):
            yield ContentIdentity(_text(item, "name"), "commit", _text(item, "commit"))


def _references_by_name(data: object) -> Iterator[tuple[str, str]]:
    """Yield the name and the reference of all content, whatever the reference identifies."""
    for item in list_at(data, ("spec", "content")):
        yield _text(item, "name"), _text(item, "reference")


def _text(item: object, key: str) -> str:
    return text_at(item, (key,))
