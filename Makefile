# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
TESTS ?= tests

BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
PYTEST = $(BIN)/python -m pytest -n 2 --dist load --maxschedchunk 1 $(TESTS)
CODE = commissioning papers changeplan standards partnership
PRODUCTION = DEBUG=0 DEMO=0 ALLOWED_HOSTS=board.example.org \
	SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))")

.DEFAULT_GOAL = help
.PHONY: help demo test soak bench images coverage setup tools lint format lock
export PORT

help: ## List these targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

demo: export DEMO = 1
demo: ## Load the demonstration, write its papers to out/ and serve it (PORT=8000, SERVE=0 to stop short)
	@$(PYTHON) setup/prepare.py $(if $(filter 0,$(SERVE)),,--port "$(PORT)")
	@echo "==> Preparing the database"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
	@echo "==> Writing the board papers"
	@$(MANAGE) export_paper bromley-change-plan medway-evaluation --directory out
ifneq ($(SERVE),0)
	@echo "==> Serving on http://127.0.0.1:$(PORT) until you press Ctrl+C"
	@exec $(BIN)/honcho start --no-prefix --no-colour
endif

test: lint ## Run every check, then every test on SQLite, in a browser and on PostgreSQL
	@echo "==> Tests on SQLite and in Chromium"
	@$(PYTEST)
	@echo "==> Tests on PostgreSQL"
	@$(BIN)/python tests/with_postgresql.py $(PYTEST) -m "database and (not browser or every_database)"

soak: tools ## Run the long form of what takes long: generated cases, then load and kill, alone
	@SOAK=1 $(PYTEST) --ignore tests/performance -m "soak or hypothesis"
	@SOAK=1 $(BIN)/python tests/with_postgresql.py $(PYTEST) --ignore tests/performance -m soak
	@SOAK=1 $(BIN)/python -m pytest tests/performance -m soak
	@SOAK=1 $(BIN)/python tests/with_postgresql.py $(BIN)/python -m pytest tests/performance -m soak

bench: tools ## Print measurements as JSON lines
	@DEMO=1 DATABASE_URL=sqlite:///var/bench.db $(MANAGE) bench
	@rm -f var/load.db*
	@for way in "" --kill "--renders --seconds 45"; do \
		DEMO=1 DATABASE_URL=sqlite:///var/load.db $(MANAGE) load $$way || exit 1; \
		DEMO=1 DURABLE=1 $(BIN)/python tests/with_postgresql.py $(MANAGE) load $$way || exit 1; \
	done

images: tools ## Take the pictures of the README anew, from the demonstration
	@DEMO=1 DATABASE_URL=sqlite:///var/images.db $(BIN)/python docs/images/take.py

coverage: tools ## Report which lines the tests on SQLite reach
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered

setup: ## Install everything that the product needs, and no more
	@$(PYTHON) setup/prepare.py

tools: ## The same, and everything that the tests need
	@$(PYTHON) setup/prepare.py --tests

lint: tools ## Check format, style, types, directions, templates, deployment, migrations and security
	@echo "==> Format and style"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@echo "==> Types"
	@$(BIN)/mypy $(CODE)
	@echo "==> Directions of imports"
	@$(BIN)/lint-imports --no-logo
	@echo "==> Templates"
	@$(BIN)/djlint templates --check --quiet
	@$(BIN)/djlint templates --lint --quiet
	@echo "==> Settings of production, missing migrations, security"
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	@$(PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive $(CODE) setup

format: tools ## Put code and templates in their format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djlint templates --reformat --quiet

lock: ## Renew every lock from pyproject.toml and package.json (needs uv)
	@sh setup/lock.sh
