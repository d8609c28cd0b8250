# make run   set up and start the playground
# make test  set up and run every check and test, browser included
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test format

run: .venv/run-ready
	$(BIN)/python app.py $(ARGS)

test: .venv/test-ready
	@sh tests/browser/chromium.sh $(BIN)/playwright
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile $(ARGS)  # small models: a file a core, and one thread each

format: .venv/test-ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/run-ready: requirements.txt .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test-ready: requirements-dev.txt .venv/run-ready
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "Playground needs Python 3.10 or newer as '$(PYTHON)'; PYTHON=/path/to/python3 make names another."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -qq -y python3-venv && $(PYTHON) -m venv .venv; \
	  else echo "Python's venv module is missing; on Debian: sudo apt install python3-venv"; exit 1; fi; }
