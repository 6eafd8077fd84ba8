"""What comes with the program: schemas of the kinds and the compiled packs.

Generated from `schemas/` and `policies/` (`make generate`), so that a start parses no policy YAML.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.compiled_ahead import Programs, take_programs
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION, FIRST_EDITION
from launchpolicy.policy.policy import Pack, pack_of
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.named_tuple import NamedTuple

if TYPE_CHECKING:
    from launchpolicy.policy.clauses import Clauses
    from launchpolicy.policy.obligations import Obligation

FOLDER = Path(__file__).parent.parent / "shipped"


class ShippedSchema(NamedTuple):
    """A schema as plain data, with the SHA-256 of its bytes."""

    data: Schema
    digest: str


class UnreadSchema(NamedTuple):
    """A schema that is read when it is first needed, with the SHA-256 of its bytes."""

    read: Callable[[], Schema]
    digest: str


class ShippedObligations(NamedTuple):
    """The obligations, and what proves that the shipped policies enforce them.

    `cases` are by policy the name and outcome of its first case that does not pass; `probes` the
    names of probes by obligation.
    """

    obligations: tuple[Obligation, ...]
    cases: Mapping[str, tuple[str, str]]
    probes: Mapping[str, tuple[str, ...]]


class ShippedRules(NamedTuple):
    """What comes with a program and decides verdicts: its packs, and the kinds of its own.

    `texts` are the schemas of those kinds, as written. `edition` is that of what the program
    decides besides them.
    """

    packs: Mapping[str, Pack]
    texts: Mapping[str, str]
    kinds: Mapping[str, ShippedSchema]
    edition: int = FIRST_EDITION

    @property
    def digest(self) -> str:
        """Return one digest over all of it."""
        return digest_of(
            {
                "packs": {name: pack.digest for name, pack in self.packs.items()},
                "kinds": {name: kind.digest for name, kind in self.kinds.items()},
                **({"edition": self.edition} if self.edition > FIRST_EDITION else {}),
            }
        )


SCHEMA_DIGESTS = "schema_digests.json"
"""The digests of the shipped schemas, so that a check that needs only these reads no schema."""

PROGRAMS = "programs"
"""The folder of the compiled expressions of shipped packs, one file for each pack."""

CEL_LIBRARY = "cel_expr_python"
"""The name of the library that reads compiled expressions, as a folder of modules."""

KINDS = ("LaunchRequest", "Waiver")
"""The kinds of request that every launch repository has."""


@functools.cache
def current() -> ShippedRules:
    """Return what comes with this program."""
    texts = {kind: _schema_file(kind).read_bytes().decode("utf-8") for kind in KINDS}
    packs = {name: pack(name) for name in pack_names()}
    return ShippedRules(packs, texts, {kind: schema(kind) for kind in KINDS}, EDITION)


def known_sets() -> frozenset[str]:
    """Return the digests of what comes with this program and with its earlier releases."""
    releases: dict[str, str] = json.loads((FOLDER / "known_sets.json").read_bytes())
    return frozenset({*releases.values(), current().digest})


@functools.cache
def schema(kind: str) -> ShippedSchema:
    """Return the shipped schema of a kind, such as `LaunchRequest` or `Policy`."""
    return schema_of(_schema_file(kind).read_bytes())


@functools.cache
def unread_schema(kind: str) -> UnreadSchema:
    """Return a shipped schema that is not read yet: most checks are about other kinds.

    Raises (when it is read):
        ValueError: its bytes are not those of which the digest was made.
    """
    digest = schema_digests()[kind]
    return UnreadSchema(functools.partial(_schema_with_digest, kind, digest), digest)


@functools.cache
def schema_digests() -> Mapping[str, str]:
    """Return the SHA-256 of the bytes of every shipped schema, by kind."""
    digests: dict[str, str] = json.loads((FOLDER / SCHEMA_DIGESTS).read_bytes())
    return digests


def _schema_with_digest(kind: str, digest: str) -> Schema:
    shipped = schema(kind)
    if shipped.digest != digest:
        message = f"the shipped schema of {kind} is not the one that {SCHEMA_DIGESTS} names"
        raise ValueError(message)
    return shipped.data


def schema_of(source: bytes) -> ShippedSchema:
    """Return the schema in some bytes."""
    return ShippedSchema(Schema(json.loads(source)), "sha256:" + sha256(source))


def _schema_file(kind: str) -> Path:
    return FOLDER / "schemas" / f"{kind}.json"


def schema_kinds() -> tuple[str, ...]:
    """Return the kinds that have a shipped schema."""
    return tuple(sorted(path.stem for path in (FOLDER / "schemas").glob("*.json")))


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped packs."""
    return tuple(sorted(path.stem for path in (FOLDER / "packs").glob("*.json")))


@functools.cache
def pack(name: str) -> Pack:
    """Return the shipped pack of this name."""
    compiled = json.loads((FOLDER / "packs" / f"{name}.json").read_bytes())
    take_programs(functools.partial(_programs, name))
    return pack_of(compiled["source"], compiled["digest"])


def _programs(pack_name: str) -> Programs:
    """Return the compiled expressions of a pack, if the library that wrote them is installed."""
    written = json.loads((FOLDER / PROGRAMS / f"{pack_name}.json").read_bytes())
    programs: Programs = written["programs"] if _is_installed(written["library"]) else {}
    return programs


def _is_installed(library: str) -> bool:
    """Return whether the library of CEL has this version.

    It does not name its version itself, and asking for what is installed takes 10 ms.
    """
    package = find_spec(CEL_LIBRARY)
    folders = () if package is None else package.submodule_search_locations or ()
    metadata = f"{CEL_LIBRARY}-{library}.dist-info"
    return any(Path(folder).with_name(metadata).is_dir() for folder in folders)


def clauses() -> Clauses:
    """Return the clauses of the source documents that the shipped packs implement."""
    from launchpolicy.policy.clauses import clauses_of  # noqa: PLC0415 (no check needs it)

    return clauses_of(json.loads((FOLDER / "clauses.json").read_bytes()))


@functools.cache
def obligations() -> ShippedObligations:
    """Return the obligations, and what proves that the shipped policies enforce them."""
    from launchpolicy.policy.obligations import obligations_of  # noqa: PLC0415 (no check needs it)

    data = json.loads((FOLDER / "obligations.json").read_bytes())
    return ShippedObligations(
        obligations_of(data),
        {policy: (case[0], case[1]) for policy, case in data["cases"].items()},
        {obligation: tuple(names) for obligation, names in data["probes"].items()},
    )


def obligation_names() -> tuple[str, ...]:
    """Return the names of all obligations, in their order."""
    return tuple(obligation.id for obligation in obligations().obligations)
