"""What GitHub says was deployed: the first success counts, and nothing that never succeeded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import SuccessfulDeployment
from launchpolicy.hosts.forges.github.deployments import successful_deployments
from launchpolicy.hosts.forges.github.forge import GithubDeployments, open_deployments
from launchpolicy.vocabulary.errors import UndecidedError

SHA = "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d"
LIST = "/repos/acme/shop/deployments"


class Answers:
    """A client that answers lists by their address, as GitHub does."""

    def __init__(self, lists: Mapping[str, list[Any]]) -> None:
        self.lists = lists
        self.asked: list[str] = []

    def pages(self, asked: str, path: str) -> Iterator[Any]:
        assert asked
        self.asked.append(path)
        yield from self.lists[path]


def deployment(number: int, created: str, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "sha": SHA,
        "ref": "v3.2.0",
        "environment": "production",
        "created_at": created,
        **more,
    }


def status(state: str, at: str) -> dict[str, str]:
    return {"state": state, "created_at": at}


def test_the_first_success_is_when_it_was_deployed_also_of_what_is_inactive_now() -> None:
    answers = Answers(
        {
            LIST: [
                deployment(2, "2026-12-01T14:00:00Z"),
                deployment(1, "2026-11-30T14:00:00Z", ref=SHA),
            ],
            f"{LIST}/2/statuses": [
                status("inactive", "2026-12-02T00:00:00Z"),
                status("success", "2026-12-01T15:00:00Z"),
                status("success", "2026-12-01T14:10:00Z"),
                status("in_progress", "2026-12-01T14:01:00Z"),
            ],
            f"{LIST}/1/statuses": [status("failure", "2026-11-30T14:10:00Z")],
        }
    )
    assert list(successful_deployments(answers, "acme/shop", None)) == [  # type: ignore[arg-type]
        SuccessfulDeployment(
            datetime(2026, 12, 1, 14, 10, tzinfo=UTC),
            SHA,
            "v3.2.0",
            "production",
            "acme/shop deployment 2",
        )
    ]


def test_a_reference_that_is_the_commit_is_named_once() -> None:
    lists = {
        LIST: [deployment(1, "2026-12-01T14:00:00Z", ref=SHA)],
        f"{LIST}/1/statuses": [status("success", "2026-12-01T14:10:00Z")],
    }
    source = GithubDeployments(Answers(lists), "acme/shop")  # type: ignore[arg-type]
    assert [done.reference for done in source.successful_deployments(None)] == [""]


def test_a_run_that_waited_for_weeks_is_still_asked_about() -> None:
    answers = Answers(
        {
            LIST: [
                deployment(3, "2026-12-01T14:00:00Z"),
                deployment(2, "2026-11-01T14:00:00Z"),
                deployment(1, "2026-10-01T14:00:00Z"),
            ],
            f"{LIST}/3/statuses": [],
            f"{LIST}/2/statuses": [status("success", "2026-11-28T00:00:00Z")],
        }
    )
    since = datetime(2026, 11, 25, tzinfo=UTC)
    done = list(successful_deployments(answers, "acme/shop", since))  # type: ignore[arg-type]
    assert [deployed.address for deployed in done] == ["acme/shop deployment 2"]
    assert f"{LIST}/1/statuses" not in answers.asked


@pytest.mark.parametrize("broken", [{"created_at": "yesterday"}, {"sha": None}, {"id": "1"}])
def test_an_answer_with_a_hole_is_undecided_never_shorter(broken: dict[str, Any]) -> None:
    answers = Answers(
        {
            LIST: [deployment(1, "2026-12-01T14:00:00Z", **broken)],
            f"{LIST}/1/statuses": [status("success", "2026-12-01T14:10:00Z")],
        }
    )
    with pytest.raises(UndecidedError):
        list(successful_deployments(answers, "acme/shop", None))  # type: ignore[arg-type]


def test_an_environment_that_names_no_repository_is_undecided() -> None:
    with pytest.raises(UndecidedError, match="GITHUB_REPOSITORY"):
        open_deployments({"GITHUB_TOKEN": "t"})
