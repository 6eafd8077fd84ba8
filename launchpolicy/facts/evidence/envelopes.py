"""What lies around an in-toto statement: DSSE envelopes and the bundles of sigstore."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.facts.evidence.contents import SignedPayload, identifier
from launchpolicy.facts.evidence.json_reading import JsonError, object_of, objects, text
from launchpolicy.policy.edition import EDITION, FOURTH_EDITION
from launchpolicy.vocabulary.text import Text

STATEMENT_TYPE: Final = "application/vnd.in-toto+json"
UNVERIFIED: Final = Text(" (the signature is not verified)", "（签名未经验证）")
"""What stands at the end of a sentence about a statement that is signed, as far as one can see."""

_URL_SAFE: Final = str.maketrans("-_", "+/")
_BUNDLE: Final = "application/vnd.dev.sigstore.bundle"


_LAYERS: Final = {
    "bundle": "bundle",
    "dsseEnvelope": "bundle of sigstore",
    "messageSignature": "bundle of sigstore",
    "payload": "envelope",
    "payloadType": "envelope",
    "signatures": "envelope",
    "_type": "statement",
    "subject": "statement",
    "predicate": "statement",
    "predicateType": "statement",
}
"""The keys by which readers know what an object is."""

_IN_SMALL_LETTERS: Final = {key.lower(): key for key in _LAYERS}


def unwrap(
    value: Mapping[str, Any], edition: int = EDITION
) -> tuple[dict[str, Any], SignedPayload | None]:
    """Return the statement in an object, and its envelope; None for a statement without one.

    Args:
        value: the object that a file or a line holds.
        edition: that of the program as which it is read (`policy.edition`).

    Raises:
        JsonError: there is an envelope or a bundle, but no statement in it; or an object is two of
            them at once.
    """
    check = _require_one_layer if edition > FOURTH_EDITION else _require_nothing
    check(value)
    inner = value.get("bundle")
    if isinstance(inner, dict):  # as the interfaces of forges give it
        value = inner
        check(value)
    if text(value.get("mediaType")).startswith(_BUNDLE) or "dsseEnvelope" in value:
        envelope = value.get("dsseEnvelope")
        if not isinstance(envelope, dict):
            raise JsonError(
                Text(
                    "Its bundle signs a file and holds no statement; attach the attestation.",
                    "该 sigstore bundle 只是文件的签名，不含声明；请附上证明（attestation）。",
                )
            )
        value = envelope
        check(value)
    if "payload" not in value:
        return dict(value), None
    if value.get("payloadType") != STATEMENT_TYPE:
        raise JsonError(
            Text("Its envelope holds no in-toto statement.", "信封中不是 in-toto 声明。")
        )
    payload = decode_base64(value.get("payload"))
    signatures = tuple(decode_base64(item.get("sig")) for item in objects(value.get("signatures")))
    kind = STATEMENT_TYPE.encode()  # the pre-authentication encoding of DSSE 1.0
    signed_bytes = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    statement = object_of(payload)
    check(statement)
    return statement, SignedPayload(signed_bytes, signatures)


def _require_nothing(value: Mapping[str, Any]) -> None:
    del value


def _require_one_layer(value: Mapping[str, Any]) -> None:
    """Refuse an object that is a statement and an envelope at once: readers would disagree."""
    for key in value:
        usual = _IN_SMALL_LETTERS.get(
            key.lower(), _IN_SMALL_LETTERS.get(_without_underscores(key), key)
        )
        if usual != key:
            raise JsonError(
                Text(
                    f"Its key {identifier(key)} differs from {usual} only in its letters, so "
                    f"readers would disagree; write {usual}.",
                    f"其中的键 {identifier(key)} 与 {usual} 只有写法之别，不同程序的解读会不一致；"
                    f"请写作 {usual}。",
                )
            )
    layers = {_LAYERS[key]: key for key in value if key in _LAYERS}
    if len(layers) > 1:
        (one, first), (other, second), *_ = layers.items()
        raise JsonError(
            Text(
                f"An object in it is a {one} and a {other} at once ({first}, {second}), so readers "
                "would disagree; attach one of them.",
                f"其中某个对象同时含有 {first} 和 {second}，不同程序的解读会不一致；请只保留其一。",
            )
        )


def _without_underscores(key: str) -> str:
    return key.replace("_", "").lower()


def decode_base64(written: object) -> bytes:
    """Return the bytes of base64 in either alphabet (RFC 4648, sections 4 and 5), padded or not.

    Raises:
        JsonError: it is none.
    """
    letters = text(written).translate(_URL_SAFE).rstrip("=")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise JsonError(
            Text(
                "Its envelope is damaged: what should be base64 is not.",
                "信封已损坏：其中应为 base64 的内容不是 base64。",
            )
        ) from error
