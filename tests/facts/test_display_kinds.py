"""What has names is the same for the names themselves and for the policies that show them."""

from __future__ import annotations

from launchpolicy.policy.fact_shapes import DISPLAY_KINDS
from launchpolicy.vocabulary.names import NAMED_KINDS


def test_policies_show_the_names_of_everything_that_has_one() -> None:
    assert DISPLAY_KINDS == NAMED_KINDS
