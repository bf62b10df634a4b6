# Two commands are all that is needed: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv
STORE ?= kg-store
OUT ?= out

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint types layers tests format notebooks docs bench wheel clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.installed ## install, build the graph of the five documents, question it, write the explorer
	$(BIN)/kg build --store $(STORE)
	$(BIN)/kg query cities-clusters --store $(STORE)
	$(BIN)/kg site $(OUT)/site --store $(STORE)
	@echo
	@echo "Open $(OUT)/site/index.html in a browser / 用浏览器打开 $(OUT)/site/index.html"
	@echo "Go on with / 接着试: $(BIN)/kg queries, $(BIN)/kg show 苏州 --store $(STORE)"

test: lint types layers tests ## check style, layout, types and layers, and run all tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

layers: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2 --dist loadgroup -rs

format: $(VENV)/.installed-dev ## lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

notebooks: $(VENV)/.installed-dev ## run the notebooks anew and write their output into them
	$(BIN)/python notebooks/refresh.py

docs: $(VENV)/.installed-dev ## write the true output of commands into README.md, README.zh.md and docs/commands.md
	$(BIN)/python -m kg.cli.reference > docs/commands.md
	$(BIN)/python tests/test_readme.py

bench: $(VENV)/.installed ## measure the build against a peer in the same process
	$(BIN)/python benchmarks/build.py

wheel: $(VENV)/.installed-dev ## write the wheel to dist/
	$(BIN)/python -m hatchling build -t wheel

clean: ## remove what these commands wrote
	rm -rf $(VENV) $(STORE) $(OUT) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The environment is made anew where it is missing, and brought up to date where pyproject.toml is newer.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, $(PYTHON) is not: make demo PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python has no venv: sudo apt-get install python3-venv, then run make again" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml $(VENV)/bin/python
	@echo "Installing into $(VENV): this takes a minute / 正在安装，约需一分钟"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/bin/python
	@echo "Installing into $(VENV): this takes a minute / 正在安装，约需一分钟"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed
