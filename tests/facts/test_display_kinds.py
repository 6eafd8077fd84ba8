"""What has names is the same for the names themselves and for the policies that show them."""

from __future__ import annotations

from launchpolicy.policy.fact_shapes import DISPLAY_KINDS, FACTS
from launchpolicy.requests.names import display_fact
from launchpolicy.vocabulary.names import NAMED_KINDS, NO_NAMES
from launchpolicy.vocabulary.value_names import SHOWN_BY_POLICIES


def test_policies_show_the_names_of_everything_that_has_one() -> None:
    assert DISPLAY_KINDS == NAMED_KINDS


def test_policies_find_the_chinese_names_of_fixed_values_and_shipped_processes() -> None:
    display = display_fact(NO_NAMES)
    assert display["zh"]["values"]["stage"]["rolled-back"] == "已回滚"
    assert display["zh"]["processes"]["product-launch"] == "产品上线"
    shapes = FACTS["display"]["properties"]["zh"]["properties"]
    assert (
        tuple(display["zh"]["values"]) == tuple(shapes["values"]["properties"]) == SHOWN_BY_POLICIES
    )
