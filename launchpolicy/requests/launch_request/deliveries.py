"""The delivery list of D9.3.1.1: what the vendor sends, when, how, and what arrived."""

from __future__ import annotations

from launchpolicy.requests.launch_request.acceptance import AcceptanceResult
from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    name_key,
    optional_key,
)
from launchpolicy.requests.launch_request.lists import Distinct
from launchpolicy.requests.launch_request.marks import STATED
from launchpolicy.requests.launch_request.records import Evidence
from launchpolicy.requests.launch_request.scalars import (
    Count,
    Instant,
    Line,
    Name,
    Person,
    PlannedInstant,
)
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(Text("Order", "订单"), Text("The order at the vendor.", "向厂商下的订单。"))
class Order(RequestSection):
    """Number and time."""

    number: Maybe[Line] = optional_key(
        Text("Number", "订单号"),
        Text("Its number.", "订单号。"),
        "D9.3.1.1",
        examples=("PO-2026-118",),
        marks=STATED,
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "时间"), Text("When it was placed.", "下单时间。"), "D9.3.1.1"
    )


@explain(
    Text("Acceptance on arrival", "到货验收"),
    Text("The inspection of what was delivered.", "对所到货物的验收。"),
)
class ArrivalAcceptance(RequestSection):
    """Who inspected it, when, and with what result."""

    by: Maybe[Person] = optional_key(
        Text("By", "验收人"), Text("Who inspected it.", "由谁验收。"), "D9.3.1.1"
    )
    at: Maybe[Instant] = optional_key(
        Text("At", "验收时间"), Text("When.", "验收时间。"), "D9.3.1.1"
    )
    result: Maybe[AcceptanceResult] = optional_key(
        Text("Result", "验收结果"),
        Text("Whether it is what was ordered, undamaged.", "是否与订单一致且完好。"),
        "D9.3.1.1",
    )
    remarks: Maybe[Prose] = optional_key(
        Text("Remarks", "说明"),
        Text("What was missing or damaged.", "短缺或损坏情况。"),
        "D9.3.1.1",
    )


@explain(Text("Delivery", "发货项"), Text("A line of the delivery list.", "产品发货清单中的一项。"))
class Delivery(RequestSection):
    """What the vendor delivers, and when."""

    name: Maybe[Name] = name_key("line of the delivery list", "发货项", "database-servers")
    vendor: Maybe[Line] = optional_key(
        Text("Vendor", "厂商"), Text("Who delivers.", "供货厂商。"), "D9.3.1.1", marks=STATED
    )
    order: Maybe[Order] = optional_key(
        Text("Order", "订单"), Text("The order at the vendor.", "向厂商下的订单。"), "D9.3.1.1"
    )
    contract: Maybe[Line] = optional_key(
        Text("Contract", "合同号"),
        Text("The number of the contract that the order belongs to.", "订单所属合同的编号。"),
        "D9.3.1.1",
        examples=("HT-2026-0088",),
        marks=STATED,
    )
    quantity: Maybe[Count] = optional_key(
        Text("Quantity", "数量"), Text("How many.", "发货数量。"), "D9.3.1.1"
    )
    equipment: Maybe[Distinct[Name]] = optional_key(
        Text("Equipment", "设备"),
        Text("Names in spec.infrastructure.equipment.", "spec.infrastructure.equipment 中的名称。"),
        "D9.3.1.1",
        examples=(["db-01", "db-02"],),
    )
    how: Maybe[Prose] = optional_key(
        Text("How", "发货流程"),
        Text("How it is delivered, from the vendor to the room.", "从厂商到机房的发货流程。"),
        "D9.3.1.1",
    )
    place: Maybe[Prose] = optional_key(
        Text("Place", "收货地点"), Text("Where it is received.", "在何处收货。"), "D9.3.1.1"
    )
    receiver: Maybe[Person] = optional_key(
        Text("Receiver", "收货人"), Text("Who is to receive it.", "由谁收货。"), "D9.3.1.1"
    )
    confirmed_by: Maybe[Distinct[Person]] = optional_key(
        Text("Confirmed by", "确认人"),
        Text(
            "Who of the project team and of the integration line confirmed the line.",
            "项目组与集成条线中确认该项的人员。",
        ),
        "D9.3.1.1",
        examples=(["li.wei", "gao.peng"],),
    )
    shipped_at: Maybe[PlannedInstant] = optional_key(
        Text("Shipped at", "发货时间"),
        Text("When the vendor sends it.", "厂商发货的时间。"),
        "D9.3.1.1",
    )
    expected_at: Maybe[PlannedInstant] = optional_key(
        Text("Expected at", "预计到货"),
        Text("When it should arrive.", "预计到货时间。"),
        "D9.3.1.1",
    )
    received_at: Maybe[Instant] = optional_key(
        Text("Received at", "实际到货"), Text("When it arrived.", "实际到货时间。"), "D9.3.1.1"
    )
    received_by: Maybe[Person] = optional_key(
        Text("Received by", "签收人"), Text("Who received it.", "由谁签收。"), "D9.3.1.1"
    )
    acceptance: Maybe[ArrivalAcceptance] = optional_key(
        Text("Acceptance on arrival", "到货验收"),
        Text("What the inspection on arrival showed.", "到货时的验收情况。"),
        "D9.3.1.1",
    )
    evidence: Maybe[Evidence] = optional_key(
        Text("Evidence", "证据"), Text("The delivery note.", "发货清单。"), "D9.3.1.1"
    )
