"""Papers 14 to 19: the plan, the delivery list, the confirmation and the launch documents of D9."""

from __future__ import annotations

import functools
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from launchpolicy.operations.paper.pictures import write_markdown_with_pictures
from launchpolicy.operations.paper.source import PaperSource, read_paper_source
from launchpolicy.operations.paper.write import write_paper_of
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW

EXAMPLE = PROJECT / "examples/hardware-software-integration"
REQUEST = EXAMPLE / "launches/LR-2026-0506"


@functools.cache
def source() -> PaperSource:
    return read_paper_source(REQUEST, NOW)


def paper(kind: str, source_: PaperSource | None = None) -> str:
    return write_paper_of(source_ or source(), kind, "zh", "md").decode()


def changed(folder: Path, *edits: tuple[str, str]) -> PaperSource:
    """The example with texts of its request replaced; each must be there."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("broken"))
    file = folder / "launches/LR-2026-0506/request.yaml"
    text = file.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return read_paper_source(file, NOW)


def test_the_plan_has_its_six_parts_in_order_and_three_signers() -> None:
    text = paper("product-plan")

    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts[:6] == [
        "一、投产目标",
        "二、时间进度",
        "三、项目资源",
        "四、工程任务",
        "五、采购计划",
        "六、风险评估",
    ]
    rows = text[text.index("审批意见") :]
    signers = re.findall(r"^\| (项目组|集成条线|开发管理中心) \| (\S+) \|", rows, re.MULTILINE)
    assert signers == [("项目组", "李薇"), ("集成条线", "任慧"), ("开发管理中心", "潘军")]
    assert "安装与上架 | 2026年11月10日 09:00—11月12日 18:00 | 高鹏" in text


def test_the_plan_and_the_notice_say_why_nothing_is_bought(tmp_path: Path) -> None:
    text = (REQUEST / "request.yaml").read_text("utf-8")
    purchases = re.search(r"      purchases:\n(      [- ] .*\n)+", text)
    ground = "    applicability:\n"
    assert purchases is not None
    unmet = f"{ground}      notMet: [{{name: equipment-purchase, reason: 使用库存服务器两台。}}]\n"
    stored = changed(tmp_path / "e", (purchases.group(), ""), (ground, unmet))

    for kind in ("product-plan", "resource-notice"):
        printed = paper(kind, stored)
        assert "不涉及设备采购：使用库存服务器两台。" in printed
        assert "采购内容" not in printed


def test_the_centre_notifies_both_after_its_review() -> None:
    text = paper("resource-notice")

    assert "产品部、集成条线：" in text
    assert "已于2026年10月20日通过开发管理中心审核" in text
    assert text.index("开发管理中心（盖章）") < text.rindex("2026年10月20日")


def test_no_notice_to_prepare_is_made_of_a_plan_that_did_not_pass(tmp_path: Path) -> None:
    review = "by: [pan.jun]\n        result: passed"
    failed = changed(tmp_path / "e", (review, review.replace("passed", "failed")))

    with pytest.raises(MalformedRulesError) as refused:
        paper("resource-notice", failed)
    assert "尚未通过审核" in refused.value.findings[0].message.zh


def test_the_delivery_list_says_who_sends_what_when_how_and_who_confirmed_it() -> None:
    text = paper("deliveries")

    assert (
        "| 1 | Example Servers | HT-2026-0118<br>PO-2026-118 | payments-01 | R2 | 1 | SN-70011 | "
        "2026年11月5日 | 2026年11月6日 | A 机房卸货区 | 高鹏 | 通过<br>何琳<br>2026年11月6日 |"
    ) in text
    assert "由厂商送货至卸货区，当场清点后送入 A 机房。 | 李薇 | 任慧 |" in text
    assert re.findall(r"^\| (项目组|集成条线) \|", text, re.MULTILINE) == ["项目组", "集成条线"]


def test_what_has_not_arrived_is_printed_as_expected(tmp_path: Path) -> None:
    open_ = changed(
        tmp_path / "e", ("receivedAt: '2026-11-06T11:00:00+08:00', receivedBy: gao.peng,", "")
    )

    assert "2026年11月6日（预计）" in paper("deliveries", open_)


def test_the_confirmation_of_a_gap_says_what_is_missing_and_consents_to_nothing(
    tmp_path: Path,
) -> None:
    gap = changed(
        tmp_path / "e", ("receivedAt: '2026-11-06T11:00:00+08:00', receivedBy: gao.peng,", "")
    )
    text = paper("confirmation", gap)

    assert "| 发货与到货 | ✗ | 未到货：servers。 |" in text
    assert "结论：不具备上线条件。未就绪事项：发货与到货。" in text
    assert "均已就绪" not in text
    assert "同意按计划上线" not in text


def test_the_confirmation_is_issued_by_the_centre_on_its_day() -> None:
    text = paper("confirmation")

    assert text.count("✓") == 8
    assert "✗" not in text
    assert "结论：以上各项均已就绪，同意按计划上线。" in text
    assert re.search(r"开发管理中心（盖章）\s+2026年11月24日", text)


def test_a_confirmation_that_nobody_signed_has_no_date(tmp_path: Path) -> None:
    signed = re.search(
        r"    confirmation:\n(      .*\n)+", (REQUEST / "request.yaml").read_text("utf-8")
    )
    assert signed is not None
    text = paper("confirmation", changed(tmp_path / "e", (signed.group(), "")))

    assert re.search(r"开发管理中心（盖章）\s+(&#95;)+年(&#95;)+月(&#95;)+日", text)


def test_the_elevation_shows_units_of_other_launches_as_taken() -> None:
    text = paper("racks")

    assert "| U13–U12 | payments-02 · Example Servers R2 · 450 W | payments-02（背面） |" in text
    assert "由 LR-2026-0501 上架" in text
    assert "U 位：共 42U，已用 20U，预留 4U，空闲 18U" in text
    assert "LR-2026-0502" not in text  # rolled back: its devices claim nothing


def test_the_elevation_is_a_drawing_in_html_and_shapes_in_docx() -> None:
    page = write_paper_of(source(), "racks", "zh", "html").decode()
    with zipfile.ZipFile(io.BytesIO(write_paper_of(source(), "racks", "zh", "docx"))) as package:
        document = package.read("word/document.xml").decode()

    assert re.search(r'<figure><svg xmlns="http://www.w3.org/2000/svg"', page)
    assert ">U42<" in page
    assert "wpg:wgp" in document
    assert "mc:Fallback" in document


def test_markdown_shows_the_drawing_from_a_file_beside_it(tmp_path: Path) -> None:
    output = tmp_path / "机柜.md"
    write_markdown_with_pictures("racks", REQUEST, "zh", NOW, None, output)

    assert "![A-07](%E6%9C%BA%E6%9F%9C-A-07.svg)" in output.read_text("utf-8")
    assert (tmp_path / "机柜-A-07.svg").read_text("utf-8").startswith("<svg ")


def test_the_port_table_has_near_and_far_end() -> None:
    text = paper("ports").replace("&#58;", ":")

    assert (
        "| 1 | payments-01 | eth0 | 192.0.2.11/24 | 192.0.2.1 | 120 | 00:00:5e:00:53:0b | "
        "10 Gbit/s | sw-a07 | XGE1/0/11 | 业务流量。 |"
    ) in text
    assert "已与机柜配置图、运行设备清单核对" in text


def test_a_port_of_a_device_in_no_rack_is_said_below_the_table(tmp_path: Path) -> None:
    moved = changed(
        tmp_path / "e", ("{equipment: payments-02, position", "{equipment: ghost, position")
    )
    text = paper("ports", moved)

    assert "请核对：payments-02：未标在机柜配置图中。" in text
    assert "已与机柜配置图" not in text


def test_the_launch_document_gathers_the_three_tables_and_the_operating_data() -> None:
    text = paper("product-document")

    parts = re.findall(r"^## .、(.+)$", text, re.MULTILINE)
    assert {"机柜配置图", "网络端口配置表", "运行设备清单"} < set(parts)
    assert {"监控与关注事项", "备份与恢复", "回退办法", "联系人"} < set(parts)
    assert "U13–U12" in text
    assert "XGE1/0/11" in text
    assert "SN-70011" in text
    assert "接收（运行维护） | 高鹏" in text


def test_cells_of_a_workbook_are_text_and_no_formulas(tmp_path: Path) -> None:
    formula = changed(
        tmp_path / "e",
        ("vendor: Example Servers, order", "vendor: '=HYPERLINK(\"http://x\";1)', order"),
    )
    workbook = write_paper_of(formula, "deliveries", "zh", "xlsx")
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        strings = package.read("xl/sharedStrings.xml").decode()
        names = package.namelist()

    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "=HYPERLINK(" in strings
    assert not any("externalLink" in name for name in names)
    assert workbook == write_paper_of(formula, "deliveries", "zh", "xlsx")


def test_a_paper_that_is_no_table_is_no_workbook() -> None:
    with pytest.raises(UsageError, match="no table"):
        write_paper_of(source(), "confirmation", "zh", "xlsx")


def test_the_equipment_list_says_where_a_device_stands_and_how_it_is_reached() -> None:
    text = paper("equipment")

    assert (
        "| 1 | payments-01 | 服务器 | Example Servers R2 | SN-70011 | AS-4100 | "
        "A 机房<br>A-07<br>U11–U10 | 192.0.2.11 | Debian 12 | 450 W | 高鹏 | 上线后启用 | "
        "2029年12月31日 |"
    ) in text
