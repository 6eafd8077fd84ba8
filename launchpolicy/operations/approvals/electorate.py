"""Collect the approvals of the requests that a change touches, each bound to a version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from launchpolicy.engine.submission import Submission
from launchpolicy.facts.approvals.changes import changed_since
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.pull_request import pull_request_fact
from launchpolicy.facts.approvals.records import ApprovalRecord, Participants, SubmittedReview
from launchpolicy.facts.approvals.roster import Roster, roster_of
from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.git.commits import commits_between
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.approvals.barred_waivers import barred_waivers
from launchpolicy.operations.approvals.bound_document import BoundDocument, SigningContext
from launchpolicy.operations.approvals.participants import ChangeMakers
from launchpolicy.operations.approvals.reviewed_changes import bound_review
from launchpolicy.operations.approvals.signed_files import approval_place
from launchpolicy.operations.approvals.signed_reviews import signed_reviews
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.approvals.versions import (
    NO_VERSION,
    Version,
    version_at_commit,
    version_of,
)
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import RECORDED, SIGNED, Configuration
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Electorate:
    """Everything from which the approvals of all requests of one run are made.

    `trusted` is where the directory comes from, `proposed` where the requests and signed files
    stand. `collected` is what another source said, None where none was asked. `snapshot_of` gives
    the snapshot of a commit, `commits` are those of the change, newest first. `further_rules` are
    changed files that are rules besides those of the configuration. `made_in` gives who made what a
    folder of the launch repository holds; None: `participants` made all of it. `history` is what
    signed files are held against. Nobody's opinion is looked for where `counts` says that none is.
    """

    rules: PackSet
    trusted: Snapshot
    proposed: Snapshot
    now: datetime
    collected: ApprovalRecord | None = None
    participants: Participants = field(default=Participants())
    snapshot_of: Callable[[str], Snapshot] | None = None
    commits: tuple[str, ...] = ()
    further_rules: tuple[str, ...] = ()
    made_in: Callable[[str], Participants] | None = None
    history: SigningHistory | None = None
    counts: Callable[[Submission], bool] = lambda _submission: True

    def makers_of(self, folder: str) -> Participants:
        """Return who made what a folder of the launch repository holds; "" is all of it."""
        return self.participants if self.made_in is None else self.made_in(folder)

    def bound_document(
        self, kind: Kind, path: str, digest: str, document: str = ""
    ) -> BoundDocument | None:
        """Return what approvals of the document at `path` are held against, if it is known.

        `document` is its id in a file of many.
        """
        if self.history is None or self.rules.edition == FIRST_EDITION:
            return None
        configuration, further = self.rules.configuration, self.further_rules
        return BoundDocument(self.history, configuration, kind, path, digest, further, document)

    def opinion(self, review: SubmittedReview, digest: str, of: BoundDocument | None) -> Opinion:
        """Return a collected review, void where its commit did not propose what it has.

        `digest` is that of what it is about.

        Raises:
            UndecidedError: git cannot read the history.
        """
        source = self.collected.source if self.collected is not None else ""
        if of is not None:
            review = bound_review(review, digest, of, self.proposed)
        return Opinion(source, review, digest)

    def signing_context(
        self, directory: Directory, kind: Kind, path: str, digest: str, document: str = ""
    ) -> SigningContext:
        """Return what the signed files about the document at `path` are held against.

        `document` is its id in a file of many.

        Raises:
            UndecidedError: git cannot read the history.
        """
        bound = self.bound_document(kind, path, digest, document)
        return SigningContext(directory, self.now, bound)


def electorate_between(
    repository: Repository,
    commits: tuple[str, str],
    prefix: str,
    rules: PackSet,
    collected: ApprovalRecord | None,
    now: datetime,
) -> Electorate:
    """Return the electorate of the change from one commit (base) to another (head).

    Args:
        repository: holds both commits.
        commits: base and head.
        prefix: the launch repository's place in it.
        rules: the pack set of the base.
        collected: what another source than the signed files said.
        now: the one time of the run.

    Raises:
        UndecidedError: git cannot say who made the change.
    """
    base, head = commits
    commits_of_change = commits_between(repository, base, head)
    makers = ChangeMakers(
        repository,
        commits_of_change,
        collected.participants if collected is not None else None,
        is_from_file=collected is not None and collected.is_from_file,
    )

    def made_in(folder: str) -> Participants:
        return makers.of_folder(f"{prefix}{folder}".rstrip("/"))

    def snapshot_of(commit: str) -> Snapshot:
        return below(CommitSnapshot(repository, commit), prefix)

    return Electorate(
        rules=rules,
        trusted=snapshot_of(base),
        proposed=snapshot_of(head),
        now=now,
        collected=collected,
        made_in=made_in,
        snapshot_of=snapshot_of,
        commits=(*(commit.oid for commit in commits_of_change), base),
        history=SigningHistory(
            repository, base, prefix, tuple(commit.oid for commit in commits_of_change)
        ),
    )


def add_approvals(submissions: Sequence[Submission], electorate: Electorate) -> list[Submission]:
    """Return the submissions with their approvals.

    Raises:
        MalformedRulesError: the directory is not right.
        UndecidedError: a signature cannot be verified, or a file not be read.
    """
    rules = electorate.rules
    directory = load_directory(electorate.trusted, rules.configuration.paths)
    roster = roster_at(directory, rules.configuration)
    with_approvals: list[Submission] = []
    for submission in submissions:
        approvals = _approvals(electorate, submission, directory, roster)
        barred = barred_waivers(submission, rules, electorate.history, electorate.now)
        with_approvals.append(
            _with_approvals(submission, approvals)._replace(barred_waivers=barred)
        )
    return with_approvals


def _with_approvals(submission: Submission, inputs: ApprovalInputs | None) -> Submission:
    """Return a submission with its approvals, and with the fact of who made the change."""
    if inputs is None:
        return submission._replace(approvals=None)
    made_by = pull_request_fact(inputs.participants, inputs.roster)
    return submission._replace(
        approvals=inputs, facts=submission.facts._replace(pull_request=made_by)
    )


def roster_at(directory: Directory | None, configuration: Configuration) -> Roster | None:
    """Return the roster of a directory by the configuration beside it; None without a directory."""
    if directory is None:
        return None
    naming = names_of(configuration, directory)
    return roster_of(directory, naming, configuration.outsiders, configuration.veto_roles)


def _approvals(
    electorate: Electorate,
    submission: Submission,
    directory: Directory | None,
    roster: Roster | None,
) -> ApprovalInputs | None:
    if submission.new is None or submission.unjudged is not None:
        return None
    kind = electorate.rules.kinds[submission.kind]
    version = version_of(electorate.proposed, kind, submission.new)
    if version is NO_VERSION:
        return None
    opinions: tuple[Opinion, ...] = ()
    if electorate.counts(submission):
        opinions = tuple(_opinions(electorate, kind, submission, version, directory))
    return ApprovalInputs(
        digest=version.digest,
        roster=roster,
        opinions=opinions,
        participants=electorate.makers_of(submission.path.rpartition("/")[0]),
        since=_since(electorate, kind, submission, version, opinions),
        unasked=reason_not_asked(electorate),
        edition=electorate.rules.edition,
    )


def reason_not_asked(electorate: Electorate) -> Text | None:
    """Return why another source than the signed files says nothing, if it was not asked."""
    source = electorate.rules.configuration.approvals
    if electorate.collected is not None or source == SIGNED:
        return None
    command = " / ".join(f"launchpolicy {forge}" for forge in FORGES if source in (forge, RECORDED))
    return Text(
        f"Approvals come from `{source}` here, which was not asked: check in the pull request "
        f"({command}), or give a record with --approvals.",
        f"此处的审批来自 `{source}`，而本次未查询：请在合并请求中检查（{command}），"
        "或用 --approvals 提供记录。",
    )


def _opinions(
    electorate: Electorate,
    kind: Kind,
    submission: Submission,
    version: Version,
    directory: Directory | None,
) -> Iterator[Opinion]:
    of = (submission.path, version.digest, submission.document)
    if electorate.collected is not None:
        document = electorate.bound_document(kind, *of)
        for review in electorate.collected.reviews:
            digest = _reviewed_digest(electorate, kind, submission, version, review)
            if digest is not None:
                yield electorate.opinion(review, digest, document)
    elif electorate.rules.configuration.approvals == SIGNED and directory is not None:
        place = approval_place(kind, submission.path, electorate.rules.edition, submission.document)
        context = electorate.signing_context(directory, kind, *of)
        for review in signed_reviews(electorate.proposed, place, context):
            digest = review.digest if review.request == version.name else ""
            yield Opinion(SIGNED, review, digest)


def _reviewed_digest(
    electorate: Electorate,
    kind: Kind,
    submission: Submission,
    version: Version,
    review: SubmittedReview,
) -> str | None:
    """Return the digest that a review is about; None where it is about another request."""
    if review.commit and electorate.snapshot_of is not None:
        where = (submission.path, review.commit, submission.document)
        return version_at_commit(electorate.snapshot_of, kind, *where).digest
    if review.request and review.request != version.name:
        return None
    return review.digest


def _since(
    electorate: Electorate,
    kind: Kind,
    submission: Submission,
    now: Version,
    opinions: Sequence[Opinion],
) -> Mapping[str, Text]:
    """Return what changed since each earlier version that was approved, where it is known."""
    earlier_digests = {opinion.digest for opinion in opinions} - {now.digest, ""}
    if not earlier_digests or electorate.snapshot_of is None:
        return {}
    reviewed_commits = (opinion.review.commit for opinion in opinions if opinion.review.commit)
    since: dict[str, Text] = {}
    for commit in dict.fromkeys((*reviewed_commits, *electorate.commits)):
        where = (submission.path, commit, submission.document)
        then = version_at_commit(electorate.snapshot_of, kind, *where)
        if then.digest in earlier_digests - since.keys():
            since[then.digest] = changed_since((then.data, then.evidence), (now.data, now.evidence))
        if earlier_digests <= since.keys():
            break
    return since
