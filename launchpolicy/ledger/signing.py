"""Ed25519 signatures of notes, and their keys (C2SP signed-note; the formats of Go's `note`).

The one module that knows the library `cryptography`, which is loaded when something is signed or
verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from launchpolicy.ledger.checkpoint import Note, Signature, decode_base64, encode_base64
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_LENGTH = 32


class Verifier(NamedTuple):
    """A public key under its name; `source` is how it is written down."""

    name: str
    key_id: bytes
    key: bytes

    @property
    def source(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(_ED25519 + self.key)}"


class Signer(NamedTuple):
    """A private key under its name."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        key = _library().private(self.seed).public_key()
        public = key.public_bytes_raw()
        return Verifier(self.name, _key_id(self.name, public), public)

    @property
    def source(self) -> str:
        """Return how the key is written down; anyone who reads it can sign."""
        key_id = self.verifier.key_id.hex()
        return f"{_PRIVATE}{self.name}+{key_id}+{encode_base64(_ED25519 + self.seed)}"


def is_key_name(name: str) -> bool:
    """Return whether a key can have this name: text in UTF-8 without white space or `+`."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return bool(name) and "+" not in name and not any(sign.isspace() for sign in name)


def signer_of(source: str) -> Signer:
    """Return the signer that is written down so.

    Raises:
        UsageError: it is none. What was given is not repeated: it may be a secret.
    """
    name, key_id, seed = _parts(source.strip().removeprefix(_PRIVATE), _ED25519)
    signer = Signer(name, seed)
    if not source.strip().startswith(_PRIVATE) or signer.verifier.key_id != key_id:
        raise _no_key()
    return signer


def verifier_of(source: str) -> Verifier:
    """Return the verifier that is written down so.

    Raises:
        UsageError: it is none.
    """
    return Verifier(*key_parts(source.strip(), _ED25519))


def key_parts(source: str, kind: bytes) -> tuple[str, bytes, bytes]:
    """Return the name, the id and the bytes of a public key of a kind (signed-note, one byte).

    Raises:
        UsageError: it is none.
    """
    if source.startswith(_PRIVATE):
        raise _no_key()
    name, key_id, key = _parts(source, kind)
    if _key_id(name, key, kind) != key_id:
        raise _no_key()
    return name, key_id, key


def sign(text: str, signer: Signer | None) -> Note:
    """Return a note with this text; without a signer an unsigned one."""
    if signer is None:
        return Note(text)
    key = _library().private(signer.seed)
    signature = Signature(signer.name, signer.verifier.key_id, key.sign(text.encode()))
    return Note(text, (signature,))


def verify(note: Note, verifiers: Iterable[Verifier]) -> tuple[str, ...]:
    """Return the names of the known keys that signed a note; strangers' signatures are passed over.

    Raises:
        ProofError: a known key's signature is bad or stands twice, or no known key signed.
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    seen: set[tuple[str, bytes]] = set()
    names: list[str] = []
    for signature in note.signatures:
        key = (signature.name, signature.key_id)
        verifier = known.get(key)
        if verifier is None:
            continue
        if key in seen:
            raise _odd(f"{signature.name} signed twice", f"{signature.name} 重复签名")
        seen.add(key)
        if not _is_good(note.text, signature, verifier):
            raise _odd(f"the signature of {signature.name} is bad", f"{signature.name} 的签名无效")
        names.append(signature.name)
    if not names:
        raise _odd("no known key has signed it", "没有已知密钥的签名")
    return tuple(names)


def _is_good(text: str, signature: Signature, verifier: Verifier) -> bool:
    return is_signature_of(verifier.key, signature.signature, text.encode())


def is_signature_of(key: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether the Ed25519 key with these 32 bytes made a signature over a message."""
    library = _library()
    public = library.public(key)
    try:
        public.verify(signature, message)
    except library.refusal:
        return False
    return True


def _parts(source: str, kind: bytes) -> tuple[str, bytes, bytes]:
    name, first, rest = source.partition("+")
    key_id, second, encoded_key = rest.partition("+")
    try:
        data, identity = decode_base64(encoded_key), bytes.fromhex(key_id)
    except ValueError as error:
        raise _no_key() from error
    is_whole = bool(name and first and second) and data[:1] == kind
    if not is_whole or len(data) != _LENGTH + 1 or not is_key_name(name):
        raise _no_key()
    return name, identity, data[1:]


def public_key_of(written: str) -> Callable[[bytes, bytes], bool] | None:
    """Return what tells whether a key made a signature over some bytes, in this order.

    The key is a line of an SSH public key or PEM, for Ed25519 or ECDSA; None where it is no such
    key.
    """
    _library()
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415

    is_pem = written.lstrip().startswith("-----BEGIN")
    load = serialization.load_pem_public_key if is_pem else serialization.load_ssh_public_key
    try:
        key = load(written.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if not isinstance(key, (ed25519.Ed25519PublicKey, ec.EllipticCurvePublicKey)):
        return None
    digests = {384: hashes.SHA384(), 521: hashes.SHA512()}

    def is_by_key(signature: bytes, data: bytes) -> bool:
        try:
            if isinstance(key, ed25519.Ed25519PublicKey):
                key.verify(signature, data)
            else:
                key.verify(
                    signature, data, ec.ECDSA(digests.get(key.curve.key_size, hashes.SHA256()))
                )
        except InvalidSignature:
            return False
        return True

    return is_by_key


def _key_id(name: str, key: bytes, kind: bytes = _ED25519) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + key).digest()[:4]


class _Library(NamedTuple):
    """What is used of the library, as it calls it."""

    private: Callable[[bytes], Ed25519PrivateKey]
    public: Callable[[bytes], Ed25519PublicKey]
    refusal: type[Exception]


def _library() -> _Library:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
            Ed25519PublicKey,
        )
    except ImportError as error:
        raise _missing() from error
    return _Library(
        Ed25519PrivateKey.from_private_bytes, Ed25519PublicKey.from_public_bytes, InvalidSignature
    )


def _missing() -> UndecidedError:
    return UndecidedError(
        Text(
            "Signed checkpoints need the library `cryptography`, which is not installed.",
            "签名检查点需要 `cryptography` 库，而它尚未安装。",
        ),
        Text(
            "Install launchpolicy again, or run `pip install cryptography`.",
            "请重新安装 launchpolicy，或运行 `pip install cryptography`。",
        ),
    )


def _no_key() -> UsageError:
    return UsageError(
        Text("This is no key of a ledger.", "这不是上线日志密钥。"),
        Text(
            "A verifier key reads NAME+ID+KEY, a signing key PRIVATE+KEY+NAME+ID+KEY; make a pair "
            "with: launchpolicy ledger keygen NAME.",
            "公钥形如 NAME+ID+KEY，签名密钥形如 PRIVATE+KEY+NAME+ID+KEY；"
            "可用 launchpolicy ledger keygen NAME 生成一对。",
        ),
    )


def _odd(why: str, why_zh: str) -> ProofError:
    return ProofError(
        Text(f"the checkpoint's signature does not hold: {why}", f"检查点签名无效：{why_zh}")
    )
