"""A pytest plugin: suites that need something from outside can be left out by name.

`pytest --without=browser,npm` deselects what carries these marks and says so at the end. The suite
`shared` is left out by itself where its data is not there. With `CI=true` nothing may be left out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from tests.shared_data import shared_folder

SUITES = {
    "browser": "the ledger's site in Chromium",
    "npm": "GitHub's own schema, API description and examples, and axe, which npm brings",
    "index": "what pip installs while the tests run: the actions and the hooks as others get them",
    "slow": "writers that race and are killed, whole histories, demonstrations: seconds for each",
    "shared": "real release requests, vectors and requirements that are kept beside the repository",
}
"""Every suite that can be left out, by its mark, and what it holds."""

BEGIN_WITH = frozenset({"browser", "npm", "index", "slow"})
"""Suites with long tests: begun last, they would be waited for alone."""

_LEFT_OUT = pytest.StashKey[dict[str, str]]()


def suites_left_out(names: str, *, shared: bool, ci: bool) -> dict[str, str]:
    """Return the suites to leave out, each with the reason; `names` are separated by commas.

    `shared` says whether the shared data is there, `ci` whether this run guards a merge.

    Raises:
        ValueError: a name is none of `SUITES`, or a suite would be left out where nothing may be.
    """
    found = {}
    for name in filter(None, (each.strip() for each in names.split(","))):
        if name not in SUITES:
            message = f"--without: there is no suite `{name}`. The suites: {', '.join(SUITES)}."
            raise ValueError(message)
        found[name] = "you left it out by name"
    if not shared:
        found.setdefault("shared", f"there is no folder {shared_folder()}")
    if found and ci:
        missing = "; ".join(f"{name}: {reason}" for name, reason in found.items())
        message = f"With CI=true no suite may be left out ({missing})."
        raise ValueError(message)
    return found


def how_to_get_shared_data(environ: Mapping[str, str]) -> str:
    """Return the command that puts the shared data beside the repository.

    Its repository and commit are those of the variables that .github/workflows/ci.yml uses, too.
    """
    repository = environ.get("LAUNCHPOLICY_SHARED_REPOSITORY") or "OWNER/NAME"
    commit = environ.get("LAUNCHPOLICY_SHARED_COMMIT") or "COMMIT"
    server = environ.get("GITHUB_SERVER_URL") or "https://github.com"
    return f"git clone {server}/{repository} ../shared && git -C ../shared checkout {commit}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--without",
        default="",
        metavar="SUITE,SUITE",
        help=f"leave out suites by name: {', '.join(SUITES)}",
    )


def pytest_configure(config: pytest.Config) -> None:
    for name, held in SUITES.items():
        config.addinivalue_line("markers", f"{name}: {held}")
    shared = shared_folder().is_dir()
    ci = os.environ.get("CI") == "true"
    try:
        left_out = suites_left_out(config.getoption("--without"), shared=shared, ci=ci)
    except ValueError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[_LEFT_OUT] = left_out


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = config.stash[_LEFT_OUT]
    deselected = [item for item in items if any(item.get_closest_marker(each) for each in left_out)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        gone = set(deselected)
        items[:] = [item for item in items if item not in gone]
    items.sort(key=lambda item: not any(map(item.get_closest_marker, BEGIN_WITH)))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    left_out = config.stash[_LEFT_OUT]
    if not left_out:
        return
    terminalreporter.section("left out")
    for name, reason in left_out.items():
        terminalreporter.line(f"{name}: {SUITES[name]} ({reason})")
    if "shared" in left_out:
        terminalreporter.line("To get the shared data, in the folder of this repository:")
        terminalreporter.line(f"    {how_to_get_shared_data(os.environ)}")
        terminalreporter.line(
            "LAUNCHPOLICY_SHARED_REPOSITORY and LAUNCHPOLICY_SHARED_COMMIT name what to put in;"
            " LAUNCHPOLICY_SHARED names another folder (tests/README.md)."
        )
