"""Checkpoints: size and root of a ledger, as a note that may be signed.

C2SP tlog-checkpoint and signed-note. A note is a text, a blank line, and signature lines; here it
may lack them, and is then labelled as unsigned wherever it is shown.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import NamedTuple

from launchpolicy.ledger.merkle import EMPTY_ROOT, HASH_SIZE
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.vocabulary.text import Text

ORIGIN = re.compile(r"[a-z0-9]+([./_-][a-z0-9]+)*")
"""What a ledger may call itself: a schema-less URL, which is a path as well."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_KEY_ID = 4
_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A ledger at one moment. `extensions` are further lines, which mean nothing here."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the text that is signed; it ends with a line break."""
        lines = (self.origin, str(self.size), encode_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


class Signature(NamedTuple):
    """One signature line: who signed, with which key, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures, none of which has been verified."""

    text: str
    signatures: tuple[Signature, ...] = ()

    @property
    def source(self) -> str:
        """Return the note as it is stored."""
        lines = (
            f"— {signature.name} {encode_base64(signature.key_id + signature.signature)}\n"
            for signature in self.signatures
        )
        return f"{self.text}\n{''.join(lines)}"

    @property
    def is_signed(self) -> bool:
        return bool(self.signatures)


def parse_note(source: str) -> Note:
    """Return the note in a text.

    Raises:
        ProofError: it is none.
    """
    text, blank, rest = source.rpartition("\n\n")
    if not blank or any(ord(sign) < 0x20 and sign != "\n" for sign in source):  # noqa: PLR2004
        raise _odd("it is no note", "不是签名笔记格式")
    if rest and not rest.endswith("\n"):
        raise _odd("its last line does not end", "最后一行没有换行")
    return Note(f"{text}\n", tuple(_signature(line) for line in rest.split("\n")[:-1]))


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint in the text of a note.

    Raises:
        ProofError: it is none.
    """
    lines = text.split("\n")
    if len(lines) < _LINES + 1 or lines.pop() or not all(lines):
        raise _odd("a line is missing or empty", "缺少行或有空行")
    origin, size, root, *extensions = lines
    if ORIGIN.fullmatch(origin) is None:
        raise _odd("its origin is no name of a ledger", "来源名称不合法")
    if _SIZE.fullmatch(size) is None:
        raise _odd("its size is no number", "大小不是数字")
    checkpoint = Checkpoint(origin, int(size), decode_base64(root), tuple(extensions))
    if len(checkpoint.root) != HASH_SIZE or (
        checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT
    ):
        raise _odd("its root is no root", "根哈希不合法")
    return checkpoint


def encode_base64(data: bytes) -> str:
    """Return the bytes in base 64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """Return the bytes of base 64 that is written in the one canonical way.

    Raises:
        ProofError: it is not.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _odd("it holds bad base 64", "Base64 不合法") from error
    if encode_base64(data) != text:
        raise _odd("it holds base 64 that is not canonical", "Base64 不是规范写法")
    return data


def _signature(line: str) -> Signature:
    match = _SIGNATURE.fullmatch(line)
    if match is None:
        raise _odd("a signature line is not right", "签名行格式不正确")
    data = decode_base64(match.group(2))
    if len(data) <= _KEY_ID:
        raise _odd("a signature is too short", "签名过短")
    return Signature(match.group(1), data[:_KEY_ID], data[_KEY_ID:])


def _odd(why: str, why_zh: str) -> ProofError:
    return ProofError(Text(f"the checkpoint is not right: {why}", f"检查点不正确：{why_zh}"))
