# make run   a chat in this terminal, or on Telegram when SHEBAO_TELEGRAM_TOKEN is set
# make test  every check and test
#
# Both set up .venv when it is missing or older than what is locked. They need Python 3.11 or later
# and make, nothing else.

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/.run
DEV := $(BIN)/.dev

.PHONY: run test check format lock schemas benchmark clean

run: $(RUN)
	@$(BIN)/python -m bot run

test: $(DEV)
	$(BIN)/ruff format --check --diff .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict .
	$(BIN)/python -m bot check
	$(BIN)/pytest --cov --cov-report=term:skip-covered

check: $(RUN)
	@$(BIN)/python -m bot check

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schemas: $(RUN)
	@$(BIN)/python -m bot schema docs/schemas

$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python 3.11 or later is needed; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, this is $$($(PYTHON) -V); name a newer one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUN): requirements.txt | $(BIN)/pip
	@echo "Setting up .venv (once; about a minute) ..." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt | $(BIN)/pip
	@echo "Setting up .venv with the test tools (once; about a minute) ..." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-dev.txt
	@touch $(RUN) $@

# Locks what pyproject.toml asks for, with hashes, for every platform; needs uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade
lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --extra dev --extra webhook --extra postgres -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
