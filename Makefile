# Two commands matter: `make book` builds the book in _build/html, `make test` checks everything it says.
# Each sets up what it needs in .venv; nothing but Python 3.11 and a shell is asked of the machine.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8000

# BLAS threads slow down many small eigenproblems, and tests and chapters already run in parallel.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

# The stamp is named by what it stands for, the locked packages and this folder, and comes last:
# a set-up that was interrupted, or that belongs to another lock, has no stamp and is made anew.
READY := .venv/ready-$(shell { pwd; cat requirements.txt; } | cksum | tr -s ' ' '-')

.PHONY: book test ledger figures notebooks serve lint lock clean

book: $(READY)
	$(BIN)/jupyter-book build -W -n --keep-going .

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/pytest --numprocesses logical --dist loadgroup
	$(BIN)/pytest --nbval --numprocesses logical --dist loadfile book/

ledger: $(READY)
	$(BIN)/python -m derivations --record

figures: $(READY)
	$(BIN)/python -m figures --recompute

notebooks: $(READY)
	$(BIN)/python -m tools.notebooks

serve: book
	@echo "http://localhost:$(PORT)/"
	$(BIN)/python -m http.server --bind localhost --directory _build/html $(PORT)

lock: $(READY)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate requirements.in --output-file requirements.txt
	$(BIN)/npm update --package-lock-only

$(READY):
	rm -rf .venv
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "Python 3.11 is needed: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile "$$(grep -o '^uv==[^ ]*' requirements.txt)"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --requirement requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf .venv _build node_modules .pytest_cache .ruff_cache .hypothesis .jupyter_cache *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +
	find . -name '.*.part' -delete
