"""The guide about reviews shows files that work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.cli.review_repository import ReviewRepository, policy

GUIDES = Path(__file__).parents[2] / ".github" / "guides"


def blocks(name: str) -> list[str]:
    """Return the blocks of YAML of a guide."""
    return re.findall(
        r"^```yaml\n(.*?)^```", (GUIDES / name).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


@pytest.mark.parametrize("name", ["reviews.md", "reviews.zh-CN.md"])
def test_the_files_of_the_guide_work(reviews: ReviewRepository, name: str) -> None:
    configuration, reviewed, questions, cases = blocks(name)
    reviews.write(".launchpolicy.yaml", configuration)
    reviews.write("policies/proposals/reviewed.yaml", reviewed)
    reviews.write("policies/proposals/reviewed.test.yaml", cases)
    reviews.write("policies/proposals/cases/one.yaml", "number: 1\nowner: li.wei\n")
    tested = reviews.run("policy", "test", "policies/proposals")
    assert (tested.code, tested.output) == (0, "1 policy, 3 cases: 3 as expected, 0 not\n")
    assert set(reviews.verdicts().values()) == {"pass"}
    whole = json.loads(policy("reviewed"))
    whole["spec"]["validations"] = yaml.safe_load(questions)["validations"]
    reviews.write("policies/proposals/reviewed.yaml", json.dumps(whole))
    reviews.write("proposals/README.md", "Proposals.\n")
    reviews.write("notes/1.md", "Reviewed-by: sun.yu\n")
    assert reviews.verdicts() == {"proposals/1.yaml": "pass", "reviews/1.yaml": "pass"}
