# Everything starts here: `make demo` to see it, `make test` to check it. Needs python3 (3.11 or newer) and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
LT_SHARED ?= ../shared

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

# Slow: figures, side by side with others, on the real pages of $(LT_SHARED).
bench: setup
	$(BIN)/python benchmarks/extraction.py --pages $(LT_SHARED)/pages
	$(BIN)/python benchmarks/highlights.py $(LT_SHARED)/pages
	$(BIN)/python benchmarks/line_speed.py $(LT_SHARED)/pages
	$(BIN)/python benchmarks/engine.py $(LT_SHARED)/mt/dev
	$(BIN)/python benchmarks/memory.py
	$(BIN)/python benchmarks/store.py

# Slower still: the whole line killed at 1,000 random points.
soak: setup
	folder=$$(mktemp -d) && $(BIN)/python tests/line/killed.py $$folder 1000 1; rm -rf $$folder

# Hours: the embedded model, from the corpora of $(LT_SHARED) to its card. Stop it at any time; it goes on where it was. It
# begins with the weights of the model before it, which lie in the history.
WORK ?= ../model
START := c674e9c
model: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	mkdir -p $(WORK) && git archive $(START) src/limitedtimes/models/many-en | tar -x -C $(WORK)
	LT_SHARED=$(LT_SHARED) $(BIN)/python -m training --work $(WORK) --date $$(date +%F) \
	  --start $(WORK)/src/limitedtimes/models/many-en

clean:
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: setup demo check test browser bench soak model clean
