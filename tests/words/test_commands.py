"""What the commands print in Chinese has no id of a stage, role, verdict or place without a name.

An id may stand in backquotes, in brackets behind its name, in a path and in a command to type.
"""

from __future__ import annotations

import re
import shutil

import pytest

from launchpolicy.vocabulary.process_titles import PROCESS_TITLES
from launchpolicy.vocabulary.role_titles import TITLES
from launchpolicy.vocabulary.value_names import VALUE_NAMES
from tests.cli.launch_repository import EXAMPLE, NOW, LaunchRepository, clean_environment

DEPARTMENTS = ("product", "rd", "operations", "customer-service", "finance", "production")
LOANWORDS = {"ups", "LaunchRequest"}
"""UPS is what such a device is called in Chinese, too; the kind is a name that files carry."""
KINDS = sorted(set(VALUE_NAMES) - {"evidenceKind", "level", "documentKind"})
"""Words of the others are everyday words of reports: junit, high."""
IDS = frozenset(
    {*TITLES, *PROCESS_TITLES, *DEPARTMENTS, *(v for kind in KINDS for v in VALUE_NAMES[kind])}
    - LOANWORDS
)
_WORD = re.compile(r"(?<![\w/.=<@-])[A-Za-z][\w-]*(?![\w/:=@-]|\.\w)")
_ALLOWED = re.compile(
    r"`[^`]*`|<code>.*?</code>"  # code
    r"|（[\w./-]+）"  # an id behind its name
    r"|\[[\w|. -]+\]"  # the choices of an option
    r"|^\s*(?:git|launchpolicy) .*$"  # a command to type
    r"|^\s*\d* │.*$"  # a line of the request
    r"|^\s+\w+ = .*$|^\s*(?:each|when|people): .*$",  # an expression of a policy
    re.MULTILINE,
)


def _bare_ids(output: str) -> list[str]:
    return [word for word in _WORD.findall(_ALLOWED.sub("", output)) if word in IDS]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> LaunchRepository:
    """The example with a launch that is merged, is in the ledger, and one that fails."""
    folder = tmp_path_factory.mktemp("words") / "product-launch"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("broken"))
    home = folder.parent / "home"
    home.mkdir()
    made = LaunchRepository(folder, {**clean_environment(home), "GIT_COMMITTER_DATE": NOW})
    made.git("init", "--quiet", "--initial-branch=main")
    later = folder.parent / "later"
    shutil.move(folder / "launches" / "LR-2026-0017", later)
    made.commit("adopt launchpolicy")
    shutil.move(later, folder / "launches" / "LR-2026-0017")
    made.commit("a launch")
    return made


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "--verbose", "--now", NOW),
    "status": ("status", "launches/LR-2026-0042", "--now", NOW),
    "people": ("people", "check", "--now", NOW),
    "policy show": ("policy", "show", "departments-approve-cutover"),
    "policy clauses": ("policy", "clauses"),
    "advance": ("advance", "launches/LR-2026-0042", "closed", "--now", NOW),
    "evidence": ("evidence", "add", "nothing.pdf"),
    "ledger append": ("ledger", "append"),
    "ledger query": ("ledger", "query"),
    "ledger show": ("ledger", "show", "LR-2026-0017"),
    "ledger verify": ("ledger", "verify"),
    "approve": ("approve", "launches/LR-2026-0042"),
    "new": ("new", "结算", "--process", "nothing", "--yes"),
}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_no_id_stands_alone_in_chinese_output(name: str, repository: LaunchRepository) -> None:
    done = repository.run(*COMMANDS[name], "--lang", "zh")
    output = done.output + done.complaint
    assert re.search(r"[\u4e00-\u9fff]", output), output
    assert _bare_ids(output) == []


BROKEN = {
    "another stage": ("stage: requested", "stage: closed"),
    "another risk": ("risk: standard", "risk: emergency"),
    "another process": ("process: product-launch", "process: system-cutover"),
    "another role": ("role: product-lead", "role: dba"),
}


@pytest.mark.parametrize(
    ("name", "format_"),
    [*((name, "text") for name in BROKEN), ("another stage", "markdown")],
)
def test_no_id_stands_alone_in_a_chinese_report_of_a_failure(
    name: str, format_: str, repository: LaunchRepository
) -> None:
    before = repository.request.read_text("utf-8")
    repository.edit(BROKEN[name])
    try:
        done = repository.check("launches/LR-2026-0042", "--format", format_, "--lang", "zh")
    finally:
        repository.request.write_text(before, "utf-8")
    assert done.code in {1, 2}, done.output
    assert _bare_ids(done.output) == []


@pytest.mark.parametrize(
    ("output", "ids"),
    [
        ("阶段：requested", ["requested"]),
        ("尚缺 product-lead 的审批", ["product-lead"]),
        ("阶段：已申请（`requested`）", []),
        ("产品部负责人（product-lead）：王芳", []),
        ("  launchpolicy advance launches/LR-1 launched", []),
    ],
)
def test_an_id_is_found_only_where_it_stands_alone(output: str, ids: list[str]) -> None:
    assert _bare_ids(output) == ids
