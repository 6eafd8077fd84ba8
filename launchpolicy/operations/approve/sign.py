"""Approve a request: find what is committed, sign its digest, write the file.

Approved is what is committed: the request and its evidence as they stand in a commit, so that what
was looked at is what is signed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from launchpolicy.documents.open_questions import has_questions
from launchpolicy.engine.asked_roles import roles_asked
from launchpolicy.engine.rule_changes import NAME
from launchpolicy.facts.approvals.records import SSH, Account, SubmittedReview
from launchpolicy.facts.approvals.roster import fingerprint, roster_of
from launchpolicy.facts.approvals.signed_approval import (
    NAMESPACE,
    ApprovalDecision,
    GivenDecision,
    approval_data,
    signed_bytes,
)
from launchpolicy.hosts import whole_files
from launchpolicy.hosts.git.commits import commits_between
from launchpolicy.hosts.git.repository import open_repository, prefix_of
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import request_path, require_launch_root
from launchpolicy.hosts.ssh import public_key, signature_of
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.approvals.bound_document import BoundDocument, SigningContext
from launchpolicy.operations.approvals.signed_files import approval_place
from launchpolicy.operations.approvals.signed_reviews import signed_reviews
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.approvals.versions import NO_VERSION, Version, version_at
from launchpolicy.operations.approve.documents_in_file import chosen_document
from launchpolicy.operations.approve.free_file import free_file
from launchpolicy.operations.approve.problems import (
    no_base,
    no_directory,
    no_request,
    not_held,
    still_open,
    too_long,
)
from launchpolicy.operations.approve.unapprovable import reason_not_to_approve
from launchpolicy.operations.check.base_branch import base_of, configuration_at
from launchpolicy.operations.check.proposed_rules import proposed_further_rules
from launchpolicy.operations.requests_of_kinds import file_in_folder
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.operations.submissions.rule_files import RULES_KIND, is_rule, rules_digest
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE, SIGNED
from launchpolicy.requests.directory import Directory, Person
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class CommittedRequest:
    """A request as it is committed, and what decides who may approve it.

    `directory` is that of the base, whose name is `trusted_name`: only its people count.
    """

    root: Path
    path: str
    kind: Kind
    version: Version
    directory: Directory
    rules: PackSet
    snapshot: Snapshot
    commit: str
    document: BoundDocument
    trusted_name: str

    def reviews(self, now: datetime) -> list[SubmittedReview]:
        """Return what the signed approvals that are committed beside it say."""
        place = approval_place(self.kind, self.path, document=self.document.document)
        context = SigningContext(self.directory, now, self.document)
        reviews = signed_reviews(self.snapshot, place, context)
        return list(reviews)


def committed_request(
    request: Path, revision: str, base_name: str | None, document: str = ""
) -> CommittedRequest:
    """Return the request at `request` (its file or folder) as a revision holds it.

    `base_name` is the branch that it is merged into, None for the usual one. `document` is the id
    of the one that is meant in a file of many. The repository is closed on return, so the snapshot
    starts another git process when it is asked again.

    Raises:
        LaunchpolicyError: there is no such request there, or no directory of people.
    """
    root = require_launch_root(request if request.is_dir() else request.parent)
    with open_repository(root) as repository:
        commit = resolve(repository, revision)
        prefix = prefix_of(repository.top, root)
        snapshot = below(CommitSnapshot(repository, commit), prefix)
        rules = load_rules(snapshot)
        path, kind = _request(rules, root, request)
        further: tuple[str, ...] = ()
        if kind is RULES_KIND:
            further = proposed_further_rules(repository, rules, prefix, (base_name, commit))
        document = chosen_document(snapshot, kind, path, document)
        version = _version(snapshot, kind, (path, document), further)
        base = base_of(repository, base_name)
        if base is None:
            raise no_base()
        at_base = configuration_at(repository, base, prefix)
        configuration = at_base or rules.configuration
        trusted, trusted_name = snapshot, revision
        if at_base is not None:
            trusted = below(CommitSnapshot(repository, base.commit), prefix)
            trusted_name = base.branch
        directory = load_directory(trusted, configuration.paths)
        commits = tuple(one.oid for one in commits_between(repository, base.commit, commit))
        history = SigningHistory(repository, base.commit, prefix, commits)
        bound = BoundDocument(history, configuration, kind, path, version.digest, further, document)
    if version is NO_VERSION:
        raise reason_not_to_approve(snapshot, kind, path, revision)
    if kind.has_questions and has_questions(version.data):
        raise still_open(path, revision)
    if directory is None:
        raise no_directory(trusted_name)
    of = (root, path, kind, version, directory, rules, snapshot, commit, bound)
    return CommittedRequest(*of, trusted_name)


def approver(target: CommittedRequest, key: Path) -> Person:
    """Return the person whose key it is.

    Raises:
        UsageError: nobody's in the directory.
    """
    key_fingerprint = fingerprint(public_key(key)) or ""
    owner = roster_of(target.directory).person(Account(SSH, key_fingerprint, ""))
    for person in target.directory.people:
        if person.name == owner:
            return person
    raise _unknown_key(key, key_fingerprint, target.trusted_name)


def asks_for(target: CommittedRequest, roles: Sequence[str]) -> bool:
    """Return whether a policy asks for one of the roles, or might."""
    if target.kind is RULES_KIND:
        roles_of_policies: frozenset[str] | None = frozenset(target.rules.configuration.rule_owners)
    else:
        policies = target.rules.policies_of(target.kind, target.version.data)
        roles_of_policies = (
            roles_asked(policies, target.kind.name) if policies is not None else None
        )
    return roles_of_policies is None or not roles_of_policies.isdisjoint(roles)


def require_counted(target: CommittedRequest, base_name: str | None) -> None:
    """Require a base that counts signed files, so that no approver is misled.

    Before the first configuration is merged, the proposed one is asked.

    Raises:
        UsageError: approvals are reviews on the host.
    """
    with open_repository(target.root) as repository:
        base = base_of(repository, base_name)
        prefix = prefix_of(repository.top, target.root)
        configuration = configuration_at(repository, base, prefix) if base is not None else None
    source = (configuration or target.rules.configuration).approvals
    if source != SIGNED:
        raise _not_counted(source)


def roles_of(target: CommittedRequest, person: Person, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the roles that the approval is given as.

    Raises:
        UsageError: the person does not hold one of them, or holds none at all.
    """
    roles_held = held_roles(target, person)
    strange = [role for role in asked if role not in roles_held]
    if strange or not roles_held:
        raise not_held(person.name, strange[0] if strange else "", roles_held)
    return tuple(asked)


def held_roles(target: CommittedRequest, person: Person) -> tuple[str, ...]:
    """Return every role that the person holds, or whose holder they stand for."""
    return roster_of(target.directory).roles_within_reach(person.name)


def approve(
    target: CommittedRequest,
    given: GivenDecision,
    key: Path,
    moments: tuple[datetime, datetime],
) -> Path:
    """Sign and write the approval; return the file's path from the launch repository's top.

    Args:
        target: what is approved.
        given: who approves, withdraws or objects, and as what.
        key: the private key's file, or the public one of a key that an agent holds.
        moments: now, and when the approval expires.

    Raises:
        LaunchpolicyError: it cannot be signed or written.
    """
    version = target.version
    path = Path(free_file(target.root, target.kind, target.path, target.document, given.by))
    before = whole_files.content(target.root, path.as_posix())  # before anything is signed
    of = {"kind": target.kind.name, "name": version.name, "digest": version.digest}
    binding = target.document.binding
    if (
        given.decision is ApprovalDecision.APPROVE
        and moments[1] - moments[0] > target.document.longest
    ):
        raise too_long(target.document.longest)
    data = approval_data(of, given, moments, target.rules.digest, binding)
    signature = signature_of(signed_bytes(data), key, NAMESPACE)
    text = _approval_text(data, signature)
    if before is None:
        whole_files.write_new(target.root, path.as_posix(), text)
    else:
        whole_files.replace(target.root, path.as_posix(), text.encode())
    return path


def _approval_text(data: Mapping[str, Any], signature: str) -> str:
    """Return the file; scalars are written as in JSON, which YAML reads the same way."""
    spec = data["spec"]
    lines = [
        f"apiVersion: {data['apiVersion']}",
        f"kind: {data['kind']}",
        f"metadata: {{name: {json.dumps(data['metadata']['name'])}}}",
        "spec:",
        *(f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in spec.items()),
        "signature: |",
        *(f"  {line}" for line in signature.splitlines()),
    ]
    return "\n".join(lines) + "\n"


def _version(
    snapshot: Snapshot, kind: Kind, where: tuple[str, str], further: tuple[str, ...]
) -> Version:
    """Return the version of a request; approving the configuration approves all rules."""
    if kind is not RULES_KIND:
        return version_at(snapshot, kind, *where)
    return Version(NAME, rules_digest(snapshot, further), {})


def _request(rules: PackSet, root: Path, request: Path) -> tuple[str, Kind]:
    path = request_path(root, file_in_folder(root, request))
    kind = RULES_KIND if path == FILE else rules.kind_of(path)
    if kind is None:
        raise no_request(path, is_rule=is_rule(path, rules.configuration))
    return path, kind


def _not_counted(source: str) -> UsageError:
    return UsageError(
        Text(
            f"This repository does not count signed files: `approvals.source` is `{source}`, so "
            "approvals are reviews of the pull request.",
            f"本仓库不计入签名文件：`approvals.source` 为 `{source}`，审批即合并请求的评审。",
        ),
        Text(
            "Approve the pull request on its page; or give --anyway to write a signature that does "
            "not count yet.",
            "请在合并请求页面上批准；如仍要写入目前不计入的签名，请加上 --anyway。",
        ),
    )


def _unknown_key(key: Path, shown: str, trusted_name: str) -> UsageError:
    return UsageError(
        Text(
            f"The key {key} ({shown}) belongs to nobody in the directory of {trusted_name}.",
            f"密钥 {key}（{shown}）不属于 {trusted_name} 的人员名录中的任何人。",
        ),
        Text(
            "Have its public line added to your `keys` in people.yaml, in a change that is merged "
            "first; or name another with --key.",
            "请在 people.yaml 的 `keys` 中登记该公钥并先行合并，或用 --key 指定其他密钥。",
        ),
    )
