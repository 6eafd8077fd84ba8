"""Document kinds: which files they are, what shape they have, which packs judge them.

The shipped kind is declared the same way as the further kinds of a configuration (design
section 4), so one engine serves any YAML request repository.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from launchpolicy.documents.reading_rules import STRICT, ReadingRules
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.requests.data import NO_DATA, DataDocuments
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.lookups import Lookup
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route

STAGE: Route = ("status", "stage")
"""Where the stage of a kind that has stages stands."""


RULES = "Rules"
"""What approvals of the rules themselves are approvals of; no kind of request is called so."""

WAIVER_PACKS = ("waivers",)
"""The packs that judge waivers, whatever a configuration says."""


class _KindFields(NamedTuple):
    """What is known of a kind; `schema_source` is its schema, or what reads it at first use.

    `files` are patterns from the top level. `id` is a CEL expression over `object` and `path`.
    Either `packs` are fixed, or `process` is the route to the name of the process whose packs
    apply; without both its schema alone judges. `schema_digest` is over the schema's bytes.
    """

    name: str
    files: FilePatterns
    schema_source: Schema | Callable[[], Schema]
    id: str
    schema_digest: str
    packs: tuple[str, ...] = ()
    process: Route = ()
    has_questions: bool = False
    """Whether `TODO` in place of a value is a question that its author has not answered yet."""
    lookups: tuple[Lookup, ...] = ()
    """The documents that are looked up for every document of the kind."""
    is_approved_whole: bool = False
    """Whether an approval is one of the whole document where it stands, and not of its `spec`."""
    deletions: str = ""
    """What a deletion that no policy judges is: `judge` undecided, `allow` a pass; "" not said."""
    reading: ReadingRules = STRICT
    data: DataDocuments = NO_DATA
    """What policies about the kind may read as `data`, besides the document itself."""
    has_unique_ids: bool = False
    """Whether a document is refused whose id another document of the kind has."""


class Kind(_KindFields):
    """One document kind."""

    __slots__ = ()

    @property
    def schema(self) -> Schema:
        """Return the schema of the kind."""
        source = self.schema_source
        return source if isinstance(source, Schema) else source()

    def matches(self, path: str) -> bool:
        """Return whether the file at `path` is of this kind."""
        return self.files.matches(path)

    def settings(self) -> dict[str, Any]:
        """Return what a configuration says of the kind besides what every kind has, for digests.

        Nothing where it says nothing, so that digests of earlier configurations stay as they are.
        """
        patterns, reading = self.files, self.reading
        settings = {
            "except": list(patterns.exceptions),
            "deletions": self.deletions,
            "ids": "unique" if self.has_unique_ids else "",
            **(reading.settings() if reading != STRICT else {}),
        }
        return {name: value for name, value in settings.items() if value}


def launch_request(
    schema: Schema | Callable[[], Schema], schema_digest: str, launches: str
) -> Kind:
    """Return the shipped kind, with its files in the folder that the configuration names."""
    return Kind(
        name="LaunchRequest",
        files=FilePatterns((f"{launches}/*/{REQUEST_FILE}",)),
        schema_source=schema,
        id="object.metadata.name",
        schema_digest=schema_digest,
        process=("spec", "process"),
        has_questions=True,
    )


def waiver(schema: Schema | Callable[[], Schema], schema_digest: str, waivers: str) -> Kind:
    """Return the shipped kind of exceptions, judged like any request, by the pack of its own."""
    return Kind(
        name="Waiver",
        files=FilePatterns((f"{waivers}/*.yaml",)),
        schema_source=schema,
        id="object.metadata.name",
        schema_digest=schema_digest,
        packs=WAIVER_PACKS,
    )


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


def text_at(data: object, route: Route) -> str:
    """Return the text at `route` of plain data; "" where there is none."""
    value = value_at(data, route)
    return value if isinstance(value, str) else ""


def list_at(data: object, route: Route) -> list[Any]:
    """Return the list at `route` of plain data; an empty one where there is none."""
    value = value_at(data, route)
    return value if isinstance(value, list) else []


def stage_of(data: object) -> str:
    """Return the stage of a request, as plain data; "" where it has none."""
    return text_at(data, STAGE)
