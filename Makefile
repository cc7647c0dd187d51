# make serve   sets up and starts a board on 127.0.0.1:2222
# make test    sets up and runs every test
# make check   lint, types, import contracts and the fast tests
# make words   collects the words of the screens into the catalogs
# make shots   pictures of every screen into docs/shots/ (ONLY="home room": of some)
# make bench   measures the server from outside (ONLY="echo attacks": some of it;
#              QUICK=1: less of everything; REPORT=docs/PERFORMANCE.md: put into it)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PICTURES := $(VENV)/.pictures
HOST ?= 127.0.0.1
PORT ?= 2222

.PHONY: serve test check lint types imports fast words bench shots clean

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("bunniz_bbs needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.12" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (once, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

serve: $(READY)
	@$(BIN)/bunniz-bbs serve --host $(HOST) --port $(PORT)

test: $(READY)
	$(BIN)/lint-imports --verbose >/dev/null || $(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: lint types imports fast

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

fast: $(READY)
	$(BIN)/python -m pytest -q -m "not e2e"

words: $(READY)
	$(BIN)/python -m tests.words

bench: $(READY)
	@$(BIN)/python -m benchmarks $(ONLY) \
		$(if $(QUICK),--quick) $(if $(REPORT),--report $(REPORT))

$(PICTURES): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[shots]'
	@touch $@

shots: $(PICTURES)
	$(BIN)/python -m tests.shots $(ONLY)

clean:
	rm -rf $(VENV)
