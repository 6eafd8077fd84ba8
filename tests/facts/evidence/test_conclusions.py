"""Documents that conclude a failure, attached as if they proved a success (threat E20)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import SIXTH_EDITION
from tests.facts.evidence.conftest import Reads
from tests.facts.evidence.samples import docx, xlsx

ABOUT = "结算功能与页面已由王芳、李伟于 2026-11-24 按验收单逐项核对。"


def passed_then(path: str, data: bytes) -> bool:
    """Whether the edition before took the document for a pass."""
    contents = read_evidence("document", path, data, {}, SIXTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


@pytest.mark.parametrize(
    "lines",
    [
        *("验收结论：不通过", "验收结论：不通过。存在 3 个严重缺陷", "**验收结论**：**不通过**"),
        *(
            "| 验收结论 | 不通过 |",
            "验收结论\n\n不通过",
            "三、测试结论：不合格",
            "结论\t不通过\t王芳",
        ),
        *("验收结论：□通过 ☑不通过", "验收结论：[ ] 通过 [x] 不通过", "结论,不通过"),
        *(
            "Conclusion: rejected",
            "Overall result: FAIL",
            "## Conclusion\n\nThe acceptance failed.",
        ),
        *("Final result: 2 of 14 tests failed", "Acceptance result: Not passed", "Verdict: no go"),
        *("评审结论：暂缓上线", "验收意见：不同意上线", "结论：首轮通过，复测不通过"),
        *("测试结论：通过\n复测结论：不通过", "验收结论：不通过  日期：2026-11-24"),
    ],
)
def test_a_document_that_concludes_a_failure_does_not_pass(reads: Reads, lines: str) -> None:
    text = f"{ABOUT}\n{lines}\n"

    contents = reads("document", text, "acceptance.md")

    assert not contents.passed
    assert "concludes itself" in contents.says.en
    assert "自身" in contents.says.zh
    assert passed_then("acceptance.md", text.encode())


@pytest.mark.parametrize(
    "lines",
    [
        *("验收结论：通过", "验收结论：☑通过 □不通过", "验收结论：通过☑ 不通过□", "结论：见附件"),
        *("验收结论：首轮不通过，二轮通过", "第一轮测试结论：不通过\n第二轮测试结论：通过"),
        *(
            "预期结果：失败",
            "用例 3 支付 结果：失败",
            "测试结论：14 项通过，0 项失败",
            "Verdict: go",
        ),
        *("Expected result: failed\nConclusion: passed", "结论: docs/failed.md"),
        *("Conclusion: the failed step was repeated and passed", "步骤 结论\n登录 通过"),
        *("测试结论：异常场景均按预期处理", "判定标准：失败数不超过 0", "验收结论：同意上线"),
        *("测试结果：https://ci.example.com/failed/3", "验收结论：通过 / 不通过"),
        "Verdict: pass (previous verdict: fail)",
    ],
)
def test_a_document_that_concludes_a_success_or_tells_of_failures_passes(
    reads: Reads, lines: str
) -> None:
    assert reads("document", f"{ABOUT}\n{lines}\n", "acceptance.md").passed


def test_a_conclusion_in_an_office_file_or_in_gbk_counts(reads: Reads) -> None:
    refused = {
        "a.docx": docx(ABOUT, "验收结论", "不通过"),
        "b.docx": docx(ABOUT, "验收结论：不通过"),
        "a.xlsx": xlsx(ABOUT, "验收结论", "不通过"),
        "a.txt": f"{ABOUT}\n验收结论：不通过\n".encode("gb18030"),
    }
    for path, data in refused.items():
        assert not reads("document", data, path).passed, path
    assert reads("document", docx(ABOUT, "验收结论", "通过"), "c.docx").passed
