"""The data documents of a launch repository, read from the same snapshot as its other rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.documents.data_files import (
    MAX_DATA_BYTES,
    DataFile,
    data_too_large,
    part_of,
    read_data,
)
from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import not_a_file
from launchpolicy.hosts import checked_packs
from launchpolicy.operations.rules.data_problems import (
    inside_requests,
    leads_nowhere,
    missing_file,
    no_route,
    unknown_format,
)
from launchpolicy.operations.rules.usable_kinds import require_usable_schema, translate_schema
from launchpolicy.policy.data_types import with_data_types
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION
from launchpolicy.requests.configuration import Configuration, Paths
from launchpolicy.requests.data import DataDeclaration, DataDocuments
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.place import Route, parse_route
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot


def with_data(
    snapshot: Snapshot,
    file: Document,
    configuration: Configuration,
    kinds: Mapping[str, Kind],
    schemas: Mapping[str, Schema],
    edition: int = EDITION,
) -> dict[str, Kind]:
    """Return the kinds, each with the data documents that `configuration` declares.

    Args:
        snapshot: where the rules are read from, which is never what is proposed.
        file: the configuration as a document.
        configuration: the same, validated.
        kinds: the kinds without data.
        schemas: those of the data documents that declare one, not checked yet.
        edition: that of the program as which they are checked.

    Raises:
        MalformedRulesError: a data document cannot be read, or is not what its schema says.
        UndecidedError: git cannot read it.
    """
    values: dict[str, Any] = {}
    usable: dict[str, Schema] = {}
    for number, declaration in enumerate(configuration.data):
        route: Route = ("data", number)
        _require_outside(file, route, declaration, configuration.paths, kinds.values())
        part = _data_file(snapshot, file, route, declaration)
        if declaration.name in schemas:
            schema = schemas[declaration.name]
            _require_usable(file, route, declaration.schema, schema, edition)
            usable[declaration.name] = translate_schema(schema)
            _require_shape(usable[declaration.name], part)
        values[declaration.name] = part.data
    names = tuple(values)
    return {
        name: kind._replace(
            data=DataDocuments(values, usable, with_data_types(kind.schema, names, usable))
        )
        for name, kind in kinds.items()
    }


def _require_outside(
    file: Document,
    route: Route,
    declaration: DataDeclaration,
    paths: Paths,
    kinds: Iterable[Kind],
) -> None:
    """Require that a data document is no request and no evidence: its owners are the rules' owners.

    Raises:
        MalformedRulesError: it stands where requests do.
    """
    folders = (f"{paths.launches}/", f"{paths.waivers}/")
    is_request = any(kind.matches(declaration.file) for kind in kinds)
    if is_request or declaration.file.startswith(folders):
        where = file.place((*route, "file"))
        raise MalformedRulesError((inside_requests(where, declaration.file),))


def _data_file(
    snapshot: Snapshot, file: Document, route: Route, declaration: DataDeclaration
) -> DataFile:
    """Return what a declaration names.

    Raises:
        MalformedRulesError: it is not there, or cannot be read as data.
    """
    if not declaration.stated_format:
        where = file.place((*route, "file"))
        raise MalformedRulesError((unknown_format(where, declaration.file),))
    try:
        at = parse_route(declaration.at)
    except ValueError as error:
        where = file.place((*route, "at"))
        raise MalformedRulesError((no_route(where, declaration.at),)) from error
    entry = snapshot.entry(declaration.file)
    if entry is None:
        where = file.place((*route, "file"))
        raise MalformedRulesError((missing_file(where, declaration.file, snapshot.label),))
    if entry.mode not in REGULAR_MODES:
        raise MalformedRulesError((not_a_file(declaration.file),))
    (blob,) = snapshot.read([entry], MAX_DATA_BYTES)
    whole: DataFile | Refusal
    if blob.data is None:
        whole = data_too_large(declaration.file, blob.size)
    else:
        whole = read_data(declaration.file, blob.data, declaration.stated_format)
    if isinstance(whole, Refusal):
        raise MalformedRulesError(whole.findings)
    part = part_of(whole, at)
    if not isinstance(part, DataFile):
        where = file.place((*route, "at"))
        raise MalformedRulesError((leads_nowhere(where, declaration, whole, part),))
    return part


def _require_usable(
    file: Document, declaration: Route, path: str, schema: Schema, edition: int
) -> None:
    """Refuse a schema that cannot be used, where this user has not checked that very one before.

    Raises:
        MalformedRulesError: it is not right.
    """
    try:
        key = checked_packs.key_of_schema(digest_of(schema), edition)
    except (ValueError, RecursionError):  # such as NaN: the check of the schema says it better
        require_usable_schema(file, declaration, path, schema, edition)
        raise
    if not checked_packs.is_known(key):
        require_usable_schema(file, declaration, path, schema, edition)
        checked_packs.remember(key)


def _require_shape(schema: Schema, part: DataFile) -> None:
    """Require that the data follows its schema.

    Raises:
        MalformedRulesError: it does not.
    """
    if schema.accepts(part.data):
        return
    from launchpolicy.documents.schema.explanation import explain  # noqa: PLC0415 (only what fails)

    raise MalformedRulesError(explain(schema, part))
