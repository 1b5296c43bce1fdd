# Two commands matter: `make book` builds the book in _build/html, `make test` checks everything it says.
# Each sets up what it needs in .venv, by tools/environment.py, which chooses the Python too: PYTHON, if given.

BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PORT ?= 8000

# Any Python can look for the right one; where there is none, uv brings it.
FIRST := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python "$(PYTHON)"; do \
	command -v "$$name" && break; done)

# BLAS threads slow down many small eigenproblems, and tests and chapters already run in parallel.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
# Some hundred processes start: where none may keep what it has compiled, each compiles every library anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: book test check test-machines test-long test-lowest test-latest test-debian13 mutants ledger figures notebooks serve lock environment clean

book: environment
	@# Two builds at a time would write over one another; the browser checks hold the same lock.
	$(BIN)/python tools/environment.py --alone _build/book.lock $(BIN)/jupyter-book build -W -n --keep-going .

test: environment
	$(BIN)/ruff check .
	$(BIN)/pytest --numprocesses logical --dist loadgroup
	@# What the tests have derived the chapters find (rederived/kept.py).
	$(BIN)/python -m rederived.work.warm $(BIN)/python -m pytest --nbval --numprocesses logical --dist loadfile book/

# What a change concerns, nearest first, in half a minute: SINCE=HEAD~1 looks at the last commit.
check: environment
	$(BIN)/python -m rederived.work.check $(if $(SINCE),--since $(SINCE))

# Ledger and chapters under the kernels of other processors, with other threads and hash seeds.
test-machines: environment
	$(BIN)/python -m tools.machines

# At full size what quick tests show at a small one.
test-long: environment
	$(BIN)/pytest -m long --numprocesses logical

# The oldest releases that pyproject.toml admits, and the newest there are, without the lock; a third of the checks.
test-lowest test-latest: environment
	$(BIN)/python -m tools.releases $(@:test-%=%)

# A fresh Debian 13, with nothing but make, git and python3-venv; ALL=1 for all notebooks and a third of the tests.
test-debian13:
	sh tools/debian13.sh $(if $(ALL),all)

# Plants errors, one at a time: those of a list, each of which must be seen, and SAMPLE (100) that SEED makes.
mutants: environment
	$(BIN)/python -m tools.mutants
	$(BIN)/python -m tools.mutants --sample $(or $(SAMPLE),100) --seed $(or $(SEED),0)

ledger: environment
	$(BIN)/python -m derivations --record

figures: environment
	$(BIN)/python -m figures --recompute

notebooks: environment
	$(BIN)/python -m rederived.work.notebooks

serve: book
	@echo "http://localhost:$(PORT)/"
	$(BIN)/python -m http.server --bind localhost --directory _build/html $(PORT)

lock: environment
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --extra book --extra test pyproject.toml --output-file requirements.txt
	$(BIN)/npm update --package-lock-only

# Looks at .venv in a fraction of a second, and makes or mends it where it is not what the lock says.
environment:
	@test -n "$(FIRST)" || command -v uv >/dev/null || \
		{ echo "No Python is here. Install one (Debian: apt-get install python3 python3-venv), or uv." >&2; exit 1; }
	@$(if $(FIRST),"$(FIRST)",uv run --no-project --python 3.13) tools/environment.py --python "$(PYTHON)"

clean:
	@# An environment that somebody made by hand has no such mark, and stays.
	test ! -e .venv/made-by-make || rm -rf .venv
	rm -rf _build node_modules .pytest_cache .ruff_cache .hypothesis .jupyter_cache *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +
	find . -name '.*.part' -delete
