# Everything starts here: `make demo` to see it, `make test` to check it. Needs python3 (3.11 or newer) and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# The stamp names what was installed: a changed pyproject.toml installs anew.
$(VENV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "needs Python 3.11 or newer; set PYTHON="; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "needs the venv module: apt-get install python3-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup: $(VENV)/ready

demo: setup
	$(BIN)/limitedtimes demo

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/sizes.py

test: check browser
	$(BIN)/python -m pytest

browser:
	@sh tests/browser/install.sh

bench: setup
	$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/highlights.py
	$(BIN)/python benchmarks/line_speed.py
	$(BIN)/python benchmarks/memory.py

clean:
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: setup demo check test browser bench clean
