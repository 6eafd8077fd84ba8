"""One request of every process through its whole life, each stage a merge of its own."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from launchpolicy.documents.instants import instant
from launchpolicy.documents.reading import Document, read
from tests.examples.approving import approved_by, directory_of
from tests.examples.catalogue import EXAMPLES, NOW, PROCESSES
from tests.examples.conftest import Adopted

PREPARED = ("rehearsal", "conversionRehearsal", "notice", "tasks", "equipment", "confirmation")
LAUNCHED = (*PREPARED, "checksBefore", "readiness", "suspension", "backups", "execution")
VERIFIED = (*LAUNCHED, "checksAfter", "problems", "newBackups", "systemLog")


def closed_request(process: str) -> tuple[str, dict[str, Any]]:
    for file in sorted(EXAMPLES.glob(f"{process}/launches/*/request.yaml")):
        document = read(file.name, file.read_bytes())
        assert isinstance(document, Document)
        data: Any = document.data
        if data["status"]["stage"] == "closed":
            return f"launches/{file.parent.name}/request.yaml", data
    message = f"no closed request in {process}"
    raise AssertionError(message)


def stages(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The request as it stood at each stage: the same plan, ever more recorded."""
    status = data["status"]
    kept = {"requested": (), "launched": LAUNCHED, "verified": VERIFIED, "closed": tuple(status)}
    return {
        stage: {
            **data,
            "status": {
                "stage": stage,
                **{k: status[k] for k in keys if k in status and k != "stage"},
            },
        }
        for stage, keys in kept.items()
    }


@pytest.mark.parametrize("process", PROCESSES)
def test_a_request_passes_at_every_stage_of_its_life(process: str, adopted: Adopted) -> None:
    path, closed = closed_request(process)
    repository = adopted(process)
    file = repository.folder / path
    file.unlink()
    repository.commit("before the request")
    opens = instant(closed["spec"]["window"]["start"])
    moments = {"requested": (opens - timedelta(hours=1)).isoformat()}

    for stage, data in stages(closed).items():
        file.write_text(json.dumps(data, ensure_ascii=False, indent=2), "utf-8")
        repository.commit(stage)
        now = moments.get(stage, NOW)
        everybody = [person.name for person in directory_of(repository).people]
        record = approved_by(repository, everybody, instant(now))
        finished = repository.check(
            *("--base", "HEAD~1", "--approvals", str(record), "--format", "json"), now=now
        )

        report = json.loads(finished.output)
        complaints = [
            (result["policy"], finding["message"]["en"])
            for request in report["requests"]
            for result in request["results"]
            for finding in result["findings"]
        ]
        assert complaints == [], stage
        assert report["exitCode"] == 0
        assert [request["stage"] for request in report["requests"]] == [stage]
