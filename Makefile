# make run   a chat in this terminal, or on Telegram when SHEBAO_TELEGRAM_TOKEN is set
# make test  every check and test
#
# Both set up .venv when it is missing or older than what is locked. They need Python 3.11 or later
# and make, nothing else.

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/.run
DEV := $(BIN)/.dev
BENCH := $(BIN)/.bench
# The lock names everything, so pip need not resolve: older pips refuse "coverage[toml]", which a
# locked package asks for, as unpinned once a newer coverage is out.
LOCKED := --no-deps --only-binary :all: --require-hashes
NLPJS := benchmarks/matching/nlpjs
PEERS := benchmarks/telegram/bots
# The folder with the data sets that the benchmark reads.
DATA ?= ../shared/data

.PHONY: run test check format lock schemas benchmark benchmark-smoke benchmark-telegram clean

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

# The matcher beside its peers; writes docs/benchmarks.md. An hour or two; the smoke run, half a minute.
benchmark: $(BENCH) $(NLPJS)/node_modules
	@$(BIN)/python -m benchmarks.matching --data $(DATA)

benchmark-smoke: $(BENCH) $(NLPJS)/node_modules
	@$(BIN)/python -m benchmarks.matching --data $(DATA) --smoke

# The bot beside its peers, over a Bot API stand-in; writes docs/benchmarks-telegram.md. Ten minutes.
benchmark-telegram: $(BENCH) $(PEERS)/.venv/.done
	@$(BIN)/python -m benchmarks.telegram

$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python 3.11 or later is needed; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, this is $$($(PYTHON) -V); name a newer one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUN): requirements.txt | $(BIN)/pip
	@echo "Setting up .venv (once; about a minute) ..." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check $(LOCKED) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt | $(BIN)/pip
	@echo "Setting up .venv with the test tools (once; about a minute) ..." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check $(LOCKED) -r requirements-dev.txt
	@touch $(RUN) $@

$(BENCH): requirements-bench.txt | $(BIN)/pip
	@echo "Setting up .venv with the benchmark's peers (once; about a minute) ..." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check $(LOCKED) -r requirements-bench.txt
	@touch $@

# aiogram wants an older pydantic than ours, so it has an environment of its own.
$(PEERS)/.venv/.done: $(PEERS)/requirements.txt | $(BIN)/pip
	@$(PYTHON) -m venv $(PEERS)/.venv
	@$(PEERS)/.venv/bin/pip install --quiet --disable-pip-version-check $(LOCKED) -r $(PEERS)/requirements.txt
	@touch $@

# Without npm the benchmark runs without nlp.js, and says so.
$(NLPJS)/node_modules: $(NLPJS)/package-lock.json
	@{ command -v npm >/dev/null 2>&1 && npm ci --prefix $(NLPJS) --ignore-scripts --no-audit --no-fund --silent && touch $@; } || echo "nlp.js is left out: npm is missing or could not install it" >&2

# Locks what pyproject.toml asks for, with hashes, for every platform; needs uv.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade
lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --extra dev --extra webhook --extra postgres -c requirements.txt -o requirements-dev.txt
	$(LOCK) pyproject.toml --extra bench --extra webhook -c requirements.txt -c requirements-dev.txt -o requirements-bench.txt
	$(LOCK) $(PEERS)/requirements.in -o $(PEERS)/requirements.txt

clean:
	rm -rf .venv $(PEERS)/.venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
