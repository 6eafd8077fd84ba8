"""Document kinds: which files they are, what shape they have, which packs judge them.

The shipped kind is declared the same way as the further kinds of a configuration (design
section 4), so one engine serves any YAML request repository.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.requests.data import NO_DATA, DataDocuments
from launchpolicy.vocabulary.place import Route

STAGE: Route = ("status", "stage")
"""Where the stage of a kind that has stages stands."""


RULES = "Rules"
"""What approvals of the rules themselves are approvals of; no kind of request is called so."""

WAIVER_PACKS = ("waivers",)
"""The packs that judge waivers, whatever a configuration says."""


class Kind(NamedTuple):
    """One document kind.

    `files` is a glob from the top level in which `*` stays within a path segment. `id` is a CEL
    expression over `object` and `path`. Either `packs` are fixed, or `process` is the route to the
    name of the process whose packs apply. `schema_digest` is over the schema's bytes.
    """

    name: str
    files: str
    schema: Schema
    id: str
    schema_digest: str
    packs: tuple[str, ...] = ()
    process: Route = ()
    has_questions: bool = False
    """Whether `TODO` in place of a value is a question that its author has not answered yet."""
    data: DataDocuments = NO_DATA
    """What policies about the kind may read as `data`, besides the document itself."""

    def matches(self, path: str) -> bool:
        """Return whether the file at `path` is of this kind."""
        return _pattern(self.files).fullmatch(path) is not None

    @property
    def folder(self) -> str:
        """Return the folder below which every file of the kind stands; "" is the top level."""
        fixed = self.files.split("*", 1)[0]
        return fixed.rpartition("/")[0]


def launch_request(schema: Schema, schema_digest: str, launches: str) -> Kind:
    """Return the shipped kind, with its files in the folder that the configuration names."""
    return Kind(
        name="LaunchRequest",
        files=f"{launches}/*/request.yaml",
        schema=schema,
        id="object.metadata.name",
        schema_digest=schema_digest,
        process=("spec", "process"),
        has_questions=True,
    )


def waiver(schema: Schema, schema_digest: str, waivers: str) -> Kind:
    """Return the shipped kind of exceptions, judged like any request, by the pack of its own."""
    return Kind(
        name="Waiver",
        files=f"{waivers}/*.yaml",
        schema=schema,
        id="object.metadata.name",
        schema_digest=schema_digest,
        packs=WAIVER_PACKS,
    )


@functools.cache
def _pattern(glob: str) -> re.Pattern[str]:
    segments = (re.escape(segment).replace(r"\*", "[^/]*") for segment in glob.split("/"))
    return re.compile("/".join(segments))


def value_at(data: object, route: Route) -> object | None:
    """Return the value at `route` of plain data, or None where the route does not lead anywhere."""
    for step in route:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
