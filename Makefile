# make help says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
DEMO ?= yes
BTI_DATA ?= var
export BTI_DATA
export BTI_PORT = $(PORT)

# What is compiled is kept, whatever the shell says: pytest then finds its tests in a third of the time, the next time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run install test test-fast check fix lock docs pictures translations

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(VENV)/run.stamp ## Set up what is missing and serve on http://localhost:8501 (PORT=8600, DEMO=no)
	@if [ "$(DEMO)" = "no" ]; then $(BIN)/python -m bti migrate; else $(BIN)/python -m bti demo; fi
	@exec $(BIN)/python app.py

install: $(VENV)/run.stamp ## Set up Python and the locked packages, without starting

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "BTI trenger Python 3.11 eller nyere. Sett PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.txt | $(VENV)/python.stamp
	@echo "Setter opp pakkene. Det tar et minutt eller to, første gang."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

test: $(VENV)/test.stamp ## Check and test everything (needs Chromium)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { echo "Testene trenger en nettleser. Skriv: apt-get install chromium"; exit 1; }
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -q -n 3 --dist worksteal --cov --cov-fail-under=100

test-fast: $(VENV)/test.stamp ## Check, and the quick round: no browser, PostgreSQL, servers or long sweeps
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal --hypothesis-profile=fast -m "not browser and not postgres and not process and not long"

check: $(VENV)/test.stamp ## Ruff, mypy, who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/test.stamp ## Let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/test.stamp ## Write requirements.txt and requirements-dev.txt anew, with hashes
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

translations: $(VENV)/test.stamp ## Bring the nynorsk catalogue in step with the source, and list what lacks nynorsk
	@$(BIN)/python -m tests.translations

docs: $(VENV)/test.stamp ## Write docs/access.md and docs/coverage.md anew
	@$(BIN)/python -m tests.docs

pictures: $(VENV)/test.stamp ## Write pictures of every page and every paper to pictures/
	@$(BIN)/python -m tests.pictures
