"""Choose the branch on which the night of a launch, or its rollback, is recorded."""

from __future__ import annotations

from launchpolicy.documents.reading import Document, read
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.checked_out import current_branch
from launchpolicy.hosts.git.tracking import tracked_tip
from launchpolicy.hosts.git.writing import move_reference, read_reference
from launchpolicy.operations.record.facts import LAUNCHED, ROLLED_BACK
from launchpolicy.operations.record.launch_branch import LaunchBranch
from launchpolicy.operations.request_names import BRANCH
from launchpolicy.requests.kinds import stage_of

_STAGES = (LAUNCHED, ROLLED_BACK, "verified", "closed")


def is_branch_of(branch: str, request: str) -> bool:
    """Return whether a branch is named after a request: `launch/NAME` or `launch/NAME-STAGE`.

    `launch/NAME-retry-launched` is of the request `NAME-retry`.
    """
    name, _, stage = branch.removeprefix(BRANCH).partition(f"{request}-")
    is_of_stage = not name and stage in _STAGES
    return branch.startswith(BRANCH) and (branch == f"{BRANCH}{request}" or is_of_stage)


def choose_name(branch: LaunchBranch, stage: str) -> None:
    """Find the branch: the one checked out if it is of this launch, else `launch/NAME-STAGE`.

    Where that is nowhere, and the night is recorded on `launch/NAME`, it is that one.
    """
    here = current_branch(branch.repository)
    suffix = f"-{stage}"
    usual = _usual(branch, stage)
    is_own = here != branch.base.branch and is_branch_of(here, branch.request_name)
    is_for_stage = not here.endswith(tuple(f"-{one}" for one in _STAGES))
    if is_own and (here.endswith(suffix) or is_for_stage):
        branch.name = here
        return
    branch.name = _launch_branch_of(branch) if stage == LAUNCHED else usual


def has_open_rollback(branch: LaunchBranch) -> bool:
    """Return whether a branch of a rollback is there that is not merged yet."""
    for tip in _tips_of(branch, _usual(branch, ROLLED_BACK)):
        is_merged = is_ancestor(branch.repository, tip, branch.base.commit)
        if not is_merged and stage_of(branch.document_at(tip).data) == ROLLED_BACK:
            return True
    return False


def begin_rollback(branch: LaunchBranch) -> None:
    """Start the branch of the rollback at that of the launch, if that one is not merged yet."""
    if branch.tip() is not None or branch.tracked_tip() is not None:
        return
    for tip in _tips_of(branch, _launch_branch_of(branch)):
        if not is_ancestor(branch.repository, tip, branch.base.commit):
            move_reference(branch.repository, branch.reference, None, tip)
            branch.is_new = True
            return


def launch_to_merge(branch: LaunchBranch) -> str:
    """Return the branch that records the launch, which a rollback follows; "" once merged."""
    name = _launch_branch_of(branch)
    return name if name != branch.name and _records_launch(branch, name) else ""


def _launch_branch_of(branch: LaunchBranch) -> str:
    usual, first = _usual(branch, LAUNCHED), f"{BRANCH}{branch.request_name}"
    return first if not _tips_of(branch, usual) and _records_launch(branch, first) else usual


def _tips_of(branch: LaunchBranch, name: str) -> list[str]:
    """Return where a branch is, here and at the remote, as far as this clone knows."""
    tips = [read_reference(branch.repository, f"refs/heads/{name}")]
    if branch.remote is not None:
        tips.append(tracked_tip(branch.repository, branch.remote.name, name))
    return [tip for tip in tips if tip is not None]


def _records_launch(branch: LaunchBranch, name: str) -> bool:
    """Return whether a branch that is not merged records facts of the night."""
    for tip in _tips_of(branch, name):
        if is_ancestor(branch.repository, tip, branch.base.commit):
            continue
        source = branch.source_at(tip)
        document = read(branch.path, source) if source is not None else None
        if isinstance(document, Document) and stage_of(document.data) == LAUNCHED:
            return True
    return False


def _usual(branch: LaunchBranch, stage: str) -> str:
    return f"{BRANCH}{branch.request_name}-{stage}"
