# `make serve` sets up, builds and serves; `make test` sets up and passes the tests. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export UV_PROJECT_ENVIRONMENT := $(VENV)

BUNDLE := src/metiers_kg/web/static/built/page.js

.PHONY: help setup assets build docs serve test test-long lint types layers format bench wheel sbom licences audit changes lock clean

help:  ## say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready $(BUNDLE)  ## make .venv with the locked dependencies, and bundle what the pages load

$(VENV)/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "metiers-kg needs Python 3.11 or newer; found $$($(PYTHON) --version). Name another: make PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -n '/^name = "uv"$$/{n;s/version = "\(.*\)"/uv==\1/p;}' uv.lock)"
	$(BIN)/uv sync --quiet --locked --all-extras --all-groups --no-group bench --compile-bytecode
	touch $@

assets: $(BUNDLE)  ## bundle the scripts that the pages load, from the locked npm packages

$(BUNDLE): $(VENV)/.ready assets/package-lock.json assets/build.mjs $(wildcard assets/src/*)
	$(BIN)/python assets/build.py

build: setup  ## build the graph in build/
	$(BIN)/metiers-kg build

serve: setup  ## build when stale, then serve on http://127.0.0.1:8000
	$(BIN)/metiers-kg serve --host $(HOST) --port $(PORT)

docs: setup  ## write the documentation into site/; fails where something is undocumented or a link is broken
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

test: setup  ## lint, types, import contract, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python assets/build.py lint
	$(BIN)/pytest -m "not long" src tools tests

test-long: setup  ## what takes longer: the tests marked long
	$(BIN)/pytest -m long tests

lint: setup  ## style alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python assets/build.py lint

types: setup  ## types alone
	$(BIN)/mypy

layers: setup  ## import contract alone
	$(BIN)/lint-imports

format: setup  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python assets/build.py format

bench: setup  ## the benchmarks, side by side with their peers
	$(BIN)/uv sync --quiet --locked --all-extras --all-groups
	$(BIN)/pytest benchmarks -p no:cacheprovider

wheel: setup  ## build wheel and sdist in dist/: the same commit gives the same bytes
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 1580601600) $(BIN)/python -m hatchling build -d dist

sbom: setup  ## write dist/sbom.cdx.json: what an installed metiers-kg is made of (CycloneDX)
	mkdir -p dist
	$(BIN)/python -m tools.supply.bill_of_materials dist/sbom.cdx.json

licences: setup  ## renew docs/reference/licences.md, the licences of the dependencies
	$(BIN)/python -m tools.supply.licences

audit: setup  ## ask which locked dependencies have known weaknesses; needs the network
	$(BIN)/python -m tools.supply.audit

changes: setup  ## show what the changelog will say of changes/
	$(BIN)/towncrier build --draft --version next

lock: setup  ## renew uv.lock
	$(BIN)/uv lock

clean:  ## remove what was built
	rm -rf build site $(VENV) assets/node_modules $(dir $(BUNDLE))
