"""How a product was presented at its release meeting: introduction and demonstration (D5)."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import Person
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Introduction", "产品介绍"),
    Text("How the product was introduced.", "会上对新产品的介绍。"),
)
class Introduction(RequestSection):
    """Features, advantages, use."""

    by: Maybe[Distinct[Person]] = optional_key(
        Text("By", "介绍人"),
        Text("Who introduced it.", "由谁介绍。"),
        "D5",
        examples=(["li.wei"],),
    )
    features: Maybe[Prose] = optional_key(
        Text("Features", "特点"), Text("What marks it out.", "产品的特点。"), "D5"
    )
    functions: Maybe[Prose] = optional_key(
        Text("Functions", "功能"), Text("What it does.", "产品的功能。"), "D5"
    )
    advantages: Maybe[Prose] = optional_key(
        Text("Advantages", "优势"), Text("What is better about it.", "产品的优势。"), "D5"
    )
    scenarios: Maybe[Prose] = optional_key(
        Text("Scenarios", "应用场景"), Text("Where it is used.", "产品的应用场景。"), "D5"
    )


@explain(Text("Demonstration", "产品演示"), Text("How the product was shown.", "会上的产品演示。"))
class Demonstration(RequestSection):
    """Who showed what."""

    by: Maybe[Distinct[Person]] = optional_key(
        Text("By", "演示人"),
        Text("Who showed it.", "由谁演示。"),
        "D5",
        examples=(["wu.ting"],),
    )
    summary: Maybe[Prose] = optional_key(
        Text("Summary", "说明"), Text("What was shown.", "演示了哪些用法与功能。"), "D5"
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("A recording or slides.", "演示录像或资料。"), "D5"
    )
