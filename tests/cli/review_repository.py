"""A review system of its own kinds: proposals that need the review file beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.launch_repository import LaunchRepository, clean_environment

CONFIGURATION = """\
apiVersion: launchpolicy/v1
kind: Configuration
language: en
approvals: {rules: anybody}
kinds:
  - name: Proposal
    files: proposals/*.yaml
    schema: schemas/proposal.schema.json
    id: string(object.number)
    packs: [proposals]
  - name: Review
    files: reviews/*.yaml
    schema: schemas/review.schema.json
    id: string(object.number)
    packs: [reviews]
"""
PROPOSAL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["number", "owner"],
    "properties": {
        "number": {"type": "integer"},
        "owner": {"type": "string"},
        "stage": {"type": "string"},
        "review": {"type": "string"},
    },
}
REVIEW_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["number", "approver"],
    "properties": {"number": {"type": "integer"}, "approver": {"type": "string"}},
}
REVIEWED = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: reviewed, title: Every proposal is reviewed}
spec:
  match: {kinds: [Proposal]}
  lookups:
    - name: review
      kind: Review
      path: "'reviews/' + string(object.number) + '.yaml'"
  validations:
    - expression: lookups.review.exists
      message: There is no review.
      messageExpression: {en: "'There is no ' + lookups.review.path + '.'"}
    - expression: "!lookups.review.exists || lookups.review.object.number == object.number"
      at: number
      message: The review is of another proposal.
    - expression: "!lookups.review.exists || lookups.review.object.approver != object.owner"
      at: owner
      message: The owner reviewed it.
  fix: Ask a reviewer to add the review.
"""
REVIEW_POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: approver-named, title: A review names who approves}
spec:
  match: {kinds: [Review]}
  validations:
    - expression: object.approver != ''
      at: approver
      message: Nobody approves.
  fix: Name the approver.
"""


def policy(name: str, *validations: str, kind: str = "Proposal", **spec: Any) -> str:
    """Return the text of a policy with these validations, and more of its `spec`."""
    return json.dumps(
        {
            "apiVersion": "launchpolicy/v1",
            "kind": "Policy",
            "metadata": {"name": name, "title": name},
            "spec": {
                "match": {"kinds": [kind]},
                **spec,
                "validations": [
                    {"expression": expression, "message": f"Not so: {expression}"}
                    for expression in validations
                ],
                "fix": "Fix it.",
            },
        }
    )


def lookup(path: str = "'reviews/' + string(object.number) + '.yaml'") -> dict[str, str]:
    """Return the lookup of a review, whose path is this expression."""
    return {"name": "review", "kind": "Review", "path": path}


def pack(name: str, *policies: str) -> str:
    """Return the text of a pack that binds `policies`."""
    bindings = [{"policy": policy, "action": "deny"} for policy in policies]
    return json.dumps(
        {
            "apiVersion": "launchpolicy/v1",
            "kind": "Pack",
            "metadata": {"name": name, "title": name},
            "spec": {"version": 1, "bindings": bindings},
        }
    )


class ReviewRepository(LaunchRepository):
    """Proposals and reviews, in a git repository on the branch main."""

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def propose(self, number: int, owner: str = "li.wei", **fields: str) -> None:
        data = {"number": number, "owner": owner, **fields}
        self.write(f"proposals/{number}.yaml", json.dumps(data))

    def review(self, number: int, approver: str = "sun.yu") -> None:
        self.write(f"reviews/{number}.yaml", f"number: {number}\napprover: {approver}\n")

    def with_policy(self, *validations: str, **spec: Any) -> None:
        """Replace the policy about proposals by one with these validations."""
        self.write("policies/proposals/reviewed.yaml", policy("reviewed", *validations, **spec))

    def branch(self, name: str = "change") -> None:
        self.git("switch", "--quiet", "--create", name)

    def report(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """Return the judged documents of a check, by path."""
        finished = self.check(*arguments, "--format", "json")
        assert finished.output, finished.complaint
        report: dict[str, Any] = json.loads(finished.output)
        assert report["exitCode"] == finished.code
        return {request["path"]: request for request in report["requests"]}

    def verdicts(self, *arguments: str) -> dict[str, str]:
        """Return the verdicts of a check, by path."""
        return {path: request["verdict"] for path, request in self.report(*arguments).items()}


def review_repository(folder: Path) -> ReviewRepository:
    """Return a repository with proposal 1 and its review, all committed."""
    (folder / "home").mkdir()
    repository = ReviewRepository(
        folder / "proposals-and-reviews", clean_environment(folder / "home")
    )
    repository.folder.mkdir()
    repository.git("init", "--quiet", "--initial-branch", "main")
    repository.write(".launchpolicy.yaml", CONFIGURATION)
    repository.write("schemas/proposal.schema.json", json.dumps(PROPOSAL_SCHEMA))
    repository.write("schemas/review.schema.json", json.dumps(REVIEW_SCHEMA))
    repository.write("policies/proposals/pack.yaml", pack("proposals", "reviewed"))
    repository.write("policies/proposals/reviewed.yaml", REVIEWED)
    repository.write("policies/reviews/pack.yaml", pack("reviews", "approver-named"))
    repository.write("policies/reviews/approver-named.yaml", REVIEW_POLICY)
    repository.propose(1)
    repository.review(1)
    repository.commit("begin")
    return repository
