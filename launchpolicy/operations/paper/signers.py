"""Find who signs a request on paper: the roles that its process asks, and who has approved.

Approvals are those that this clone can show: signed files of the request, and a record of reviews
where one is given. Nothing is asked of a host; where nothing is known, the row stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from launchpolicy.engine.asked_signers import AskedSigner, SignaturePlace, asked_signers
from launchpolicy.engine.context import Context
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.records import ReviewState
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.turns import GivenApproval
from launchpolicy.facts.change import change_between
from launchpolicy.hosts.git.commits import commits_between
from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.revisions import head
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.approvals.electorate import Electorate, add_approvals, roster_at
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.paper.paper_request import PaperRequest
from launchpolicy.papers.signature_rows import GivenSignature, SignatureRow, with_deputy
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text, without_gaps

_SHORT = 7


def signature_rows(
    request: PaperRequest, submission: Submission, now: datetime
) -> tuple[SignatureRow, ...]:
    """Return a row for everyone whom the process of a request asks, in signing order.

    Raises:
        LaunchpolicyError: the approvals cannot be read.
    """
    rules, document = request.rules, request.document
    roster = roster_at(request.directory, rules.configuration)
    kind = rules.kinds["LaunchRequest"]
    policies = rules.policies_for(kind, document)
    if roster is None or policies is None:
        return ()
    context = Context(
        kind=kind.name,
        path=document.path,
        document=document,
        old=None,
        change=change_between(None, document.data),
        policies=policies,
        now=now,
        facts=submission.facts,
        schema=kind.schema,
        data=kind.data.values,
    )
    approvals = _approvals(request, submission, now)
    given = dict(_approvals_by_person(approvals, now))
    signatures = dict(_signatures(context, approvals, given)) if approvals is not None else {}
    return tuple(
        _row(signer, roster, now)._replace(signature=signatures.get(signer.place))
        for signer in asked_signers(context, roster, ())
    )


def _signatures(
    context: Context, approvals: ApprovalInputs, given: Mapping[str, Opinion]
) -> Iterator[tuple[SignaturePlace, GivenSignature]]:
    """Yield the places that approvals fill, by the directory of the base.

    A proposal could give its author the role that approves it.
    """
    if approvals.roster is None:
        return
    counted = [
        GivenApproval(person, opinion.review.at, frozenset(opinion.review.roles))
        for person, opinion in given.items()
    ]
    for signer in asked_signers(context, approvals.roster, counted):
        opinion = given.get(signer.by)
        if opinion is not None:
            version = opinion.review.commit or opinion.digest.removeprefix("sha256:")
            name = approvals.roster.display_name(signer.by)
            yield signer.place, GivenSignature(name, opinion.review.at, version[:_SHORT])


def _approvals(
    request: PaperRequest, submission: Submission, now: datetime
) -> ApprovalInputs | None:
    """Return the approvals of the request; None where there is no history to hold them against."""
    root, snapshot = request.root, request.snapshot
    if find_top(root) is None:
        return None
    with open_repository(root) as repository:
        base, commit = base_of(repository), head(repository)
        if base is None or commit is None:
            return None
        prefix = prefix_of(repository.top, root)
        commits = tuple(one.oid for one in commits_between(repository, base.commit, commit))

        def snapshot_of(oid: str) -> Snapshot:
            return below(CommitSnapshot(repository, oid), prefix)

        # Whose key is whose says the base: a proposal could give anybody's name to its own key.
        run = Electorate(
            request.rules,
            snapshot_of(base.commit),
            snapshot,
            now,
            request.record,
            commits=(*commits, base.commit),
            snapshot_of=snapshot_of,
            history=SigningHistory(repository, base.commit, prefix, commits),
        )
        (judged,) = add_approvals([submission], run)
    return judged.approvals


def _approvals_by_person(
    approvals: ApprovalInputs | None, now: datetime
) -> Iterator[tuple[str, Opinion]]:
    """Yield who has approved this version, and stands by it, each with the approval."""
    if approvals is None or approvals.roster is None:
        return
    latest: dict[str, Opinion] = {}
    for opinion in sorted(approvals.opinions, key=lambda one: one.review.at):
        person = approvals.roster.person(opinion.review.account)
        if person is not None and opinion.review.void is None:
            latest[person] = opinion
    for person, opinion in latest.items():
        review = opinion.review
        is_over = review.expires is not None and now >= review.expires
        is_this = opinion.digest == approvals.digest != ""
        if review.state is ReviewState.APPROVED and is_this and not is_over and review.at <= now:
            yield person, opinion


def _row(signer: AskedSigner, roster: Roster, now: datetime) -> SignatureRow:
    """Return the row of one place for a signature, which nobody has signed yet."""
    deputies = {one.stood_for: one.by for one in roster.deputies if one.is_deputy_at(now)}
    names = tuple(
        with_deputy(roster.display_name(person), roster.display_name(deputies[person]))
        if person in deputies
        else roster.display_name(person)
        for person in signer.holders
    )
    if not signer.role:
        title = names[0] if names else Text("", "")
    elif signer.department:
        title = _of_department(roster, signer)
    else:
        title = roster.naming.role_title(signer.role)
    return SignatureRow(signer.role, title, names)


def _of_department(roster: Roster, signer: AskedSigner) -> Text:
    """Return what a holder of a role in a department is called on paper: 财务部（部门负责人）."""
    of = roster.naming.name_of("departments", signer.department)
    role = roster.naming.role_title(signer.role)
    return Text(f"{of.en} ({role.en.lower()})", without_gaps(f"{of.zh}（{role.zh}）"))
