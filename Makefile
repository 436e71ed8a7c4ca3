# schoolsim: what there is to do here. `make` or `make help` lists it.
#
# Python 3.11 or newer and make are all it needs. Every target makes or completes the environment
# in .venv first, from lock files with hashes, and only when they or pyproject.toml have changed.
#   make demo PYTHON=python3.12     use that interpreter for a new .venv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
RUN_LOCK := requirements/run.txt
DEV_LOCK := requirements/dev.txt

# The first interpreter on the path that is new enough; a name alone may be a dead shim, so each is run.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo $(name))))

# An environment remembers where it was made: copied elsewhere it would still run the first copy.
# It is made anew there, and where the interpreter it rests on is gone.
ifneq ($(shell test -x $(BIN)/python && cat $(VENV)/.made-in 2>/dev/null),$(CURDIR))
.PHONY: $(VENV)/.made-in
endif

# What the demonstration does: one study swept, its figures drawn, its question answered.
STUDY := badging_funding
define DEMO
@echo "==> Running the study $(STUDY): who wears the badge, who holds the purse (about a minute)."
$(BIN)/schoolsim sweep configs/studies/$(STUDY).toml --out results
@echo "==> Drawing its figures from the tables it left (a few seconds)."
$(BIN)/schoolsim figures results/$(STUDY)
@echo "==> Answering its question from the same tables (a few seconds)."
$(BIN)/schoolsim answer results/$(STUDY)
endef

# Both installers check every hash. uv is tried first; pip does the same where uv cannot be had.
define install
{ test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); } \
	|| { echo "      uv could not do it; pip does the same, in a minute or two."; \
	     $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(1); }
endef

define install_package
{ test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; } \
	|| $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

# Every command and worker imports much the same: translated once, here, it is not translated by each where Python
# keeps no bytecode of its own accord. What is seldom imported is left out; a file for another Python is no matter.
NOT_IMPORTED := /(tests?|_tests|networkx|fontTools|pygments|pandera|pip|setuptools|pkg_resources|mesa/visualization)/
define install_bytecode
$(BIN)/python -m compileall -q -j 0 -x '$(NOT_IMPORTED)' src \
	$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') >/dev/null 2>&1 || true
endef

# --- environments ------------------------------------------------------------------------------

$(VENV)/.made-in:
	@test -n "$(PYTHON)" || { \
		echo "schoolsim needs Python 3.11 or newer, and there is none on the path."; \
		echo "Install one, or name it: make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3.12"; exit 2; }
	@$(PYTHON) --version >/dev/null 2>&1 || { \
		echo "There is no Python at $(PYTHON). schoolsim needs 3.11 or newer:"; \
		echo "make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3.12"; exit 2; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { \
		echo "schoolsim needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Name another: make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3.12"; exit 2; }
	@echo "==> Making an environment in $(VENV) with $$($(PYTHON) --version), so that nothing else here is touched (about 5 seconds)."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { \
		echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt \
		|| echo "      uv, the fast installer, cannot be had here: pip will do, more slowly."
	@echo "$(CURDIR)" > $@

$(VENV)/.run: $(VENV)/.made-in $(RUN_LOCK) pyproject.toml
	@echo "==> Installing schoolsim on the exact versions in $(RUN_LOCK) (about 20 seconds)."
	@$(call install,$(RUN_LOCK))
	@$(call install_package)
	@$(call install_bytecode)
	@touch $@

$(VENV)/.dev: $(VENV)/.run $(DEV_LOCK)
	@echo "==> Installing what tests, checks and docs need, from $(DEV_LOCK) (about 15 seconds)."
	@$(call install,$(DEV_LOCK))
	@touch $@

# --- what to do --------------------------------------------------------------------------------

.PHONY: help env demo warm test test-all test-nightly lint docs gallery measured results bench mutants wheel lock clean

help: ## List what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(VENV)/.dev ## Make the environment to work in, .venv
	@echo "Ready: source $(BIN)/activate"

demo: $(VENV)/.run warm ## From nothing to the badging and funding study and its figures, in under three minutes
	$(DEMO)

warm: $(VENV)/.run
	@echo "==> Compiling the model once for every process to share (about a minute the first time, then a second or two)."
	@$(BIN)/python -m schoolsim.jit

test: $(VENV)/.dev warm ## Run the tests, but for the slow ones
	@echo "==> Running the tests on every core (a few minutes)."
	@$(BIN)/python -m pytest

test-all: $(VENV)/.dev warm ## Run every test, the slow ones too
	@echo "==> Running every test on every core, the slow ones too."
	@$(BIN)/python -m pytest -m ""

# A part of the cases, or some kinds only: make test-nightly NIGHTLY="--share 0.01 --only kills disk"
NIGHTLY ?=
test-nightly: $(VENV)/.dev warm ## Put 100,000 damaged inputs, faults and kills to schoolsim; count what it survives (about 45 minutes)
	$(BIN)/python -m tests.nightly $(NIGHTLY)
	$(BIN)/python docs/generate.py

lint: $(VENV)/.dev ## Check style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.dev ## Build the documentation site in site/
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "Open site/index.html"

# With the studies behind it made anew (a few minutes): make gallery GALLERY=--tables
GALLERY ?=
gallery: $(VENV)/.dev ## Draw the gallery of figures in docs again, from the small tables beside it, to the same bytes
	$(BIN)/python docs/gallery.py $(GALLERY)

measured: $(VENV)/.dev warm ## Measure programmes, recommendations and assumptions for the documents (about twenty minutes)
	$(BIN)/python docs/measure.py
	$(BIN)/python docs/measure_assumptions.py
	$(BIN)/python docs/measure_stories.py
	$(BIN)/python docs/measure_partnership.py
	$(BIN)/python docs/measure_living.py
	$(BIN)/python docs/measure_realism.py
	$(BIN)/python docs/measure_evaluations.py
	$(BIN)/python docs/generate.py

# One of them: make results NAMES=studies/recommendations/R01
NAMES ?=
results: $(VENV)/.run warm ## Make the results that stand in the repository anew (about ten minutes)
	$(BIN)/python experiments/results.py $(NAMES)

bench: $(VENV)/.dev warm ## Run the benchmarks
	$(BIN)/python -m benchmarks

# Another sample: make mutants MUTANTS="--seed 2". One subject: MUTANTS="--only system/trust --number 0".
MUTANTS ?=
mutants: $(VENV)/.dev ## Plant 200 faults in rules and system, one at a time: do the tests notice? (about fifteen minutes)
	$(BIN)/python -m tests.mutants $(MUTANTS)

wheel: $(VENV)/.dev ## Build the wheel in dist/, twice: both must be the same bytes
	$(BIN)/python -m hatchling build -t wheel -d dist
	$(BIN)/python -m hatchling build -t wheel -d dist/again
	cmp dist/*.whl dist/again/*.whl && rm -r dist/again

# Pins that still fit are kept. To move them: make lock LOCK_FLAGS=--upgrade
# One universal resolution: the same versions on every Python and system, so the same numbers.
LOCK_FLAGS ?=
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_FLAGS)

lock: $(VENV)/.made-in ## Resolve the lock files again from pyproject.toml
	$(COMPILE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) pyproject.toml requirements/build.in -o $(RUN_LOCK)
	$(COMPILE) pyproject.toml requirements/build.in --extra dev -c $(RUN_LOCK) -o $(DEV_LOCK)

clean: ## Remove the environment, caches and built files; results stay
	rm -rf $(VENV) site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
