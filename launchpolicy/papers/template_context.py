"""What a template is filled in with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.papers.page import Orientation
from launchpolicy.papers.paper_blocks import PictureBlock
from launchpolicy.papers.racks.other_devices import OtherDevice
from launchpolicy.papers.signature_rows import SignatureRow
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Language, Text


class Enclosure(NamedTuple):
    """One file that a request refers to: what it is, where it stands, its digest as written."""

    title: Text
    path: str
    sha256: str
    route: Route


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """What a template is filled in with.

    `request` is the request, `sha256` the digest of its file, `names` what people call things.
    `deputies` are who stands for whom now: the person stood for → the deputy. `process` is the id
    of the process, `departments` maps people to their departments. `state` says what the head of
    the paper must say besides the title (a draft, a launch that was rolled back). `number` is the
    document number (文号), "" without one. `issuer` is the unit that issues the paper (落款).
    `signers` are the rows of those whom the process asks, in the order in which they sign.
    `holders` are who holds which role: role → people. `other_devices` are what other launches
    mounted in the racks of this one. `pictures` are drawings by name, and `picture_files` the names
    of the files beside a Markdown paper that hold them. `evidence` is what each file says to which
    the request refers, by its path (`policy.fact_shapes.REFERENCE`); `enclosures` are these files
    in document order. `is_form` prints the auditor's line at the end;
    `plan` is the digest in it of what the request plans (`facts.paper_origin`).
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
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_devices: tuple[OtherDevice, ...] = ()
    picture_files: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, PictureBlock] = field(default_factory=dict)
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    enclosures: tuple[Enclosure, ...] = ()
    orientation: Orientation = "portrait"
    is_form: bool = True
    plan: str = ""
    calendar_zone: tzinfo | None = None

    @property
    def zone(self) -> tzinfo | None:
        """Return the time zone of the paper: of the calendar, the launch window, or of `now`.

        So a paper has the times of the agenda, of `status` and of the gate, whatever offset a
        request writes.
        """
        if self.calendar_zone is not None:
            return self.calendar_zone
        window = self.request.spec.window if self.request.spec else None
        start = parse_instant(str(window.start)) if window is not None and window.start else None
        return (start or self.now).tzinfo
