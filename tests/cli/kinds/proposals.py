"""A review repository with one kind of its own, in the states that tests ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.cli.launch_repository import Finished, LaunchRepository

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["number"],
    "additionalProperties": False,
    "properties": {
        "number": {"type": "string"},
        "title": {"type": "string"},
        "approvers": {"type": "array", "items": {"type": "string"}},
    },
}
KIND: Mapping[str, Any] = {
    "name": "Proposal",
    "files": ["proposals/**/proposal.yaml", "old/*.yaml"],
    "except": ["proposals/template/**"],
    "schema": "schemas/proposal.json",
    "id": "object.number",
    "packs": ["own"],
}
APPROVED: Mapping[str, Any] = {"expression": "has(object.approvers)", "at": "approvers"}


class _Dumper(yaml.SafeDumper):
    """Writes what stands twice out twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (of the library)
        return True


def _yaml(content: object) -> str:
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False)


def policy(name: str, *validations: Mapping[str, Any], **spec: Any) -> dict[str, Any]:
    """A policy of the pack `own` about proposals."""
    return {
        "apiVersion": "launchpolicy/v1",
        "kind": "Policy",
        "metadata": {"name": name, "title": name},
        "spec": {
            "match": {"kinds": ["Proposal"], **spec.pop("match", {})},
            **spec,
            "validations": [{"message": f"{name} is not met.", **one} for one in validations],
            "fix": "Fix it.",
        },
    }


@dataclass(frozen=True)
class Proposals:
    """A git repository on `main`, whose rules are written before the first commit."""

    repository: LaunchRepository

    def write(self, path: str, content: object) -> None:
        """Write a file: text as it is, anything else as YAML."""
        file = self.repository.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else _yaml(content)
        file.write_text(text, "utf-8")

    def remove(self, path: str) -> None:
        (self.repository.folder / path).unlink()

    def rules(
        self,
        *policies: Mapping[str, Any],
        schema: Mapping[str, Any] = SCHEMA,
        configuration: Mapping[str, Any] | None = None,
        exceptions: Sequence[str] | None = None,
        **kind: Any,
    ) -> None:
        """Write configuration, schema and pack; a key of the kind that is None is left out."""
        whole = {**KIND, **({} if exceptions is None else {"except": exceptions or None}), **kind}
        written = {key: value for key, value in whole.items() if value is not None}
        head = {"apiVersion": "launchpolicy/v1", "kind": "Configuration"}
        self.write(".launchpolicy.yaml", {**head, "kinds": [written], **(configuration or {})})
        self.write("schemas/proposal.json", json.dumps(schema))
        if not written.get("packs"):
            return
        policies = policies or (policy("approved", APPROVED),)
        names = [one["metadata"]["name"] for one in policies]
        for name, one in zip(names, policies, strict=True):
            self.write(f"policies/own/{name}.yaml", one)
        spec = {"version": 1, "bindings": [{"policy": name, "action": "deny"} for name in names]}
        metadata = {"name": "own", "title": "Own"}
        pack = {"apiVersion": "launchpolicy/v1", "kind": "Pack", "metadata": metadata}
        self.write("policies/own/pack.yaml", {**pack, "spec": spec})

    def begin(self) -> None:
        """Commit what there is to `main`, and go on to a branch."""
        self.repository.git("init", "--quiet", "--initial-branch=main")
        self.repository.commit("begin")
        self.repository.git("switch", "--quiet", "--create", "change")

    def propose(self, *arguments: str) -> Finished:
        """Commit the change, and judge it by the rules of `main`."""
        self.repository.commit("change")
        return self.repository.check("--base", "main", *arguments)

    @property
    def folder(self) -> Path:
        return self.repository.folder
