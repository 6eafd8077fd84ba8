"""Attestations whose signature the rules ask for: by one of their keys, or they do not count."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tests.cli.launch_repository import LaunchRepository

FILE = "launches/LR-2026-0042/tests/load.intoto.jsonl"
ROUTE = "spec.testing.reports[1].evidence"
COMMIT = "4c1f0a2be7d9536f8a1b2c3d4e5f60718293a4b5"
STATEMENT = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [{"name": "checkout", "digest": {"gitCommit": COMMIT}}],
    "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
    "predicate": {"result": "PASSED", "passedTests": ["p95 under 300 ms", "no error"]},
}
ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
P256 = ec.derive_private_key(12345678901234567890, ec.SECP256R1())
PEM = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
Signs = Callable[[bytes], bytes]


def by_ed25519(data: bytes) -> bytes:
    return ED25519.sign(data)


def by_p256(data: bytes) -> bytes:
    return P256.sign(data, ec.ECDSA(hashes.SHA256()))


def ssh(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    encoding, form = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    return key.public_key().public_bytes(encoding, form).decode()


def pem(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(encoding, form).decode()


def envelope(*signs: Signs, payload_type: str = "application/vnd.in-toto+json") -> dict[str, Any]:
    payload = json.dumps(STATEMENT).encode()
    kind = payload_type.encode()
    data = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    signatures = [{"sig": base64.b64encode(sign(data)).decode()} for sign in signs]
    encoded = base64.b64encode(payload).decode()
    return {"payloadType": payload_type, "payload": encoded, "signatures": signatures}


def changed(written: dict[str, Any]) -> dict[str, Any]:
    payload = base64.b64decode(written["payload"]).replace(b"p95 under 300 ms", b"p95 under 900 ms")
    return {**written, "payload": base64.b64encode(payload).decode()}


def name_keys(repository: LaunchRepository, *keys: str) -> None:
    """Name keys in the configuration and merge that, so that the base has them."""
    file = repository.folder / ".launchpolicy.yaml"
    text = f"evidence: {json.dumps({'keys': keys})}\n"
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    repository.commit("name the keys of attestations")


def attach(repository: LaunchRepository, *values: dict[str, Any]) -> tuple[int, str]:
    """Attach statements, one a line; the exit code and what the command says."""
    lines = "".join(f"{json.dumps(value)}\n" for value in values)
    (repository.folder / FILE).write_text(lines, "utf-8")
    done = repository.run("evidence", "add", FILE, "--at", ROUTE, "--kind", "in-toto")
    return done.code, done.output + done.complaint


@pytest.mark.parametrize(
    ("keys", "sign"),
    [
        ([ssh(ED25519)], by_ed25519),
        ([pem(ED25519)], by_ed25519),
        ([pem(P256)], by_p256),
        ([ssh(ED25519), ssh(P256)], by_p256),
    ],
)
def test_an_attestation_signed_by_a_key_of_the_base_is_verified(
    repository: LaunchRepository, keys: list[str], sign: Signs
) -> None:
    name_keys(repository, *keys)

    code, says = attach(repository, envelope(sign))

    assert code == 0, says
    assert "2 tests passed." in says
    assert "not verified" not in says


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param([STATEMENT], "no signature", id="bare"),
        pytest.param([envelope()], "no signature", id="an envelope without a signature"),
        pytest.param([envelope(by_p256)], "none of the keys", id="by another key"),
        pytest.param([envelope(lambda _: b"\x00")], "none of the keys", id="nonsense"),
        pytest.param([changed(envelope(by_ed25519))], "none of the keys", id="changed afterwards"),
        pytest.param([envelope(by_ed25519), envelope(by_p256)], "none of the keys",
                     id="one of two by another key"),
        pytest.param([envelope(by_ed25519), STATEMENT], "no signature", id="one of two bare"),
    ],
)  # fmt: skip
def test_an_attestation_without_a_signature_by_a_key_of_the_base_does_not_count(
    repository: LaunchRepository, values: list[dict[str, Any]], says: str
) -> None:
    name_keys(repository, ssh(ED25519))

    code, output = attach(repository, *values)

    assert code == 2
    assert says in output


def test_an_attestation_whose_key_the_change_brings_along_does_not_count(
    repository: LaunchRepository,
) -> None:
    name_keys(repository, ssh(ED25519))
    base = repository.commit("base")
    repository.edit((ssh(ED25519), ssh(P256)), path=".launchpolicy.yaml")
    code, says = attach(repository, envelope(by_p256))
    assert code == 0, says
    repository.commit("attest")

    finished = repository.check("--base", base, "--format", "json")

    failed = [
        result["policy"]
        for request in json.loads(finished.output)["requests"]
        for result in request["results"]
        if result["outcome"] == "failed"
    ]
    assert finished.code == 1
    assert "evidence-read" in failed


@pytest.mark.parametrize("key", ["ssh-ed25519 AAAA", PEM])
def test_a_key_that_cannot_be_read_leaves_it_undecided(
    repository: LaunchRepository, key: str
) -> None:
    attach(repository, envelope(by_ed25519))
    name_keys(repository, key)

    finished = repository.check("launches/LR-2026-0042")

    assert finished.code == 3
    assert "evidence.keys[0]" in finished.output + finished.complaint
