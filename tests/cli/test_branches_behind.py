"""A branch that is behind its base is judged with what the base has got since (threat G4)."""

from __future__ import annotations

import json
import shutil
from typing import Any

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_approval_attacks import SOMEBODY_ELSE, approved_by_leads

NAME = "LR-2026-0042"


def outcomes(repository: LaunchRepository) -> dict[str, Any]:
    """The outcome of each policy for the request, in the check of the branch against main."""
    finished = repository.check("--base", "main", "--format", "json")
    (request,) = json.loads(finished.output)["requests"]
    return {result["policy"]: result["outcome"] for result in request["results"]}


def on_main(repository: LaunchRepository, name: str, *edits: tuple[str, str]) -> None:
    """Put a copy of the request, under another name, on main; go back to the branch."""
    branch = repository.git("rev-parse", "--abbrev-ref", "HEAD")
    source = repository.folder / "launches" / NAME
    kept = repository.folder.parent / "kept"
    shutil.copytree(source, kept)
    repository.git("switch", "--quiet", "main")
    shutil.copytree(kept, repository.folder / "launches" / name)
    repository.edit((NAME, name), *edits, path=f"launches/{name}/request.yaml")
    repository.commit(name)
    repository.git("switch", "--quiet", branch)


def test_a_launch_at_the_same_time_that_the_base_got_meanwhile_is_seen(
    proposal: LaunchRepository,
) -> None:
    assert outcomes(proposal)["launches-kept-apart"] == "passed"
    on_main(proposal, "LR-2026-0050")
    behind = outcomes(proposal)
    assert behind["launches-kept-apart"] == "failed"
    proposal.git("merge", "--quiet", "--no-edit", "main")
    assert behind == outcomes(proposal)


def test_a_dependency_that_the_base_cancelled_meanwhile_is_seen(proposal: LaunchRepository) -> None:
    policy = "dependencies-launched-first"
    earlier = [("2026-12-01T22:00", "2026-11-30T22:00"), ("2026-12-01T23:30", "2026-11-30T23:30")]
    on_main(proposal, "LR-2026-0050", *earlier)
    proposal.git("merge", "--quiet", "--no-edit", "main")
    proposal.edit(("  risk: standard\n", "  risk: standard\n  dependsOn: [LR-2026-0050]\n"))
    proposal.commit("depends on the other")
    assert outcomes(proposal)[policy] == "passed"
    proposal.git("switch", "--quiet", "main")
    other = "launches/LR-2026-0050/request.yaml"
    proposal.edit(("stage: requested", "stage: cancelled"), path=other)
    proposal.commit("cancel the other")
    proposal.git("switch", "--quiet", "request")
    assert outcomes(proposal)[policy] == "failed"


def test_a_branch_behind_a_base_that_got_other_things_passes_as_before(
    proposal: LaunchRepository,
) -> None:
    before = outcomes(proposal)
    proposal.git("switch", "--quiet", "main")
    (proposal.folder / "NOTES.md").write_text("other\n", "utf-8")
    proposal.commit("other")
    proposal.git("switch", "--quiet", "-")
    assert outcomes(proposal) == before


def test_the_ledger_counts_the_approval_of_who_merged_the_base_as_the_gate_does(
    company: Company,
) -> None:
    repository = company.repository
    approved_by_leads(company)
    repository.git("switch", "--quiet", "--create", "side", "HEAD~1")
    repository.commit("side")
    repository.git("switch", "--quiet", "request")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    repository.git("commit", "--quiet", "--message", "merge", "--author", SOMEBODY_ELSE)
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge the request", "request")
    appended = repository.run("ledger", "append", "--now", "2028-01-01T00:00:00Z")
    assert appended.code == 0, appended.complaint
    assert "approved by Wang Fang (wang.fang) as product-lead" in appended.output
