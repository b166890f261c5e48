# make run    opens the window:  make run ARGS="photo.jpg"
# make test   every check, then the tests of every run:  make test ARGS="-k geometry"
#
# Both make what they need in .venv the first time, and again after pyproject.toml changed.

PYTHON ?= python3
ARGS ?=

PY := .venv/bin/python
FOR_RUN := .venv/.installed-for-run
FOR_DEV := .venv/.installed-for-dev
# TORCH=cpu makes the package with a build of torch that knows no graphics cards.
TORCH ?=
PACKAGE_VENV := .venv-package$(TORCH:%=-%)
PACKAGE_PY := $(PACKAGE_VENV)/bin/python
FOR_PACKAGE := $(PACKAGE_VENV)/.installed
# Two calls of pytest at a time: more of them need more memory than many machines have. So do more
# than two arenas of malloc in each, which keep what other threads have freed.
PYTEST := MALLOC_ARENA_MAX=2 $(PY) scripts/run_tests.py
SOURCES := pyproject.toml constraints.txt constraints-cpu.txt scripts/environment.py

MAKEFLAGS += --no-print-directory
export PYTHON
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-slow test-exhaustive test-all lint format types bench translations docs package package-test clean system system-for-tests

help:
	@echo "make run [ARGS=photo.jpg]   open the window"
	@echo "make test                   every check, and the tests of every run: about eight minutes"
	@echo "make test-slow              the tests that take long: about six minutes"
	@echo "make test-exhaustive        every known architecture and way to save, an hour or more"
	@echo "make test-all               all of these"
	@echo "make lint                   the checks alone"
	@echo "make bench                  measure speed beside other programs"
	@echo "make translations           collect the window's texts, and compile their German"
	@echo "make docs                   the site, in build/site"
	@echo "make package [TORCH=cpu]    the standalone program: archives in dist/"
	@echo "make package-test           only its folder, with its self-test"
	@echo "make clean                  remove what these made (.venv too)"

run: system $(FOR_RUN)
	@$(PY) -m camviewer $(ARGS)

test: system-for-tests format
	@$(PYTEST) --at-once 2 --beside "make types" $(ARGS)

test-slow: system-for-tests $(FOR_DEV)
	@$(PYTEST) --at-once 2 -m "slow and not exhaustive" $(ARGS)

test-exhaustive: system-for-tests $(FOR_DEV)
	@$(PYTEST) --numprocesses 2 --dist worksteal -m exhaustive $(ARGS)

test-all: system-for-tests format
	@$(PYTEST) --at-once 2 --beside "make types" -m "" $(ARGS)

lint: format types

format: $(FOR_DEV)
	@$(PY) -m ruff format --check --quiet . || \
		{ echo "Not formatted: run $(PY) -m ruff format ."; exit 1; }
	@$(PY) -m ruff check --quiet .

types: $(FOR_DEV)
	@$(PY) -m mypy --no-error-summary
	@$(PY) .venv/bin/lint-imports --no-logo

bench: system $(FOR_DEV)
	@$(PY) -m benchmarks $(ARGS)

translations: $(FOR_DEV)
	@$(PY) scripts/translations.py

docs: $(FOR_DEV)
	@NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --quiet --strict
	@echo "The site lies in build/site: open index.html."

package: system-for-tests $(FOR_PACKAGE)
	@$(PACKAGE_PY) packaging/build.py $(ARGS)

package-test: system-for-tests $(FOR_PACKAGE)
	@$(PACKAGE_PY) packaging/build.py folder check sizes

clean:
	rm -rf .venv .venv-package* build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find camviewer tests benchmarks scripts packaging -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

system:
	@bash scripts/system-packages.sh

system-for-tests:
	@bash scripts/system-packages.sh --test

# An environment for development also runs the program.
$(FOR_DEV): $(SOURCES) $(PY)
	@$(PYTHON) scripts/environment.py dev
	@touch $(FOR_DEV) $(FOR_RUN)

$(FOR_RUN): $(SOURCES) $(PY)
	@$(PYTHON) scripts/environment.py fast transformers
	@touch $(FOR_RUN)

# The package is made from an environment of its own, without the tools of development.
$(FOR_PACKAGE): $(SOURCES) $(PACKAGE_PY)
	@ENVIRONMENT=$(PACKAGE_VENV) TORCH=$(TORCH) $(PYTHON) scripts/environment.py package
	@touch $(FOR_PACKAGE)

# Nothing to do but to notice that it is not there, or links to a Python that has gone.
$(PY) $(PACKAGE_PY): ;
