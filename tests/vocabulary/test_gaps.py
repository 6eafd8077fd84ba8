"""Names in Chinese close the gaps that Chinese sentences leave around ids."""

from __future__ import annotations

import pytest

from launchpolicy.vocabulary.text import without_gaps


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("部门 财务部 未会签。", "部门财务部未会签。"),
        ("部门 finance 未会签。", "部门 finance 未会签。"),
        ("（代理 王芳）", "（代理王芳）"),
        ("影响 3 个部门：财务部", "影响 3 个部门：财务部"),
        ("a b", "a b"),
    ],
)
def test_only_a_space_between_chinese_characters_goes(written: str, shown: str) -> None:
    assert without_gaps(written) == shown
