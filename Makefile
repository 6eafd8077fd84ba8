# Everything a developer or a CI runner does with this repository. `make` alone lists it.
# Nothing needs an activated environment, and every target can be run again and again.

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS     += --no-builtin-rules --no-print-directory

# make demo FULL=1                 all scenes; KEEP=1 keeps the folder
# make test WITHOUT=browser,npm    leave suites out by name (tests/README.md lists them)
# make test RESOLUTION=newest      with the newest libraries that pyproject.toml allows, or the oldest
# make test PYTHON=python3.13      another interpreter (a new environment is made for it)
# make bench BENCH='--sizes 1,100 --runs 3 --merges 20'   quick; without BENCH: all gates, ten minutes
# make pytest PYTEST='tests/engine -x'
# make fuzz N=1000000 SEED=7       more mutations of the examples, drawn by another seed
PYTHON ?= python3
BENCH  ?=
PYTEST ?=
WITHOUT ?=
N      ?= 20000
SEED   ?= 1

# What tests/suites.py checks again, before anything is installed.
COMMA   := ,
SUITES  := browser npm index slow shared
LEFT    := $(strip $(subst $(COMMA), ,$(WITHOUT)))
UNKNOWN := $(filter-out $(SUITES),$(LEFT))
ifneq ($(UNKNOWN),)
$(error WITHOUT: there is no suite $(UNKNOWN). The suites: $(SUITES))
endif
ifneq ($(and $(filter true,$(CI)),$(LEFT)),)
$(error With CI=true no suite may be left out: $(LEFT))
endif
SHARED := $(or $(LAUNCHPOLICY_SHARED),../shared)

# locked: exactly what .ci/*.txt say, by hash. newest, oldest: what pyproject.toml allows.
RESOLUTION ?= locked
ifeq ($(filter locked newest oldest,$(RESOLUTION)),)
$(error RESOLUTION=$(RESOLUTION) is not known: use locked, newest or oldest)
endif
VENV ?= .venv$(if $(filter-out locked,$(RESOLUTION)),-$(RESOLUTION))

BIN     := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)

# Stamps: which interpreter made the environment, what was installed into it and when.
MADE    := $(VENV)/.made-by-python-$(VERSION)
RUNTIME := $(VENV)/.installed
TOOLS   := $(VENV)/.installed-dev

# Tests start Python thousands of times; what it has compiled it keeps, whatever the caller prefers.
test test-fast full pytest: export PYTHONDONTWRITEBYTECODE :=

# One place for what pip downloads, also for tests that give themselves another home.
export PIP_CACHE_DIR ?= $(or $(XDG_CACHE_HOME),$(or $(HOME),$(CURDIR))/.cache)/pip
PIP  := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
# The package itself, with the build backend of the lock: nothing is resolved or downloaded.
SELF := $(PIP) --no-index --no-deps --no-build-isolation --editable .
# What makes the locks has an environment of its own, from a lock of its own.
LOCKER  := .cache/locker
COMPILE := CUSTOM_COMPILE_COMMAND='make lock' $(LOCKER)/bin/python -m piptools compile --quiet --upgrade \
    --generate-hashes --allow-unsafe --strip-extras \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# $(call step,WHAT,COMMAND,REMEDY): say what runs, run it, and say what to do when it fails.
step = echo '==> $(1)'; $(2) || { echo '==> $(1) failed. $(3)' >&2; exit 1; }

CHECKS := check-format check-lint check-types check-imports check-generated \
          check-workflows check-schemas check-hooks

.PHONY: help demo test test-fast full fuzz structure lint format generate bench clean venv pytest lock dist packages $(CHECKS)

help: ## list these targets
	@echo 'launchpolicy: make TARGET'
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name what; do \
	    printf '  %-9s %s\n' "$$name" "$$what"; done

demo: $(RUNTIME) ## three scenes of a launch request in 80 lines (FULL=1: all; KEEP=1: keep the folder; DEMO_LANG=zh)
	@$(BIN)/python examples/demo/demo.py

# .ci/run, which has made the checks just before, says on which files.
test: packages ## run every check and all tests, with coverage; installs what they need
	@if [[ -n "$${LAUNCHPOLICY_LINTED:-}" && "$$LAUNCHPOLICY_LINTED" == "$$(.ci/tree)" ]]; then \
	    echo '==> checks: passed before, on the same files'; else $(MAKE) lint; fi
	@echo '==> pytest, with coverage of subprocesses'
	@.ci/in-memory $(BIN)/python -m pytest --numprocesses 3 --dist worksteal --without='$(WITHOUT)' \
	    --cov --cov-report term:skip-covered $(if $(and $(wildcard $(SHARED)),$(if $(LEFT),,all)),,--cov-fail-under 0)

test-fast: $(TOOLS) ## run the tests that need a minute and no network; no checks, no coverage
	@.ci/in-memory $(BIN)/python -m pytest --numprocesses 2 --dist worksteal --without=browser,npm,index,slow

full: export LAUNCHPOLICY_REAL_PROGRAM := 1
full: export LAUNCHPOLICY_WHOLE_TESTS := 1
full: test ## run `make test` with a new Python for each command, and whole what it runs by sample
	@$(if $(and $(wildcard $(SHARED)),$(if $(filter shared,$(LEFT)),,yes)),\
	    $(call step,agreement sets,$(BIN)/python -m tests.agreement,The lines above name the groups that differ; see tests/README.md.),\
	    echo '==> agreement sets: left out, as the suite shared is')
	@$(call step,reference client,$(BIN)/python -m tests.ledger.reference_client,The lines above say which entry or proof it refuses.)

fuzz: $(TOOLS) ## mutate the passing examples N times and judge them (N=1000000 SEED=7); what passes needs a reason
	@$(BIN)/python -m tests.mutations --count $(N) --seed $(SEED)

structure: $(TOOLS) ## count the package: rooms, arrows between them, chains, files that run for a check
	@$(BIN)/python -m tests.structure

lint: $(TOOLS) ## run every check that is not a test
	@$(MAKE) --jobs 2 --output-sync=target $(CHECKS)

format: $(TOOLS) ## format the code and fix what ruff can fix
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

generate: $(TOOLS) ## write the generated files anew: schemas and shipped packs
	@$(BIN)/python -m launchpolicy.cli.generate

bench: $(TOOLS) ## measure speed and memory beside check-jsonschema, ajv and an earlier commit: a table of gates
	@$(BIN)/python -m tests.bench $(BENCH)

pytest: $(TOOLS) ## run tests only, as PYTEST= says, without coverage
	@$(BIN)/python -m pytest $(PYTEST)

clean: ## remove everything that make made
	rm -rf $(VENV) .venv-newest .venv-oldest .cache .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
	    .pytest_cache .ruff_cache bench-report.md build dist
	find launchpolicy tests examples -name __pycache__ -prune -exec rm -rf {} +

venv: $(TOOLS) ## only make the environment and install into it

check-format: $(TOOLS)
	@$(call step,ruff format --check,$(BIN)/ruff format --check --quiet --diff .,Run: make format)

check-lint: $(TOOLS)
	@$(call step,ruff check,$(BIN)/ruff check --quiet .,Fix what is listed above; make format fixes some of it.)

check-types: $(TOOLS)
	@$(call step,mypy --strict,$(BIN)/mypy --no-error-summary,Fix the types listed above.)

check-imports: $(TOOLS)
	@$(call step,import-linter,$(BIN)/lint-imports --no-logo,The contracts stand in pyproject.toml.)

check-generated: $(TOOLS)
	@$(call step,generated files,$(BIN)/python -m launchpolicy.cli.generate --check,Run: make generate)

check-workflows: $(TOOLS)
	@$(call step,zizmor,$(BIN)/zizmor --offline --no-progress --quiet --persona=auditor --strict-collection .github action.yml .pre-commit-hooks.yaml examples/github/*.yml examples/ledger/*.yml,Each finding above names its remedy.)

check-schemas: $(TOOLS)
	@$(call step,workflow schema,$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml examples/github/*.yml examples/ledger/*.yml,See the errors above.)
	@$(call step,action schema,$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml .github/actions/*/action.yml,See the errors above.)
	@$(call step,dependabot schema,$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml,See the errors above.)

check-hooks: $(TOOLS)
	@$(call step,pre-commit configuration,$(BIN)/pre-commit validate-config && $(BIN)/pre-commit validate-manifest,See the errors above.)

packages:
	@.ci/packages '$(WITHOUT)'

lock: pyproject.toml $(LOCKER)/.installed ## renew .ci/*.txt: the newest versions, with their hashes
	@$(call step,pip-compile .ci/release.txt,$(COMPILE) --output-file .ci/release.txt .ci/release.in,See above.)
	@$(call step,pip-compile .ci/action.txt,$(COMPILE) --all-build-deps --extra github --output-file .ci/action.txt pyproject.toml,See above.)
	@$(call step,pip-compile .ci/test.txt,$(COMPILE) --all-build-deps --extra dev --output-file .ci/test.txt pyproject.toml,See above.)

# SOURCE_DATE_EPOCH: the same commit gives the same bytes. CHECKED has only what users get.
CHECKED := .cache/checked
dist: $(LOCKER)/.installed ## build and check what a release publishes, into dist/
	@rm -rf dist $(CHECKED)
	@$(call step,sdist and wheel,SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(LOCKER)/bin/python -m build --no-isolation --outdir dist . >/dev/null,See above.)
	@$(call step,twine check,$(LOCKER)/bin/python -m twine --no-color check --strict dist/*,See above.)
	@$(PYTHON) -m venv $(CHECKED)
	@$(CHECKED)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-compile --requirement .ci/action.txt
	@$(CHECKED)/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps dist/*.whl
	@$(call step,the six examples,.ci/examples "$$PWD/$(CHECKED)/bin/launchpolicy" >$(CHECKED)/log || { cat $(CHECKED)/log; false; },See above.)
	@$(call step,bill of materials,PYTHONWARNINGS=ignore $(LOCKER)/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible --output-file dist/launchpolicy.cdx.json .ci/action.txt,See above.)

$(LOCKER)/.installed: .ci/release.txt
	@$(PYTHON) -m venv --clear $(LOCKER)
	@$(LOCKER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/release.txt
	@touch $@

# An environment made by another interpreter is cleared; one made by this one is completed.
$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo 'launchpolicy needs Python 3.11 or newer, and $(PYTHON) is not: on Debian, apt-get install' \
	    'python3; or name another one: make PYTHON=python3.13 …' >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    if [ "$$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then \
	        echo '==> $(PYTHON) cannot make virtual environments: apt-get install python3-venv'; \
	        export DEBIAN_FRONTEND=noninteractive; \
	        { apt-get install -qq -y python3-venv || { apt-get update -qq && apt-get install -qq -y python3-venv; }; } >/dev/null; \
	    else \
	        echo '$(PYTHON) cannot make virtual environments: as root, run "apt-get install python3-venv"' \
	        '(elsewhere: the package that holds ensurepip), then run make again.' >&2; exit 2; \
	    fi; }
	@echo '==> making the virtual environment $(VENV) with Python $(VERSION)'
	@if [ -d '$(VENV)' ] && ! grep -qs '^version = $(VERSION)' '$(VENV)/pyvenv.cfg'; then rm -rf '$(VENV)'; fi
	@$(PYTHON) -m venv '$(VENV)'
	@touch $@

$(RUNTIME): pyproject.toml .ci/action.txt $(MADE)
	@echo '==> installing launchpolicy into $(VENV)'
	@$(PIP) --require-hashes --no-compile --requirement .ci/action.txt
	@$(SELF)
	@touch $@

$(TOOLS): pyproject.toml .ci/test.txt $(MADE)
	@echo '==> installing launchpolicy and its development tools into $(VENV) (a minute or two)'
ifeq ($(RESOLUTION),locked)
	@$(PIP) --require-hashes --requirement .ci/test.txt
	@$(SELF)
else ifeq ($(RESOLUTION),newest)
	@$(PIP) --upgrade --upgrade-strategy eager --editable '.[dev]'
else
	@$(PIP) packaging
	@$(BIN)/python -m tests.oldest_versions >$(VENV)/oldest.txt
	@$(PIP) --constraint $(VENV)/oldest.txt hatchling editables
	@$(PIP) --constraint $(VENV)/oldest.txt --no-build-isolation --editable '.[dev]'
endif
	@touch $(RUNTIME) $@
