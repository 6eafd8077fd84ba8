"""`waivers/<name>.yaml`: an exception from one policy, with an owner, a reason and an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from launchpolicy.documents.instants import instant
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text, text_of


class Waiver(NamedTuple):
    """A merged waiver; `requests` are names, `path` is where it stands."""

    name: str
    path: str
    policy: str
    requests: tuple[str, ...]
    owner: str
    reason: Text
    expires: datetime


def waiver_of(path: str, data: Mapping[str, Any]) -> Waiver:
    """Return the waiver of a file that follows the schema of kind Waiver."""
    spec = data["spec"]
    return Waiver(
        name=data["metadata"]["name"],
        path=path,
        policy=spec["policy"],
        requests=tuple(spec["requests"]),
        owner=spec["owner"],
        reason=text_of(spec["reason"]),
        expires=instant(spec["expires"]),
    )
