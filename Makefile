# Python >= 3.11 and make are all that is needed. `make demo` and `make test` set up what they use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The suite starts some hundred interpreters: each would compile all that it imports again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: docs vendor demo test test-all browser check cover wheel dist lock schema bench-fetch bench-judgement clean

demo: $(VENV)/.ready
	$(BIN)/curate demo

# What takes a minute and a half: all but the tests that are marked as slow.
test: $(VENV)/.ready
	$(BIN)/python -m pytest $(PARALLEL) -m "not slow"

test-all: $(VENV)/.ready
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest $(PARALLEL)

# A worker that is done takes over from the other; until then each goes through neighbours, which share fixtures.
PARALLEL := -n auto --dist worksteal

# The editors that tests/browser pastes into. With them and Chromium, `make test-all` runs those tests; else it skips them.
EDITORS := tests/browser/node_modules/.package-lock.json

browser: $(EDITORS)

$(EDITORS): tests/browser/package.json tests/browser/package-lock.json
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund
	touch $@

# What CI runs besides: style and types.
check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Every test once, and which lines the quick ones reach: to count those of whole nights costs half as much again.
cover: $(VENV)/.ready
	$(BIN)/coverage erase
	HYPOTHESIS_PROFILE=thorough $(BIN)/coverage run -m pytest $(PARALLEL) -m "not slow"
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest $(PARALLEL) -m slow
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

# A wheel, installed in an empty environment and used in an empty folder.
wheel: $(VENV)/.ready
	$(BIN)/python tests/wheel.py

# What would be uploaded: docs/engineering/releasing.md. build and twine are for this alone.
dist: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "build>=1.2" "twine>=6.1"
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/python -m twine check --strict dist/*

lock: # after a change of dependencies: needs uv
	uv pip compile pyproject.toml --extra dev --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o constraints.txt

vendor: $(VENV)/.ready # the scripts that the desk carries: needs npm
	$(BIN)/python bench/vendor.py

# The documents as a site, in output/docs. What builds it is for this alone, and installed beside the rest.
docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet --config-file mkdocs.yml
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet --config-file mkdocs.en.yml
	@echo $(CURDIR)/output/docs/index.html

$(VENV)/.docs: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable ".[docs]"
	touch $@

# The pictures of the documents, taken anew from the demo: needs Chromium.
screens: $(VENV)/.ready $(EDITORS)
	$(BIN)/python bench/screenshots.py
	$(BIN)/python bench/screenshots_delivery.py

schema: $(VENV)/.ready
	$(BIN)/curate schema > feeds.schema.json
	$(BIN)/python bench/fill_docs.py

bench-judgement: $(VENV)/.ready
	$(BIN)/python bench/judgement.py --write

# Beside newsboat, reader (READER_PYTHON: a Python that has reader[cli]), a loop over feedparser and the floor.
bench-fetch: $(VENV)/.ready
	$(BIN)/python bench/fetch.py --write docs/engineering/performance.md

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build .coverage*

# --no-deps: constraints.txt names everything, so nothing has to be resolved. --no-compile: what is imported is compiled then.
$(VENV)/.ready: constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "curate needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
