"""What makes a kind that a configuration declares unusable: its schema, or the name it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.reading_rules import RoutePattern
from launchpolicy.documents.schema.dialect import NEW_KEYWORDS, RECURSIVE, is_in_our_dialect
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.hosts import checked_packs
from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION, SIXTH_EDITION, THIRD_EDITION
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Route
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where a kind keeps text
    from launchpolicy.documents.schema.text_routes import TextRouteProblem


def require_usable_schema(
    file: Document, kind: Route, path: str, schema: Mapping[str, Any], edition: int = EDITION
) -> None:
    """Refuse a schema that cannot be trusted to refuse what it means to refuse.

    Args:
        file: the configuration.
        kind: the route of the declaration in it.
        path: where the schema stands.
        schema: the schema.
        edition: that of the program as which it is checked.

    Raises:
        MalformedRulesError: it is not right.
    """
    if edition <= THIRD_EDITION and not is_in_our_dialect(schema, without=NEW_KEYWORDS):
        why = Text("it was not understood at the time", "当时的程序无法识别")
        finding = unusable_schema(file, (*kind, "schema"), path, why.en, why.zh)
        raise MalformedRulesError((finding,))
    # Loaded here on purpose: a kind that was checked before needs none of it.
    from launchpolicy.documents.schema.acceptance import check_schema  # noqa: PLC0415

    problems = check_schema(dict(schema), remembers_answers=edition > SEVENTH_EDITION)
    if problems:
        why = problems[0].message
        finding = unusable_schema(file, (*kind, "schema"), path, why.en, why.zh)
        raise MalformedRulesError((finding,))


def schema_data(
    file: Document, route: Route, path: str, source: bytes, edition: int = EDITION
) -> object:
    """Return what a file of a schema holds: JSON, or YAML where its name ends so.

    Args:
        file: the configuration.
        route: where it names the schema.
        path: where the schema stands.
        source: the file.
        edition: that of the program as which it is read; since the sixth, no key may stand twice.

    Raises:
        MalformedRulesError: it cannot be read.
    """
    if path.endswith((".yaml", ".yml")):
        document = read(path, source)
        if not isinstance(document, Document):
            raise MalformedRulesError(document.findings)
        return document.data
    repeats: list[int] = []

    def members_of(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) < len(pairs):
            repeats.append(len(pairs))
        return members

    try:
        schema = json.loads(source, object_pairs_hook=members_of)
        require_whole_characters(file, route, path, schema)
    except (ValueError, RecursionError) as error:
        raise MalformedRulesError(
            (unusable_schema(file, route, path, f"not JSON: {error}", f"不是 JSON：{error}"),)
        ) from error
    if repeats and edition > SIXTH_EDITION:
        raise MalformedRulesError((_repeated_key(file, route, path, source),))
    return schema


def _repeated_key(file: Document, route: Route, path: str, source: bytes) -> Finding:
    """Return the finding about a schema in JSON in which a key stands twice in an object."""
    from launchpolicy.documents.json_text import repeated_key  # noqa: PLC0415 (rare)

    twice = repeated_key(source.decode(json.detect_encoding(source)))
    where = "" if twice is None else f"line {twice.line}, column {twice.column}: "
    where_zh = "" if twice is None else f"第 {twice.line} 行第 {twice.column} 列："
    key = "" if twice is None else f" `{twice.key}`"
    why, why_zh = f"{where}the key{key} stands twice", f"{where_zh}键{key} 出现两次"
    return unusable_schema(file, route, path, why, why_zh)


def too_large_schema(file: Document, route: Route, path: str, size: int, most: int) -> Finding:
    """Return the finding about a schema file of `size` bytes, of which `most` are read."""
    return Finding(
        "configuration/schema",
        Text(
            f"The schema {path} has {size} bytes; at most {most >> 20} MiB are read.",
            f"结构定义 {path} 有 {size} 字节，最多读取 {most >> 20} MiB。",
        ),
        file.place(route),
        Text(
            "Leave out what no document of this kind needs, or descriptions and examples.",
            "请删去该类型文档用不到的部分，或删去说明与示例。",
        ),
    )


def require_whole_characters(file: Document, route: Route, path: str, schema: object) -> None:
    """Refuse half a surrogate pair in a schema: JSON can escape one, and no text can hold it.

    Raises:
        MalformedRulesError: there is one, in a key or a value.
    """
    try:
        json.dumps(schema, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half, line = _half_character(schema)
        why = f"{half} is half a character, in {line}"
        why_zh = f"{half} 不是完整的字符，位于 {line}"
        finding = unusable_schema(file, route, path, why, why_zh)
        raise MalformedRulesError((finding,)) from error


def _half_character(schema: object) -> tuple[str, str]:
    """Return the first half of a surrogate pair as an escape, and the line that holds it."""
    text = json.dumps(schema, ensure_ascii=False, indent=0)
    half = next(character for character in text if "\ud800" <= character <= "\udfff")
    line = ascii(next(line for line in text.split("\n") if half in line))
    return ascii(half)[1:-1], line[1:-1][:80]


def require_usable_name(file: Document, route: Route, kind: Kind, edition: int) -> None:
    """Refuse an expression that does not name the documents of a kind, as an edition checks it.

    Raises:
        MalformedRulesError: it is not right.
    """
    from launchpolicy.policy.checking import check_name  # noqa: PLC0415 (needs protobuf)

    findings = check_name(file, (*route, "id"), kind, edition)
    if findings:
        raise MalformedRulesError(findings)


def require_usable_lookups(
    file: Document, route: Route, kind: Kind, kinds: Mapping[str, Kind]
) -> None:
    """Refuse lookups of a kind that name no kind, or whose paths are no expressions over it.

    Raises:
        MalformedRulesError: one is not right.
    """
    key = checked_packs.key_of_lookups(kind, kinds.values())
    if checked_packs.is_known(key):
        return
    from launchpolicy.policy.checking import check_lookups  # noqa: PLC0415 (needs protobuf)

    findings = check_lookups(file, (*route, "lookups"), kind, kinds)
    if findings:
        raise MalformedRulesError(findings)
    checked_packs.remember(key)


def require_usable_texts(file: Document, route: Route, kind: Kind) -> None:
    """Refuse a route of `keepText` at which no text can stand: it would keep nothing.

    `route` is that of the declaration in the configuration.

    Raises:
        MalformedRulesError: one leads nowhere, or to what is no text.
    """
    if not kind.reading.text_routes:
        return
    from launchpolicy.documents.schema.text_routes import (  # noqa: PLC0415 (few keep text)
        text_route_problem,
    )

    for number, steps in enumerate(kind.reading.text_routes):
        problem = text_route_problem(kind.schema, steps)
        if problem is not None:
            place = file.place((*route, "keepText", number))
            raise MalformedRulesError((_useless_text(place, kind.name, steps, problem),))


def _useless_text(
    place: Place, kind: str, steps: RoutePattern, problem: TextRouteProblem
) -> Finding:
    written = ".".join(steps)
    why = Text(
        f"The schema of {kind} has no `{written}`, so no text would be kept.",
        f"{kind} 的结构定义中没有 `{written}`，不会保留任何文本。",
    )
    if problem.name == "NOT_TEXT":
        why = Text(
            f"At `{written}` the schema of {kind} allows no text.",
            f"{kind} 的结构定义不允许 `{written}` 处为文本。",
        )
    return Finding(
        "configuration/keep-text",
        why,
        place,
        Text(
            f"Name a field of type string: launchpolicy schema {kind}.",
            f"请填写类型为 string 的字段：launchpolicy schema {kind}。",
        ),
    )


def unusable_schema(file: Document, route: Route, path: str, why: str, why_zh: str) -> Finding:
    """Return the finding about the schema file at `path`, named at `route` of the configuration."""
    return Finding(
        "configuration/schema",
        Text(f"The schema {path} cannot be used: {why}.", f"结构定义 {path} 无法使用：{why_zh}。"),
        file.place(route),
        Text(
            "Give the path of a JSON Schema (draft-04 to 2020-12) in this repository, "
            "and correct what is named above in it.",
            "请填写本仓库中 JSON Schema（draft-04 至 2020-12）文件的路径，"
            "并在该文件中修正上述问题。",
        ),
    )


def translate_schema(schema: Schema) -> Schema:
    """Return a usable schema in the dialect in which all judging is done."""
    if not is_in_our_dialect(schema):
        # Loaded here: few schemas are written in another draft, or with words that say nothing.
        from launchpolicy.documents.schema.translation import in_our_dialect  # noqa: PLC0415

        schema = Schema(in_our_dialect(schema))
    # Loaded here: what comes with the program has no definition that leads back to itself.
    from launchpolicy.documents.schema.remembered_answers import may_refer_to_itself  # noqa: PLC0415

    if not may_refer_to_itself(schema):
        return schema
    return Schema({**schema, RECURSIVE: True})
