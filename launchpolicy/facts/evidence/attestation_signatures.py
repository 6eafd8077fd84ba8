"""Whether an attestation is signed by a key that the rules name."""

from __future__ import annotations

from collections.abc import Callable

from launchpolicy.facts.evidence.contents import EvidenceContents, Reading, UnreadableEvidence
from launchpolicy.facts.evidence.envelopes import UNVERIFIED
from launchpolicy.vocabulary.text import Text

VerifySignature = Callable[[bytes, bytes], bool]
"""Whether one of the keys made a signature over some bytes."""


def verify_attestation(contents: EvidenceContents, verify: VerifySignature) -> Reading:
    """Return what an attestation says as verified, or why it does not count.

    Every statement in the file must be signed by one of the keys. Other evidence is returned as
    it is.
    """
    if "signature" not in contents.details:
        return contents
    if not contents.envelopes:
        return UnreadableEvidence(
            Text(
                "It carries no signature, and the configuration names keys (`evidence.keys`); "
                "attach the signed envelope.",
                "它没有签名，而配置列出了公钥（`evidence.keys`）；请附上带签名的信封。",
            )
        )
    for envelope in contents.envelopes:
        if not any(verify(signature, envelope.signed_bytes) for signature in envelope.signatures):
            return UnreadableEvidence(
                Text(
                    "Its signature is by none of the keys that the configuration names "
                    "(`evidence.keys`), or its content was changed.",
                    "其签名不属于配置列出的任何公钥（`evidence.keys`），或内容已被改动。",
                )
            )
    says = contents.says
    return contents._replace(
        says=Text(says.en.replace(UNVERIFIED.en, ""), says.zh.replace(UNVERIFIED.zh, "")),
        details={**contents.details, "signature": "verified"},
    )
