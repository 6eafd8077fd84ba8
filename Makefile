# Everything a developer or a CI runner does with this repository. `make` alone lists it.
# Nothing needs an activated environment, and every target can be run again and again.

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS     += --no-builtin-rules --no-print-directory

# make test PYTHON=python3.13     another interpreter (a new environment is made for it)
# make bench BENCH='--sizes 1,100 --runs 3'
# make pytest PYTEST='tests/engine -x'
PYTHON ?= python3
VENV   ?= .venv
BENCH  ?=
PYTEST ?=

BIN     := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)

# Stamps: which interpreter made the environment, what was installed into it and when.
MADE    := $(VENV)/.made-by-python-$(VERSION)
RUNTIME := $(VENV)/.installed
TOOLS   := $(VENV)/.installed-dev

# What launchpolicy is checked against stands beside the repository, not in it (tests/README.md).
SHARED  := $(or $(LAUNCHPOLICY_SHARED),../shared)

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# $(call step,WHAT,COMMAND,REMEDY): say what runs, run it, and say what to do when it fails.
step = echo '==> $(1)'; $(2) || { echo '==> $(1) failed. $(3)' >&2; exit 1; }

CHECKS := check-format check-lint check-types check-imports check-generated \
          check-workflows check-schemas check-hooks

.PHONY: help demo test lint format generate bench clean venv pytest shared $(CHECKS)

help: ## list these targets
	@echo 'launchpolicy: make TARGET'
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name what; do \
	    printf '  %-9s %s\n' "$$name" "$$what"; done

demo: $(RUNTIME) ## see a launch request blocked, fixed, merged and recorded in the ledger
	@$(BIN)/python examples/demo/demo.py

test: shared lint ## run every check and all tests, with coverage; installs what they need
	@echo '==> pytest, with coverage of subprocesses'
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal \
	    --cov --cov-report term:skip-covered

lint: $(TOOLS) ## run every check that is not a test
	@$(MAKE) --jobs 2 --output-sync=target $(CHECKS)

format: $(TOOLS) ## format the code and fix what ruff can fix
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

generate: $(TOOLS) ## write the generated files anew: schemas and shipped packs
	@$(BIN)/python -m launchpolicy.cli.generate

bench: $(TOOLS) ## measure launchpolicy beside check-jsonschema and Spectral; writes bench-report.md
	@$(BIN)/python -m tests.bench $(BENCH)

pytest: $(TOOLS) ## run tests only, as PYTEST= says, without coverage
	@$(BIN)/python -m pytest $(PYTEST)

clean: ## remove everything that make made
	rm -rf $(VENV) .cache .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
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

shared:
	@test -d '$(SHARED)/realworld' || { echo 'The tests need the shared data (real release requests), which stands' \
	    'beside this repository: no folder $(SHARED)/realworld. Put it there, or set LAUNCHPOLICY_SHARED.' >&2; exit 2; }

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

$(RUNTIME): pyproject.toml $(MADE)
	@echo '==> installing launchpolicy into $(VENV)'
	@$(PIP) --editable '.[ledger]'
	@touch $@

$(TOOLS): pyproject.toml $(MADE)
	@echo '==> installing launchpolicy and its development tools into $(VENV) (a minute or two)'
	@$(PIP) --editable '.[dev]'
	@touch $(RUNTIME) $@
