"""What a template is filled in with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from launchpolicy.documents.instants import parse_instant
from launchpolicy.papers.page import Orientation
from launchpolicy.papers.paper_blocks import PictureBlock
from launchpolicy.papers.signature_rows import SignatureRow
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Language, Text


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """What a template is filled in with.

    `request` is the request, `sha256` the digest of its file, `names` what people call things.
    `deputies` are who stands for whom now: the person stood for → the deputy. `process` is the id
    of the process, `departments` maps people to their departments. `state` says what the head of
    the paper must say besides the title (a draft, a launch that was rolled back). `number` is the
    document number (文号), "" without one. `issuer` is the unit that issues the paper (落款).
    `signers` are the rows of those whom the process asks, in the order in which they sign.
    `pictures` are drawings by name. `is_form` prints the auditor's line at the end.
    """

    request: LaunchRequest
    name: str
    stage: str
    sha256: str
    names: Names
    now: datetime
    language: Language
    title: Text
    deputies: Mapping[str, str] = field(default_factory=dict)
    process: str = ""
    departments: Mapping[str, str] = field(default_factory=dict)
    state: Text | None = None
    number: str = ""
    issuer: Text | None = None
    signers: tuple[SignatureRow, ...] = ()
    pictures: Mapping[str, PictureBlock] = field(default_factory=dict)
    orientation: Orientation = "portrait"
    is_form: bool = True

    @property
    def zone(self) -> tzinfo | None:
        """Return the time zone of the paper: that of the launch window, else that of `now`."""
        window = self.request.spec.window if self.request.spec else None
        start = parse_instant(str(window.start)) if window is not None and window.start else None
        return (start or self.now).tzinfo
