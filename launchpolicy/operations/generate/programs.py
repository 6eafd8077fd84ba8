"""Compile the expressions of shipped packs ahead: `launchpolicy/shipped/programs/`."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from zlib import compress, decompress, error

from launchpolicy.engine.expressions import quantified_expression
from launchpolicy.hosts.shipped_files import CEL_LIBRARY, PROGRAMS
from launchpolicy.operations.generate.shipped_files import SHIPPED, compiled_packs
from launchpolicy.policy.cel.compiled_ahead import key_of
from launchpolicy.policy.cel.runtime import serialized_program
from launchpolicy.policy.joint_validation import joint_validation
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.policy.scoping import scoped_expression

_LOCK = ".ci/action.txt"

# The fields of `google.protobuf.Any` and of `cel.expr.CheckedExpr` (checked.proto) that stay. What
# is left out, the types and the places of each part, is needed only to explain or print it.
_TYPE, _MESSAGE = 1, 2
_REFERENCES, _EXPRESSION = 2, 4

_LENGTH_DELIMITED = 2  # the wire type of texts, messages and entries of maps


def shipped_programs(root: Path) -> dict[str, str]:
    """Return the compiled expressions of every pack; only the locked library writes them anew."""
    library = version(CEL_LIBRARY)
    files: dict[str, str] = {}
    for pack in compiled_packs(root):
        name = f"{SHIPPED}/{PROGRAMS}/{pack.name}.json"
        written = (root / name).read_text() if (root / name).is_file() else "{}"
        files[name] = _file_of(pack, library, written) if _is_locked(root, library) else written
    return files


def _is_locked(root: Path, library: str) -> bool:
    locked = f"{CEL_LIBRARY.replace('_', '-')}=={library} "
    return any(line.startswith(locked) for line in (root / _LOCK).read_text().splitlines())


def _file_of(pack: Pack, library: str, written: str) -> str:
    """Return the file of a pack; what is `written` there and still the same stays.

    Another build of zlib may compress the same bytes to others.
    """
    known: dict[str, str] = json.loads(written).get("programs", {})
    programs = {
        key_of(expression): smallest(serialized_program(expression))
        for policy in pack.policies
        for expression in expressions_of_pass(policy)
    }
    texts = {key: pack_program(programs[key], known.get(key, "")) for key in sorted(programs)}
    return json.dumps({"library": library, "programs": texts}, indent=0) + "\n"


def pack_program(program: bytes, known: str) -> str:
    """Return a program as the files have it: what is `known`, if that is the same."""
    with suppress(ValueError, error):
        if decompress(b64decode(known)) == program:
            return known
    return b64encode(compress(program, 9)).decode()


def expressions_of_pass(policy: Policy) -> Iterator[str]:
    """Yield the expressions that are evaluated where a request fulfils the policy."""
    for condition in policy.conditions:
        yield scoped_expression(policy, condition.expression)
    joint = joint_validation(policy)
    if joint is not None:
        yield joint.expression
    for number, validation in enumerate(policy.validations):
        if joint is None or number not in joint.numbers:
            quantified = quantified_expression(validation)
            yield scoped_expression(policy, quantified or validation.expression)
    if policy.quorum is not None:
        for _, expression, _ in policy.quorum.expressions():
            yield scoped_expression(policy, expression)


def smallest(program: bytes) -> bytes:
    """Return a compiled expression without what only explains it, and always in one order.

    The library writes the entries of a map in any order (Protocol Buffers, "Encoding": map fields
    are repeated entries, and a reader takes them in every order).
    """
    of_any = dict(_fields(program))
    parts = list(_fields(of_any[_MESSAGE]))
    references = sorted(value for number, value in parts if number == _REFERENCES)
    (expression,) = (value for number, value in parts if number == _EXPRESSION)
    message = [*((_REFERENCES, entry) for entry in references), (_EXPRESSION, expression)]
    return _message([(_TYPE, of_any[_TYPE]), (_MESSAGE, _message(message))])


def _message(fields: list[tuple[int, bytes]]) -> bytes:
    return b"".join(
        _number(field << 3 | _LENGTH_DELIMITED) + _number(len(value)) + value
        for field, value in fields
    )


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and value of each field that has a length."""
    place = 0
    while place < len(message):
        key, place = _read_number(message, place)
        size, place = _read_number(message, place)
        if key & 7 == _LENGTH_DELIMITED:
            yield key >> 3, message[place : place + size]
            place += size


def _read_number(message: bytes, place: int) -> tuple[int, int]:
    """Return the variable-length number that begins at a place, and the place behind it."""
    number = shift = 0
    while message[place] & 128:
        number |= (message[place] & 127) << shift
        place, shift = place + 1, shift + 7
    return number | message[place] << shift, place + 1


def _number(number: int) -> bytes:
    written = bytearray()
    while number > 127:  # noqa: PLR2004 (seven bits are in each byte)
        written.append(number & 127 | 128)
        number >>= 7
    return bytes([*written, number])
