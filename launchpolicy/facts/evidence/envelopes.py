"""What lies around an in-toto statement: DSSE envelopes and the bundles of sigstore."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.facts.evidence.contents import SignedPayload
from launchpolicy.facts.evidence.json_reading import JsonError, object_of, objects, text
from launchpolicy.vocabulary.text import Text

STATEMENT_TYPE: Final = "application/vnd.in-toto+json"
UNVERIFIED: Final = Text(" (the signature is not verified)", "（签名未经验证）")
"""What stands at the end of a sentence about a statement that is signed, as far as one can see."""

_URL_SAFE: Final = str.maketrans("-_", "+/")
_BUNDLE: Final = "application/vnd.dev.sigstore.bundle"


def unwrap(value: Mapping[str, Any]) -> tuple[dict[str, Any], SignedPayload | None]:
    """Return the statement in an object, and its envelope; None for a statement without one.

    Raises:
        JsonError: there is an envelope or a bundle, but no statement in it.
    """
    inner = value.get("bundle")
    if isinstance(inner, dict):  # as the interfaces of forges give it
        value = inner
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
    return object_of(payload), SignedPayload(signed_bytes, signatures)


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
