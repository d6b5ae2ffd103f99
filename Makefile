# The manual of this project's commands: `make` or `make help` prints it.

SHELL := /bin/sh
BIN := .venv/bin
CORE := funding_model/costing
# One worker for each core; each takes the next tests of whoever has most left.
AT_ONCE := --numprocesses=auto --dist=worksteal
.DEFAULT_GOAL := help

.PHONY: help run test lint types unit browser coverage bench mutants tidy docs pictures golden format lock upgrade clean chromium postgresql libreoffice
# One check after another, so that the first failure is the last thing on the screen.
.NOTPARALLEL:

help: ## Show this list
	@echo "Funding model calculator: make <target>"
	@echo
	@awk -F ':.*## ' '/^## /{print "\n" substr($$0, 4)} /^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Settings: PYTHON=python3.12 chooses the interpreter, PORT=8600 the port of the app."
	@echo "The first use of a target sets up .venv; nothing is installed outside it, except that"
	@echo "root on Debian gets the Chromium, the PostgreSQL and the LibreOffice that tests use."

## To use it

run: .venv/run.stamp ## Open the calculator in a browser
	@$(BIN)/streamlit run app.py $(if $(PORT),--server.port $(PORT))

## To check it

test: .venv/dev.stamp ## Check everything: lint, types, what is unused, all tests, and how much of the core they cover
	@$(MAKE) --no-print-directory lint types tidy coverage

lint: .venv/dev.stamp ## Check the style of the code with ruff
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: .venv/dev.stamp ## Check the types with mypy, strictly
	@$(BIN)/mypy

unit: .venv/dev.stamp ## Run the tests that need no browser (ARGS="tests/costing -x" chooses)
	@$(BIN)/pytest $(AT_ONCE) -m "not browser" $(ARGS)

browser: .venv/dev.stamp chromium ## Run the tests that drive the app in Chromium
	@$(BIN)/pytest $(AT_ONCE) -m browser $(ARGS)

coverage: .venv/dev.stamp chromium postgresql libreoffice ## Run all tests; fail when they reach less than 95% of the core
	@$(BIN)/pytest $(AT_ONCE) --cov=$(CORE) --cov-report=
	@echo
	@echo "Reached by the tests, of $(CORE), counting branches:"
	@$(BIN)/coverage report --include='$(CORE)/*' --fail-under=95

bench: .venv/bench.stamp chromium ## Measure speed and memory, in 5 to 15 minutes (BENCH_FILE=figures.md keeps the table)
	@BENCH_FILE='$(BENCH_FILE)' $(BIN)/pytest tests/benchmarks $(ARGS)

mutants: .venv/dev.stamp ## Change overheads, pay and price in small ways: do tests notice? (6 minutes on two free cores; ARGS="funding_model.costing.pay.*")
	@HYPOTHESIS_PROFILE=mutants $(BIN)/mutmut run $(ARGS)
	@$(BIN)/mutmut results

tidy: .venv/dev.stamp ## Look for unused code and for dependencies that are missing or not needed
	@$(BIN)/vulture
	@$(BIN)/deptry .

## To change it

docs: .venv/dev.stamp ## Write docs/fields.md and docs/assumptions.md anew, from the models and the data
	@$(BIN)/python -m funding_model.report.manual docs

pictures: .venv/dev.stamp chromium ## Take the pictures of the documentation anew, from the app in Chromium
	@$(BIN)/python -m tests.browser.pictures

golden: .venv/dev.stamp ## Take the pictures anew that a test compares the report's pages with; look at what they change
	@$(BIN)/python -m tests.report.paper.test_golden

format: .venv/dev.stamp ## Lay out the code and put right what ruff can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

lock: .venv/dev.stamp ## Pin the requirements anew after a change to pyproject.toml
	@$(BIN)/uv pip compile $(COMPILE) pyproject.toml --output-file requirements.txt
	@$(BIN)/uv pip compile $(COMPILE) pyproject.toml --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	@$(BIN)/uv pip compile $(COMPILE) --group pyproject.toml:bench --constraint requirements-dev.txt \
		--output-file requirements-bench.txt

upgrade: ## The same, with the newest versions that the ranges allow
	@$(MAKE) --no-print-directory lock COMPILE='$(COMPILE) --upgrade'

clean: ## Remove what these commands made (.venv, caches); saved work stays
	rm -rf .venv build dist *.egg-info mutants htmlcov .coverage .coverage.*
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One set of pins for every system and for Python 3.11 and newer, with hashes and without addresses.
COMPILE = --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

chromium postgresql libreoffice:
	@.ci/system-parts $@

# Set-up runs again when the pinned requirements have changed, and not before.
.venv/run.stamp: requirements.txt
	@PYTHON='$(PYTHON)' .ci/set-up run

.venv/dev.stamp: requirements-dev.txt
	@PYTHON='$(PYTHON)' .ci/set-up dev

.venv/bench.stamp: requirements-bench.txt .venv/dev.stamp
	@PYTHON='$(PYTHON)' .ci/set-up bench
