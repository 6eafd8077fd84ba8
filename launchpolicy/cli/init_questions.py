"""Answer the questions of `launchpolicy init` by options, by defaults or at a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from launchpolicy.hosts.holidays import is_known_country
from launchpolicy.operations.adoption.environment import AdoptionEnvironment, is_branch
from launchpolicy.operations.adoption.installation import named_program
from launchpolicy.operations.init import InitAnswers, default_rules, is_calendar_missing
from launchpolicy.policy.processes import PROCESSES
from launchpolicy.reporters.adoption.setup import Program
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import LANGUAGES, Language, Text

_ROLE = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_VAULT = re.compile(r"[^\s/][^\x00-\x1f]*[^\s/]")
_OWNER = re.compile(
    r"@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})(?:/[A-Za-z0-9_.-]{1,100})?"
    r"|[A-Za-z0-9.!$%&'+=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
)
_NONE = "none"


@dataclass(frozen=True, slots=True)
class InitOptions:
    """The options of the command line; None or empty where not given."""

    processes: tuple[str, ...]
    approvals: str | None
    language: Language | None
    country: str | None
    rules: tuple[str, ...]
    branch: str | None
    owner: str | None
    action: str | None
    vaults: tuple[str, ...]
    yes: bool


def answers_of(
    options: InitOptions, environment: AdoptionEnvironment, language: Language, *, may_ask: bool
) -> InitAnswers:
    """Return the answers to every question that is still open.

    Raises:
        UsageError: one cannot be used, or is missing where nobody can be asked.
    """
    action = named_program(options.action) if options.action else None
    branch = options.branch or environment.branch
    _require(is_branch(branch), "--branch", branch, _BRANCH_REMEDY)
    for role in options.rules:
        _require(_ROLE.fullmatch(role) is not None, "--rules", role, _ROLE_REMEDY)
    if options.owner:
        _require(
            _OWNER.fullmatch(options.owner) is not None, "--owner", options.owner, _OWNER_REMEDY
        )
    if not may_ask and not options.yes:
        _require_options(options, environment)
    ask = _Prompt(language, may_ask)
    processes = _processes(options, environment, ask)
    source = _source(options, environment, ask)
    return InitAnswers(
        processes=processes,
        source=source,
        language=_language(options, environment, ask),
        country=_country(options, environment, ask),
        rules=_rules(options, environment, processes, ask),
        branch=branch,
        owner=_owner(options, environment, source, ask),
        program=action or environment.program or _ask_for_program(source, ask),
        vaults=_vaults(options),
    )


class _Prompt:
    """Asks at a terminal; where that is not possible, every default stands."""

    def __init__(self, language: Language, may_ask: bool) -> None:  # noqa: FBT001 (one caller)
        self.language = language
        self.may_ask = may_ask

    def one(self, question: Text, default: str, choices: Sequence[str] = ()) -> str:
        if not self.may_ask:
            return default
        kind = click.Choice(choices) if choices else None
        question_text = question.in_language(self.language)
        answer: str = click.prompt(
            question_text, default=default, type=kind, show_choices=bool(choices)
        )
        return answer.strip()

    def usable_answer(self, question: Text, default: str, check: Callable[[str], object]) -> str:
        """Return an answer that passes a check, which raises UsageError; ask until one does."""

        def usable(answer: str) -> str:
            try:
                check(answer.strip())
            except UsageError as error:
                problem = error.problem.in_language(self.language)
                remedy = error.remedy.in_language(self.language)
                message = f"{problem}{remedy}" if self.language == "zh" else f"{problem} {remedy}"
                raise click.UsageError(message) from error
            return answer.strip()

        if not self.may_ask:
            return default
        text = question.in_language(self.language)
        answer: str = click.prompt(text, default=default, value_proc=usable)
        return answer


def _processes(
    options: InitOptions, environment: AdoptionEnvironment, ask: _Prompt
) -> tuple[str, ...]:
    if options.processes or environment.rules is not None:
        return tuple(dict.fromkeys(options.processes))
    default = next(iter(PROCESSES))
    if ask.may_ask:
        for process in PROCESSES.values():
            packs = ", ".join(process.packs)
            click.echo(f"  {process.name:<32}{process.title.in_language(ask.language)} ({packs})")
    return _names(ask.usable_answer(_PROCESS_QUESTION, default, _require_processes))


def _names(answer: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.split(r"[\s,，、]+", answer)))


def _require_processes(answer: str) -> None:
    for name in _names(answer):
        _require(name in PROCESSES, "", name, _process_remedy())


def _source(options: InitOptions, environment: AdoptionEnvironment, ask: _Prompt) -> str:
    if options.approvals or environment.rules is not None:
        return options.approvals or environment.source
    return ask.one(_SOURCE_QUESTION, environment.source, ("github", "signed"))


def _language(options: InitOptions, environment: AdoptionEnvironment, ask: _Prompt) -> Language:
    if options.language or environment.rules is not None:
        return options.language or ask.language
    answer = ask.one(_LANGUAGE_QUESTION, ask.language, LANGUAGES)
    return "zh" if answer == "zh" else "en"


def _country(options: InitOptions, environment: AdoptionEnvironment, ask: _Prompt) -> str:
    country = options.country
    if country is None:
        default = environment.country if is_known_country(environment.country) else _NONE
        country = default
        if is_calendar_missing(environment):
            country = ask.usable_answer(_COUNTRY_QUESTION, default, _require_country)
    _require_country(country, "--country")
    return "" if country.lower() == _NONE else country.upper()


def _require_country(country: str, option: str = "") -> None:
    is_usable = country.lower() == _NONE or is_known_country(country.upper())
    _require(is_usable, option, country, _COUNTRY_REMEDY)


def _rules(
    options: InitOptions, environment: AdoptionEnvironment, processes: Sequence[str], ask: _Prompt
) -> tuple[str, ...]:
    if options.rules or environment.rules is not None:
        return tuple(dict.fromkeys(options.rules))
    default = default_rules(processes)
    if ask.may_ask:
        titles = ", ".join(role_title(role).in_language(ask.language) for role in default)
        click.echo(f"  {titles}")
    return _names(ask.usable_answer(_RULES_QUESTION, ", ".join(default), _require_roles))


def _require_roles(answer: str) -> None:
    for role in _names(answer):
        _require(_ROLE.fullmatch(role) is not None, "", role, _ROLE_REMEDY)


def _owner(
    options: InitOptions, environment: AdoptionEnvironment, source: str, ask: _Prompt
) -> str:
    default = f"@{environment.repository.partition('/')[0]}" if environment.repository else ""
    if options.owner or source != "github":
        return options.owner or default
    answer = ask.usable_answer(_OWNER_QUESTION, default or _NONE, _require_owner)
    _require_owner(answer, "--owner")
    return "" if answer == _NONE else answer


def _require_owner(owner: str, option: str = "") -> None:
    is_usable = owner in {_NONE, ""} or _OWNER.fullmatch(owner) is not None
    _require(is_usable, option, owner, _OWNER_REMEDY)


def _ask_for_program(source: str, ask: _Prompt) -> Program | None:
    """Return the program that hooks and workflows run, where no installation record says it."""
    if source != "github":
        return None
    answer = ask.usable_answer(_ACTION_QUESTION, _NONE, _named_program)
    return _named_program(answer)


def _named_program(answer: str) -> Program | None:
    return None if answer == _NONE else named_program(answer)


def _vaults(options: InitOptions) -> tuple[str, ...]:
    for vault in options.vaults:
        _require(_VAULT.fullmatch(vault) is not None, "--vault", vault, _VAULT_REMEDY)
    return tuple(dict.fromkeys(options.vaults))


def _require_options(options: InitOptions, environment: AdoptionEnvironment) -> None:
    """Require an option for every question where there is no terminal.

    Raises:
        UsageError: one is missing.
    """
    missing = []
    if environment.rules is None:
        missing += [] if options.processes else ["--process"]
        missing += [] if options.approvals else ["--approvals"]
        missing += [] if options.language else ["--language"]
    if is_calendar_missing(environment):
        missing += [] if options.country else ["--country"]
    if missing:
        raise UsageError(
            Text(
                f"This is no terminal, so nobody can be asked for: {', '.join(missing)}.",
                f"当前不是终端，无法询问：{'、'.join(missing)}。",
            ),
            Text(
                "Give these options, or --yes to take every default.",
                "请给出这些选项，或用 --yes 采用全部默认值。",
            ),
        )


def _require(is_usable: bool, option: str, value: str, remedy: Text) -> None:  # noqa: FBT001 (a condition)
    if not is_usable:
        named = f"{option} {value!r}".lstrip()
        raise UsageError(Text(f"{named} cannot be used.", f"{named} 无法使用。"), remedy)


def _process_remedy() -> Text:
    return Text(f"Known: {', '.join(PROCESSES)}.", f"可选：{'、'.join(PROCESSES)}。")


_PROCESS_QUESTION = Text("Processes, separated by commas", "流程（多个用逗号分隔）")
_SOURCE_QUESTION = Text(
    "Approvals: reviews on GitHub, or files signed with SSH keys",
    "审批来源：github 为 GitHub 评审，signed 为 SSH 签名文件",
)
_LANGUAGE_QUESTION = Text("Language of the files and messages", "文件和提示的语言")
_COUNTRY_QUESTION = Text(
    "Country whose public holidays count (or none)", "按哪国的法定节假日判断（none 表示不判断）"
)
_RULES_QUESTION = Text("Roles that approve changes of the rules", "可批准规则变更的角色")
_OWNER_QUESTION = Text(
    "Who reviews changes of the rules on GitHub: @user or @organisation/team",
    "在 GitHub 上评审规则变更的人：@用户 或 @组织/团队",
)
_ACTION_QUESTION = Text(
    "The commit of launchpolicy to run, as OWNER/REPO@COMMIT (none leaves the workflows out)",
    "所运行的 launchpolicy 提交，写作 OWNER/REPO@COMMIT（none 表示不写入工作流）",
)
_BRANCH_REMEDY = Text(
    "Write the name of a branch of letters, digits, `.`, `_`, `-` and `/`.",
    "请填写分支名，只含字母、数字、`.`、`_`、`-` 和 `/`。",
)
_ROLE_REMEDY = Text(
    "Write the id of a role, such as product-lead.", "请填写角色标识，例如 `product-lead`。"
)
_VAULT_REMEDY = Text(
    "Write the name of a place for backups, such as vault-b.",
    "请填写备份存放位置的名称，例如 vault-b。",
)
_OWNER_REMEDY = Text(
    "Write @USER, @ORGANISATION/TEAM or an e-mail address.",
    "请填写 @用户、@组织/团队 或邮箱地址。",
)
_COUNTRY_REMEDY = Text(
    "Write the two letters of a country, such as CN, or none.",
    "请填写两位国家或地区代码，例如 CN；不判断节假日则填 none。",
)
