"""Signed approval files: what is signed, and what such a file says once its signature holds.

The signature is over canonical JSON (RFC 8785) of `apiVersion`, `kind` and `spec`, so neither the
layout of the file nor the words of its name are believed, and nothing that is believed stands
outside it. The name only says whose approval of which document is looked for in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import rfc8785

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.records import SSH, Account, ReviewState, SubmittedReview
from launchpolicy.vocabulary.text import Text

NAMESPACE: Final = "launchpolicy-approval"
"""What the signatures are for (`ssh-keygen -n`): one made for git or a file never counts here."""


def signed_bytes(data: Mapping[str, Any]) -> bytes:
    """Return the bytes that the signature of an approval file is over."""
    return rfc8785.dumps({key: data[key] for key in ("apiVersion", "kind", "spec")})


def approval_data(
    of: Mapping[str, str],
    by: str,
    roles: tuple[str, ...],
    at: datetime,
    expires: datetime,
    rules: str,
) -> dict[str, Any]:
    """Return the plain data of an approval that is still to be signed.

    Args:
        of: kind, name and approval digest of what is approved.
        by: the person's id.
        roles: as what they approve; none for every role they hold.
        at: the time.
        expires: until when it counts.
        rules: the pack-set digest under which it is given.
    """
    spec: dict[str, Any] = {"of": dict(of), "by": by}
    if roles:
        spec["roles"] = list(roles)
    spec |= {"at": at.isoformat(), "expires": expires.isoformat(), "rules": rules}
    return {
        "apiVersion": "launchpolicy/v1",
        "kind": "Approval",
        "metadata": {"name": by},
        "spec": spec,
    }


def review_of(path: str, data: Mapping[str, Any], key: str) -> SubmittedReview:
    """Return the review of a file that follows its schema and whose signature by `key` holds."""
    spec = data["spec"]
    return SubmittedReview(
        account=Account(SSH, key, spec["by"]),
        state=ReviewState.APPROVED,
        at=instant(spec["at"]),
        where=path,
        request=spec["of"]["name"],
        digest=spec["of"]["digest"],
        roles=tuple(spec.get("roles", ())),
        expires=instant(spec["expires"]),
    )


def void_review(path: str, by: str, at: datetime, why: Text) -> SubmittedReview:
    """Return the review of a file that cannot count; it keeps its story."""
    return SubmittedReview(Account(SSH, "", by), ReviewState.APPROVED, at, path, void=why)
