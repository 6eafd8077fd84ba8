"""Every process, walked: to its end, until it is rolled back or cancelled, and a second time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from tests.examples.answering import examples_at
from tests.examples.catalogue import EXAMPLES, NOW, PROCESSES
from tests.examples.conftest import Adopted
from tests.examples.walking import Walk, further_attempt
from tests.extent import share_of

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


def failed_before(closed: dict[str, Any], days: int) -> dict[str, Any]:
    """A closed request as another version that was rolled back so many days before."""

    def earlier(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) - timedelta(days=days)).isoformat()

    text = json.dumps(stages(closed)["launched"])
    failed: dict[str, Any] = json.loads(re.sub(r"\b20\d\d-\d\d-\d\d(?=T)", earlier, text))
    failed["spec"]["product"]["version"] = "0.9.0"
    for installed in failed["spec"].get("handover", {}).get("installables", ()):
        installed["sha256"] = hashlib.sha256(b"0.9.0").hexdigest()
    rollback = {"decidedBy": "zhao.min", "finishedAt": failed["spec"]["window"]["end"]}
    failed["status"] |= {"stage": "rolled-back", "rollback": rollback}
    return failed


@pytest.fixture
def walk(adopted: Adopted) -> Callable[[str, str], Walk]:
    """A function that gives a walk in a process whose only request, of this name, is to come."""

    def begun(process: str, name: str) -> Walk:
        repository = adopted(process)
        shutil.rmtree(repository.folder / "launches")
        repository.commit("before the request")
        return Walk(repository, name)

    return begun


Begun = Callable[[str, str], Walk]


@pytest.mark.parametrize("process", share_of(PROCESSES, 2))
def test_a_launch_is_walked_from_its_request_until_it_is_closed(process: str, walk: Begun) -> None:
    folder, closed = examples_at(process, "closed")[0]
    request = walk(process, folder.name)

    request.begin(closed, folder)
    request.merge(Walk.opening(closed))
    for stage in ("launched", "verified", "closed"):
        request.advance(stage, closed)
        request.merge()


@pytest.mark.parametrize("onwards", [("launched", "rolled-back"), ("cancelled",)], ids="-".join)
@pytest.mark.parametrize("process", share_of(PROCESSES, 2))
def test_a_launch_is_walked_until_it_is_given_up(
    process: str, onwards: tuple[str, ...], walk: Begun
) -> None:
    folder, given_up = examples_at(process, onwards[-1])[0]
    request = walk(process, folder.name)

    request.bring(folder)
    request.write({**given_up, "status": {"stage": "requested"}})
    request.merge(Walk.opening(given_up))
    for stage in onwards:
        request.advance(stage, given_up)
        request.merge()


@pytest.mark.parametrize("process", share_of(PROCESSES, 2))
def test_a_second_attempt_is_walked_until_it_is_closed(process: str, walk: Begun) -> None:
    folder, closed = examples_at(process, "closed")[0]
    request = walk(process, folder.name)
    request.bring(folder)
    failed = failed_before(closed, days=28)
    request.write(failed)
    request.repository.commit("rolled-back")

    request.run("advance", f"launches/{request.name}", "requested", "--now", NOW)
    attempt = request.data["spec"]["attempt"]
    assert attempt["failedAt"] == failed["status"]["rollback"]["finishedAt"]
    solved = further_attempt(process, request)
    assert attempt == {"failedAt": attempt["failedAt"], **dict.fromkeys(solved, "TODO")}
    spec = {**closed["spec"], "attempt": attempt | solved}
    request.write({**closed, "spec": spec, "status": {"stage": "requested"}})
    request.merge(Walk.opening(closed))
    for stage in ("launched", "verified", "closed"):
        request.advance(stage, closed)
        request.merge()
