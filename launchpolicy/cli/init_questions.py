"""Answer the questions of `launchpolicy init` by options, by defaults or at a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import click

from launchpolicy.cli import init_wording as wording
from launchpolicy.cli.init_prompt import InitPrompt, description_lines
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.holidays import is_known_country
from launchpolicy.hosts.machine import is_zone, zone_of
from launchpolicy.operations.adoption.environment import AdoptionEnvironment, is_branch
from launchpolicy.operations.adoption.installation import named_program
from launchpolicy.operations.init import InitAnswers, default_rules, is_calendar_missing
from launchpolicy.policy.processes import PROCESSES
from launchpolicy.reporters.adoption.setup import Program
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import LANGUAGES, Language, Text, listing

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
    timezone: str | None
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
    _require(is_branch(branch), "--branch", branch, wording.BRANCH_REMEDY)
    for role in options.rules:
        _require(_ROLE.fullmatch(role) is not None, "--rules", role, wording.ROLE_REMEDY)
    if options.owner:
        _require(
            _OWNER.fullmatch(options.owner) is not None,
            "--owner",
            options.owner,
            wording.OWNER_REMEDY,
        )
    if not may_ask and not options.yes:
        _require_options(options, environment)
    ask = InitPrompt(language, may_ask)
    processes = _processes(options, environment, ask)
    source = _source(options, environment, ask)
    language = _language(options, environment, ask)
    country = _country(options, environment, ask)
    return InitAnswers(
        processes=processes,
        source=source,
        language=language,
        country=country,
        timezone=_timezone(options, environment, country, ask),
        rules=_rules(options, environment, processes, ask),
        branch=branch,
        owner=_owner(options, environment, source, ask),
        program=action or environment.program or _ask_for_program(source, ask),
        vaults=_vaults(options),
    )


def _processes(
    options: InitOptions, environment: AdoptionEnvironment, ask: InitPrompt
) -> tuple[str, ...]:
    if options.processes or environment.rules is not None:
        return tuple(dict.fromkeys(options.processes))
    default = next(iter(PROCESSES))
    if ask.may_ask:
        for process in PROCESSES.values():
            packs = listing(process.packs)
            title = process.title
            shown = Text(f"{title.en} ({packs.en})", f"{title.zh}（{packs.zh}）")
            for line in description_lines(process.name, shown.in_language(ask.language)):
                click.echo(line)
    return _names(ask.usable_answer(wording.PROCESS_QUESTION, default, _require_processes))


def _names(answer: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.split(r"[\s,，、]+", answer)))


def _require_processes(answer: str) -> None:
    for name in _names(answer):
        _require(name in PROCESSES, "", name, with_meant(_process_remedy(), name, PROCESSES))


def _source(options: InitOptions, environment: AdoptionEnvironment, ask: InitPrompt) -> str:
    if options.approvals or environment.rules is not None:
        return options.approvals or environment.source
    return ask.one(wording.SOURCE_QUESTION, environment.source, ("github", "signed"))


def _language(options: InitOptions, environment: AdoptionEnvironment, ask: InitPrompt) -> Language:
    if options.language or environment.rules is not None:
        return options.language or ask.language
    answer = ask.one(wording.LANGUAGE_QUESTION, ask.language, LANGUAGES)
    return "zh" if answer == "zh" else "en"


def _country(options: InitOptions, environment: AdoptionEnvironment, ask: InitPrompt) -> str:
    country = options.country
    if country is None:
        default = environment.country if is_known_country(environment.country) else _NONE
        country = default
        if is_calendar_missing(environment):
            country = ask.usable_answer(wording.COUNTRY_QUESTION, default, _require_country)
    _require_country(country, "--country")
    return "" if country.lower() == _NONE else country.upper()


def _require_country(country: str, option: str = "") -> None:
    is_usable = country.lower() == _NONE or is_known_country(country.upper())
    _require(is_usable, option, country, wording.COUNTRY_REMEDY)


def _timezone(
    options: InitOptions, environment: AdoptionEnvironment, country: str, ask: InitPrompt
) -> str:
    zone = options.timezone
    if zone is None:
        zone = zone_of(country, environment.timezone)
        if is_calendar_missing(environment):
            zone = ask.usable_answer(wording.ZONE_QUESTION, zone, _require_zone)
    _require_zone(zone, "--timezone")
    return zone


def _require_zone(zone: str, option: str = "") -> None:
    _require(is_zone(zone), option, zone, wording.ZONE_REMEDY)


def _rules(
    options: InitOptions,
    environment: AdoptionEnvironment,
    processes: Sequence[str],
    ask: InitPrompt,
) -> tuple[str, ...]:
    if options.rules or environment.rules is not None:
        return tuple(dict.fromkeys(options.rules))
    default = default_rules(processes)
    if ask.may_ask:
        titles = listing(role_title(role).in_language(ask.language) for role in default)
        print_prose(f"  {titles.in_language(ask.language)}")
    return _names(ask.usable_answer(wording.RULES_QUESTION, ", ".join(default), _require_roles))


def _require_roles(answer: str) -> None:
    for role in _names(answer):
        _require(_ROLE.fullmatch(role) is not None, "", role, wording.ROLE_REMEDY)


def _owner(
    options: InitOptions, environment: AdoptionEnvironment, source: str, ask: InitPrompt
) -> str:
    default = f"@{environment.repository.partition('/')[0]}" if environment.repository else ""
    if options.owner or source != "github":
        return options.owner or default
    answer = ask.usable_answer(wording.OWNER_QUESTION, default or _NONE, _require_owner)
    _require_owner(answer, "--owner")
    return "" if answer == _NONE else answer


def _require_owner(owner: str, option: str = "") -> None:
    is_usable = owner in {_NONE, ""} or _OWNER.fullmatch(owner) is not None
    _require(is_usable, option, owner, wording.OWNER_REMEDY)


def _ask_for_program(source: str, ask: InitPrompt) -> Program | None:
    """Return the program that hooks and workflows run, where no installation record says it."""
    if source != "github":
        return None
    answer = ask.usable_answer(wording.ACTION_QUESTION, _NONE, _named_program)
    return _named_program(answer)


def _named_program(answer: str) -> Program | None:
    return None if answer == _NONE else named_program(answer)


def _vaults(options: InitOptions) -> tuple[str, ...]:
    for vault in options.vaults:
        _require(_VAULT.fullmatch(vault) is not None, "--vault", vault, wording.VAULT_REMEDY)
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
        english, chinese = f"{option} {value!r}".lstrip(), f"{option}“{value}”"
        raise UsageError(Text(f"{english} cannot be used.", f"{chinese}无法使用。"), remedy)


def _process_remedy() -> Text:
    return Text(f"Known: {', '.join(PROCESSES)}.", f"可选：{'、'.join(PROCESSES)}。")
