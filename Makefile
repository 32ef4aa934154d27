# Two commands: `make demo` and `make test`. Both set up .venv first; `make check` adds the linters; `make mutants` asks
# whether the tests notice changed code (an hour or more).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check mutants clean lock outdated licences

$(VENV)/.installed: pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tra Tin needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --progress-bar on --require-hashes -r requirements.txt
	$(PIP) install --progress-bar on -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(PIP) install --progress-bar on --require-hashes -r requirements-dev.txt
	$(PIP) install --progress-bar on -e '.[dev]'
	@touch $@

demo: $(VENV)/.installed
	$(BIN)/tratin --data var/demo demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

mutants: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.mutants

# The known parts: every version of pyproject.toml's dependencies with the hashes of all its files, for Python 3.11 to 3.13.
lock: $(VENV)/.installed
	$(PIP) install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

outdated: $(VENV)/.installed
	$(PIP) list --outdated

licences: $(VENV)/.installed
	$(PIP) install -q pip-licenses
	$(BIN)/pip-licenses --format=markdown --order=license

clean:
	rm -rf $(VENV) build *.egg-info
