"""The kinds of request of a launch repository: the shipped ones, and those that it declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from launchpolicy.documents.reading import Document
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.hosts import checked_packs, shipped_files
from launchpolicy.hosts.shipped_files import ShippedRules
from launchpolicy.operations.rules.usable_kinds import (
    require_usable_lookups,
    require_usable_name,
    require_usable_schema,
    require_usable_texts,
    schema_data,
    too_large_schema,
    translate_schema,
    unusable_schema,
)
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION, FIRST_EDITION, THIRD_EDITION
from launchpolicy.requests.configuration import Configuration, KindDeclaration, Paths
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import RULES, Kind, launch_request, value_at, waiver
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place, Route
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where kinds are declared
    from launchpolicy.requests.pattern_overlap import SharedPath

_MAX_SCHEMA = 4 * 1024 * 1024
_SHIPPED = ("LaunchRequest", "Waiver")


def shipped_kinds(paths: Paths, then: ShippedRules | None = None) -> dict[str, Kind]:
    """Return the kinds that every launch repository has, by name."""
    (request, request_digest), (exception, exception_digest) = (
        shipped_files.unread_schema(kind) if then is None else then.kinds[kind]
        for kind in shipped_files.KINDS
    )
    return {
        "LaunchRequest": launch_request(request, request_digest, paths.launches),
        "Waiver": waiver(exception, exception_digest, paths.waivers),
    }


def declared_kinds(
    snapshot: Snapshot,
    file: Document,
    configuration: Configuration,
    then: ShippedRules | None = None,
) -> dict[str, Kind]:
    """Return the shipped kind and the further kinds of a configuration, by name.

    Raises:
        MalformedRulesError: a kind cannot be used.
    """
    kinds = shipped_kinds(configuration.paths, then)
    edition = EDITION if then is None else then.edition
    for number, declaration in enumerate(configuration.kinds):
        route: Route = ("kinds", number)
        if declaration.name in kinds or declaration.name == RULES:
            raise MalformedRulesError((name_taken(file, (*route, "name"), declaration.name),))
        kinds[declaration.name] = _kind(snapshot, file, route, declaration, edition)
    if edition > FIRST_EDITION:
        _require_apart(file, configuration, kinds)
    for number, declaration in enumerate(configuration.kinds):
        if declaration.lookups:
            require_usable_lookups(file, ("kinds", number), kinds[declaration.name], kinds)
    if not configuration.data:
        return kinds
    return _with_data(snapshot, file, configuration, kinds, edition)


def _with_data(
    snapshot: Snapshot,
    file: Document,
    configuration: Configuration,
    kinds: Mapping[str, Kind],
    edition: int,
) -> dict[str, Kind]:
    from launchpolicy.operations.rules.data_documents import with_data  # noqa: PLC0415 (few have any)

    schemas = {
        declaration.name: _schema_file(
            snapshot, file, ("data", number, "schema"), declaration.schema, edition
        )
        for number, declaration in enumerate(configuration.data)
        if declaration.schema
    }
    return with_data(snapshot, file, configuration, kinds, schemas, edition)


def _require_apart(file: Document, configuration: Configuration, kinds: Mapping[str, Kind]) -> None:
    """Require that no file can be of two kinds: the first would hide it from the other's packs.

    Raises:
        MalformedRulesError: two patterns have a file in common.
    """
    earlier = [name for name in kinds if name in _SHIPPED]
    for number, declaration in enumerate(configuration.kinds):
        for name in earlier:
            shared = _shared_path(kinds[name].files, declaration.files)
            if shared is not None:
                where = _pattern_place(file, ("kinds", number, "files"), declaration, shared)
                raise MalformedRulesError((_overlap(where, declaration, kinds[name], shared),))
        earlier.append(declaration.name)


def _shared_path(one: FilePatterns, other: FilePatterns) -> SharedPath | None:
    if not one.may_meet(other):
        return None
    from launchpolicy.requests.pattern_overlap import shared_path  # noqa: PLC0415 (few may meet)

    return shared_path(one, other)


def _pattern_place(
    file: Document, route: Route, declaration: KindDeclaration, shared: SharedPath
) -> Place:
    is_list = isinstance(value_at(file.data, route), list)
    number = declaration.files.files.index(shared.other)
    return file.place((*route, number) if is_list else route)


def _overlap(
    where: Place, declaration: KindDeclaration, other: Kind, shared: SharedPath
) -> Finding:
    such_as = Text(f", such as {shared.path}", f"（例如 {shared.path}）")
    if not shared.path:
        such_as = Text(", as far as can be seen", "（在可判断的范围内）")
    return Finding(
        "configuration/kinds-overlap",
        Text(
            f"A file can be of two kinds, {declaration.name} ({shared.other}) and {other.name}"
            f" ({shared.one}){such_as.en}.",
            f"同一文件可能既是 {declaration.name}（{shared.other}），"
            f"又是 {other.name}（{shared.one}）{such_as.zh}。",
        ),
        where,
        Text(
            f"Each file belongs to one kind: change `files`, or leave those to {other.name} by "
            f'`except: "{shared.one}"` of {declaration.name}.',
            "每个文件只能属于一种类型：请修改 `files`，"
            f'或在 {declaration.name} 中写 `except: "{shared.one}"`，'
            f"把这些文件让给 {other.name}。",
        ),
    )


def _kind(
    snapshot: Snapshot, file: Document, route: Route, declaration: KindDeclaration, edition: int
) -> Kind:
    schema = _schema_file(snapshot, file, (*route, "schema"), declaration.schema, edition)
    kind = Kind(
        name=declaration.name,
        files=declaration.files,
        schema_source=schema,
        id=declaration.id,
        schema_digest=_digest(file, route, declaration.schema, schema),
        packs=declaration.packs,
        lookups=declaration.lookups,
        is_approved_whole=edition > THIRD_EDITION,
        deletions=declaration.deletions,
        reading=declaration.reading,
        has_unique_ids=declaration.has_unique_ids,
    )
    key = checked_packs.key_of_kind(kind, edition)
    is_known = checked_packs.is_known(key)
    if not is_known:
        require_usable_schema(file, route, declaration.schema, schema, edition)
    kind = kind._replace(schema_source=translate_schema(schema))
    if not is_known:
        require_usable_name(file, route, kind, edition)
        require_usable_texts(file, route, kind)
        checked_packs.remember(key)
    return kind


def _digest(file: Document, route: Route, path: str, schema: Schema) -> str:
    try:
        return digest_of(schema)
    except (ValueError, RecursionError):  # such as NaN: the check of the schema says it better
        require_usable_schema(file, route, path, schema)
        raise


def _schema_file(
    snapshot: Snapshot, file: Document, route: Route, path: str, edition: int
) -> Schema:
    entry = snapshot.entry(path)
    if entry is None or entry.mode not in REGULAR_MODES:
        raise MalformedRulesError(
            (unusable_schema(file, route, path, "no such file", "文件不存在"),)
        )
    blob = read_one(snapshot, entry, _MAX_SCHEMA)
    if blob.data is None:
        raise MalformedRulesError((too_large_schema(file, route, path, blob.size, _MAX_SCHEMA),))
    schema = schema_data(file, route, path, blob.data, edition)
    if not isinstance(schema, dict):
        raise MalformedRulesError(
            (unusable_schema(file, route, path, "not a JSON object", "不是 JSON 对象"),)
        )
    return Schema(schema)


def name_taken(file: Document, route: Route, name: str) -> Finding:
    """Return the finding about a name that something else in the configuration has."""
    return Finding(
        "configuration/name-taken",
        Text(f"The name `{name}` is taken.", f"名称 `{name}` 已被占用。"),
        file.place(route),
        Text("Choose another name.", "请换一个名称。"),
    )


def pack_name_taken(name: str, folder: str, earlier: str) -> Finding:
    """Return the finding about the pack in `folder` whose name the pack in `earlier` has.

    `earlier` is empty for a pack that comes with the program.
    """
    other = Text(f"the pack in {earlier}", f"{earlier} 中的策略包")
    if not earlier:
        other = Text("a pack that comes with launchpolicy", "launchpolicy 自带的策略包")
    return Finding(
        "configuration/name-taken",
        Text(
            f"The name `{name}` of this pack is taken, by {other.en}.",
            f"该策略包的名称 `{name}` 已被{other.zh}占用。",
        ),
        Place(f"{folder}/pack.yaml", START),
        Text(
            "Rename one of the two, with its folder; from a bundle, take its other packs only: "
            "launchpolicy bundle add SOURCE --pack NAME",
            "请为其中之一改名（目录名一并修改）；若来自外部策略集，则只复制其中的其他策略包："
            "launchpolicy bundle add 来源 --pack 名称",
        ),
    )
