# `make serve` sets up, builds and serves; `make test` sets up and passes the tests. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export UV_PROJECT_ENVIRONMENT := $(VENV)

.PHONY: help setup build serve test test-long lint types layers format bench lock clean

help:  ## say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready  ## make .venv with the locked dependencies

$(VENV)/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "metiers-kg needs Python 3.11 or newer; found $$($(PYTHON) --version). Name another: make PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -n '/^name = "uv"$$/{n;s/version = "\(.*\)"/uv==\1/p;}' uv.lock)"
	$(BIN)/uv sync --quiet --locked --all-extras --all-groups --no-group bench --compile-bytecode
	touch $@

build: setup  ## build the graph in build/
	$(BIN)/metiers-kg build

serve: setup  ## build when stale, then serve on http://127.0.0.1:8000
	$(BIN)/metiers-kg serve --host $(HOST) --port $(PORT)

test: setup  ## lint, types, import contract, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not long" src tests

test-long: setup  ## what takes longer: the tests marked long
	$(BIN)/pytest -m long tests

lint: setup  ## style alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup  ## types alone
	$(BIN)/mypy

layers: setup  ## import contract alone
	$(BIN)/lint-imports

format: setup  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup  ## the benchmarks, side by side with their peers
	$(BIN)/uv sync --quiet --locked --all-extras --all-groups
	$(BIN)/pytest benchmarks -p no:cacheprovider

lock: setup  ## renew uv.lock
	$(BIN)/uv lock

clean:  ## remove what was built
	rm -rf build $(VENV)
