"""One file of evidence: whether it may be looked into at all, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from launchpolicy.facts.evidence.contents import EvidenceContents, Schemas
from launchpolicy.facts.evidence.paths import problem_with
from launchpolicy.facts.evidence.reading import limit_of, read_evidence
from launchpolicy.facts.evidence.references import EvidenceFile, Reference
from launchpolicy.facts.evidence.variable import Fields, reference_data
from launchpolicy.facts.evidence.volume import EvidenceVolume
from launchpolicy.policy.edition import EDITION
from launchpolicy.policy.fact_shapes import REFERENCE, empty_fact
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.snapshot import REGULAR_MODES
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from launchpolicy.facts.evidence.attestation_signatures import VerifySignature


def examine_all(
    files: Iterable[tuple[Reference, EvidenceFile | None]],
    schemas: Schemas,
    verify: VerifySignature | None = None,
    edition: int = EDITION,
) -> Iterator[Fields]:
    """Yield the references of one request like `examine`; what is too much in all is not read.

    Args:
        files: each reference with its file, in the order of the request.
        schemas: as in `examine`.
        verify: as in `examine`.
        edition: as in `examine`.
    """
    volume = EvidenceVolume()
    for reference, file in files:
        data = file.data if file is not None else None
        problem = volume.problem_with(reference.kind, data) if data is not None else None
        if problem is not None:
            yield _record(reference, {"problem": problem.as_data()})
        else:
            yield examine(reference, file, schemas, verify, edition)


def examine(
    reference: Reference,
    file: EvidenceFile | None,
    schemas: Schemas,
    verify: VerifySignature | None = None,
    edition: int = EDITION,
) -> Fields:
    """Return one reference with what the file says, or why it could not be read.

    Args:
        reference: what the request says.
        file: what stands at the reference's path in the request's folder; None for nothing.
        schemas: the schemas of the evidence kinds that are documents of ours.
        verify: whether a key that the rules name made a signature; None where they name none.
        edition: that of the program as which it is read (`policy.edition`).
    """
    outcome = _refusal(reference, file)
    if outcome is None and file is not None and file.data is not None:
        contents = read_evidence(reference.kind, reference.path, file.data, schemas, edition)
        if verify is not None and isinstance(contents, EvidenceContents):
            from launchpolicy.facts.evidence import attestation_signatures  # noqa: PLC0415 (rare)

            contents = attestation_signatures.verify_attestation(contents, verify)
        if isinstance(contents, EvidenceContents):
            return _record(reference, {"read": True, **contents.as_data()})
        outcome = contents.problem
    problem = outcome or Text("It was not read.", "未能读取。")
    return _record(reference, {"problem": problem.as_data()})


_NOTHING_READ: Fields = empty_fact(REFERENCE)


def _record(reference: Reference, facts: Mapping[str, Any]) -> Fields:
    return {**_NOTHING_READ, **facts, **reference_data(reference)}


def _refusal(reference: Reference, file: EvidenceFile | None) -> Text | None:
    """Return why the file may not even be looked into (threats E1 to E5)."""
    problem = problem_with(reference.path)
    if problem is not None:
        return problem
    if file is None:
        return Text(
            "There is no such file in the request's folder; add it to the same commit.",
            "申请目录中没有该文件；请在同一提交中加入。",
        )
    if file.mode not in REGULAR_MODES:
        return Text(
            "It is a link, a submodule or a device, not a file; put the file itself there.",
            "它是链接、子模块或设备，而不是文件；请放入文件本身。",
        )
    if file.data is None:
        limit = limit_of(reference.kind) // (1024 * 1024)
        return Text(
            f"It is larger than {limit} MiB, the limit for evidence of kind {reference.kind}.",
            f"文件超过 {limit} MiB，超出 {reference.kind} 类证据的上限。",
        )
    digest = sha256(file.data)
    if digest != reference.sha256:
        return Text(
            f"The file's SHA-256 is {digest}, another one than the request states; "
            "check the file, then run `launchpolicy evidence add` to state it.",
            f"文件的 SHA-256 为 {digest}，与申请所写不符；"
            "请核对文件，再用 `launchpolicy evidence add` 更新。",
        )
    return None
