# Each target does all of its own set-up in .venv: it needs Python 3.10 to 3.13, git and make.
# PYTHON=python3.12 names the interpreter; without it the first one that fits is taken.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
OUTPUT := build/news
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test check bench docs constraints clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 14

run: $(INSTALLED) ## run the whole job on the packaged sample sites, offline, into build/news
	$(BIN)/communique run --sample --output $(OUTPUT)
	@echo "communique is $(BIN)/communique, or plain communique after: . $(BIN)/activate"

test: $(INSTALLED) ## run all tests
	$(BIN)/python -m pytest

check: $(INSTALLED) ## lint, format, types, and the directions of the imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_architecture.py

bench: $(INSTALLED) ## time the stages
	@for file in benchmarks/*.py; do $(BIN)/python -m benchmarks.$$(basename $$file .py) || exit; done

docs: $(INSTALLED) ## write docs/data-dictionary.md from the code
	$(BIN)/python -m schemas.dictionary > docs/data-dictionary.md.new
	mv docs/data-dictionary.md.new docs/data-dictionary.md

constraints: $(INSTALLED) ## lock the newest versions that setup.py allows (needs python3.10 to python3.13)
	$(BIN)/python .ci/lock.py

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment whose making was cut short has no working pip, and is made again.
$(INSTALLED): setup.py constraints.txt
	@echo "installing into $(VENV), this takes a minute or two"
	@$(BIN)/python -m pip --version > /dev/null 2>&1 \
	    || { python=$$(sh .ci/find-python $(PYTHON)) && "$$python" -m venv --clear $(VENV); }
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation --editable ".[dev]"
	@touch $@
