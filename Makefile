# Two commands are enough: `make run` starts Guiju, `make test` runs all that is tested. People and CI use the same ones.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
NPM := npm --silent --no-audit --no-fund

# Stamps: a step is repeated when what it read has changed, and not before.
PIP_READY := $(VENV)/.pip
INSTALLED := $(VENV)/.installed
DEV := $(VENV)/.dev
NODE_MODULES := frontend/node_modules/.installed
APP := src/guiju/web/static/app/.built
FRONTEND_FILES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/tests -prune -o -type f -print 2>/dev/null)

.PHONY: help run test check format bench docs wheel words pins clean install dev app

help:
	@echo "make run     install, build the workbench, make the sample projects, serve them on http://127.0.0.1:7100"
	@echo "             (ARGS='--port 8000' is passed on)"
	@echo "make test    bring what the tests need, then run them all"
	@echo "make check   linters, types, imports (Python and TypeScript)"
	@echo "make format  lay out the Python files"
	@echo "make bench   the figures, beside this machine's own floors"
	@echo "make docs    write docs/commands.md anew and check the documents"
	@echo "make wheel   a wheel in dist/ that needs no Node where it is installed"
	@echo "make words   collect the words of the interface into the catalogue (FILL='words.json' adds translations)"
	@echo "make pins    write what is installed now into constraints.txt"
	@echo "make clean   remove all that these made, the environment too"

run: install app
	@$(BIN)/guiju demo $(ARGS)

test: dev app
	@scripts/test

check: dev $(NODE_MODULES)
	@scripts/check

format: dev
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

bench: dev app
	@$(BIN)/python -m bench $(ARGS)

docs: dev
	@$(BIN)/python -m scripts.commands
	@$(BIN)/python -m pytest -q tests/house/test_docs.py

wheel: install app
	@rm -rf dist
	@$(PIP) wheel --no-deps --constraint constraints.txt --wheel-dir dist .
	@ls dist/*.whl

words: dev
	@$(BIN)/python -m scripts.words $(FILL)

pins: dev
	@{ sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --all --exclude-editable | grep -viE '^setuptools=' | sort -f; } >build.pins
	@mv build.pins constraints.txt

clean:
	@rm -rf $(VENV) build dist frontend/node_modules src/guiju/web/static/app .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

install: $(INSTALLED)
dev: $(DEV)
app: $(APP)

$(PIP_READY):
	@scripts/need python "$(PYTHON)"
	@test -x $(BIN)/python || { echo "making $(VENV)"; "$(PYTHON)" -m venv $(VENV); }
	@$(PIP) install --upgrade "$$(grep '^pip==' constraints.txt)"
	@touch $@

$(INSTALLED): pyproject.toml constraints.txt | $(PIP_READY)
	@echo "installing Guiju"
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(DEV): $(INSTALLED)
	@echo "installing what the tests and linters need"
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@

# Not `npm ci`: it refuses a lock without the packages of other platforms, which not every registry has.
$(NODE_MODULES): frontend/package.json frontend/package-lock.json
	@scripts/need node
	@echo "installing what the front end is built with"
	@cd frontend && $(NPM) install --no-save
	@touch $@

$(APP): $(NODE_MODULES) $(FRONTEND_FILES)
	@echo "building the front end"
	@cd frontend && $(NPM) run build
	@touch $@
