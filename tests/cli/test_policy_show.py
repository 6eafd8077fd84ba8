"""`policy show`: what must hold stands apart from what a failed check reports."""

from __future__ import annotations

import pytest

from launchpolicy.cli.policy.show import policy_lines
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.text import LANGUAGES, Language
from tests.cli.launch_repository import LaunchRepository

HEADINGS: dict[Language, tuple[str, str]] = {
    "en": ("must hold", "checks, each with what it reports where it fails"),
    "zh": ("必须满足", "校验项（不满足时提示）"),
}
PACKS = shipped_files.pack_names()


def _sections(policy: Policy, language: Language) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {"": []}
    heading = ""
    for line in policy_lines(policy, language):
        plain = line.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
        if plain and not plain.startswith(" ") and plain != line:
            heading = plain
        sections.setdefault(heading, []).append(plain)
    return sections


def _policy(name: str) -> Policy:
    for pack in PACKS:
        for policy in shipped_files.pack(pack).policies:
            if policy.id == name:
                return policy
    raise LookupError(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pack", PACKS)
def test_no_failure_message_is_shown_as_what_must_hold(pack: str, language: Language) -> None:
    demands, checks = HEADINGS[language]
    for policy in shipped_files.pack(pack).policies:
        sections = _sections(policy, language)
        title = policy.text.title.in_language(language)
        assert sections[demands][1] == f"  • {title}", policy.id
        messages = {validation.message.in_language(language) for validation in policy.validations}
        assert not messages & {line[4:] for line in sections[demands]}, policy.id
        assert messages <= {line[4:] for line in sections.get(checks, ())}, policy.id


def test_the_approvals_that_a_policy_asks_for_are_listed_in_their_order() -> None:
    lines = _sections(_policy("departments-approve-cutover"), "zh")["必须满足"]
    shown = [line.strip() for line in lines if line.strip().startswith("•")]
    assert shown[1:] == [
        "• 以下各项依次审批：",
        "• 分管领导审批",
        "• 科技部审批",
        "• 以下各项均须审批：",
        "• 各有关部门的部门负责人审批",
        "• 公司领导审批",
        (
            "• 以下人员的审批不计入："
            "申请人、执行人、测试人员、合并请求的发起人、变更的推送者、提交的作者、提交者。"
        ),
    ]


def test_stages_actions_and_operations_have_chinese_names() -> None:
    text = "\n".join(
        _sections(_policy("launch-in-order"), "zh")["所登记的问题和回滚符合实际先后顺序"]
    )
    assert "处理方式：阻断\n" in text
    assert "适用文档：上线申请\n适用阶段：已上线、已验证、已办结、已回滚\n" in text
    assert "适用操作：新建、修改" in text


def test_a_policy_of_a_pack_that_is_not_listed_is_shown_as_unused(
    repository: LaunchRepository,
) -> None:
    unused = repository.run("policy", "show", "offices-took-part")
    assert "It judges nothing here: .launchpolicy.yaml names the pack governance" in unused.output
    chinese = repository.run("--lang", "zh", "policy", "show", "offices-took-part")
    assert "未列出策略包 governance" in chinese.output
    assert "judges nothing" not in repository.run("policy", "show", "rollback-planned").output
