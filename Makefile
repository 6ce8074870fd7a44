# Every command of the project; `make` lists them. What they do is in scripts/ and config/.
# Paths are relative and nothing depends on a script's shebang, so that any folder will do.

.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
T ?= tests
PY := .venv/bin/python
MANAGE := $(PY) manage.py
RUN_NEEDS := $(PYTHON) scripts/prepare.py requirements.txt
DEV_NEEDS := $(PYTHON) scripts/prepare.py requirements-dev.txt

.PHONY: help
help: ## Show this help
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n\033[1m%s\033[0m\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  \033[36m%-12s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Start
.PHONY: run demo-reset
run: ## Serve the demo county on http://localhost:8000 (PORT=, HOST=)
	@$(RUN_NEEDS)
	@$(MANAGE) serve --host "$(HOST)" --port "$(PORT)"
demo-reset: ## Start the demo county over; asks nothing
	@$(RUN_NEEDS)
	@$(MANAGE) demo_reset

##@ Check
.PHONY: test check
test: ## Everything that says whether the code is good; a part with T=tests/points
	@$(DEV_NEEDS)
	@$(PY) -m scripts.test $(T)
check: ## What can be said without running it: lint, types, imports, templates, schema, messages
	@$(DEV_NEEDS)
	@$(PY) -m scripts.check $(C)

##@ Change
.PHONY: format migrations messages docs lock
format: ## Put code and templates into the house form
	@$(DEV_NEEDS)
	@$(PY) -m ruff check --fix-only -q .
	@$(PY) -m ruff format -q .
	@git ls-files -z '*.html' | xargs -0 .venv/bin/djade --target-version 5.2
migrations: ## Write migrations for changed models
	@$(DEV_NEEDS)
	@$(MANAGE) makemigrations
messages: ## Collect the strings to translate, and compile the translated ones
	@$(DEV_NEEDS)
	@$(PY) -m scripts.messages
docs: ## Write the reference pages that come from the code
	@$(DEV_NEEDS)
	@$(MANAGE) write_reference
lock: ## Pin what pyproject.toml asks for, with hashes
	@$(DEV_NEEDS)
	@$(PY) -m uv pip compile -q --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		pyproject.toml -o requirements.txt
	@$(PY) -m uv pip compile -q --generate-hashes --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--extra dev pyproject.toml -o requirements-dev.txt

##@ Look and measure
.PHONY: bench pictures shots
pictures: ## Take the picture of the README from the running demo
	@$(DEV_NEEDS)
	@$(PY) -m scripts.pictures
shots: ## Take the pictures of the browser journeys into var/shots
	@$(DEV_NEEDS)
	@$(PY) -m pytest -q -m browser tests
bench: ## Measure it on PostgreSQL beside a bare Django view
	@$(DEV_NEEDS)
	@$(PY) -m bench
