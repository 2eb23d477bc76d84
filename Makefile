# make test runs everything that proves firestone right and installs what it needs into this folder;
# make quick is the part in Go alone, under a minute: of tests that take long it runs a part, and make wide and make docs the
# whole. Each suite prints the time that it took.

GO       ?= go
FUZZTIME ?= 10s
REFEREES := testdata/referees
CONSUMERS := testdata/consumers
OPENAPI  := $(CONSUMERS)/openapi
MOCK     := testdata/mock
SCRIPTS  := testdata/templates/typescript
JUDGES   := testdata/templates
UI       := testdata/python/ui
AGREEMENT := testdata/python/agreement
PEERS    := bench/peers
# Node 20 has its WebSocket behind a flag.
NODE_WS  := node --experimental-websocket --disable-warning=ExperimentalWarning

.PHONY: build test quick wide referees properties attacks consumers openapi python python-newest ui agreement mock mock-events mock-conformance mock-race sweep golden bench bench-mock vet lint fuzz typescript release release-check hooks docs pictures

build:
	$(GO) build -o firestone .

test:
	.ci/suite lint 3 "$(GO)" $(MAKE) --no-print-directory lint
	.ci/suite go 1 "$(GO)" $(MAKE) --no-print-directory quick
	.ci/suite wide 4 "$(GO) git python3" $(MAKE) --no-print-directory wide
	.ci/suite docs 3 "$(GO) python3" $(MAKE) --no-print-directory docs
	.ci/suite referees 4 "$(GO) node npm" $(MAKE) --no-print-directory referees
	.ci/suite asyncapi 5 "$(GO) node npm python3" $(MAKE) --no-print-directory consumers
	.ci/suite properties 4 "$(GO) node npm python3" $(MAKE) --no-print-directory properties attacks
	.ci/suite openapi 4 "$(GO) node npm python3" $(MAKE) --no-print-directory openapi
	.ci/suite typescript 4 "$(GO) node npm" $(MAKE) --no-print-directory typescript
	.ci/suite python 10 "$(GO) node python3" $(MAKE) --no-print-directory python
	.ci/suite ui 13 "$(GO) node npm python3" $(MAKE) --no-print-directory ui
	.ci/suite agreement 4 "$(GO) python3" $(MAKE) --no-print-directory agreement
	.ci/suite mock 8 "$(GO) node npm python3" $(MAKE) --no-print-directory mock

# vet has seen the tests: go test need not do so again. Without what debuggers read, the tests are linked sooner.
quick: vet
	$(GO) test -short -vet=off -ldflags=-w ./...

# The packages whose tests do less with -short, without it, and a little fuzzing. The pages are tested by make docs.
wide:
	$(GO) test $$(git grep -l 'testing\.Short()' -- '*_test.go' ':!docs' | xargs -n 1 dirname | sort -u | sed 's|^|./|')
	$(MAKE) --no-print-directory fuzz

# go test fuzzes one target of one package at a time; the rest of the targets run on their seeds in go test.
fuzz:
	$(GO) test . -run '^$$' -fuzz '^FuzzDefinitions$$' -fuzztime $(FUZZTIME)
	$(GO) test . -run '^$$' -fuzz '^FuzzHostileText$$' -fuzztime $(FUZZTIME)

vet:
	@unformatted=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted with gofmt: $$unformatted"; exit 1; fi
	$(GO) vet ./...

# The programs that judge the code are in a module of their own, so that firestone depends on none of what they need.
lint: vet
	$(GO) tool -modfile=.ci/tools/go.mod staticcheck ./...
	@unused=$$($(GO) tool -modfile=.ci/tools/go.mod deadcode -test ./...) || exit 1; \
	if [ -n "$$unused" ]; then echo "nothing calls these, not even a test:"; echo "$$unused"; exit 1; fi

referees: build $(REFEREES)/node_modules/.package-lock.json
	node $(REFEREES)/referees.mjs --compositions=0
	node $(REFEREES)/check-reports.mjs

# What is true of all definitions, tried on random ones, always the same: what forms accept, keys that are added, documents
# against definitions by another validator, and what the referees say of compositions. SEED=N begins elsewhere.
PROPERTIES ?= 4000
properties: build $(REFEREES)/node_modules/.package-lock.json
	PROPERTIES=$(PROPERTIES) $(GO) test ./model -run '^TestRandom' -count=1 -timeout 0
	$(GO) test ./model/schema -run '^TestWriteVerdicts$$' -count=1 -timeout 0 -verdicts=$(PROPERTIES)
	PROPERTIES=$$(($(PROPERTIES) / 20)) $(GO) test . -run '^TestRandomDocuments$$' -count=1 -timeout 0
	node $(REFEREES)/referees.mjs --compositions=$$(($(PROPERTIES) / 100)) compositions

# Random templates of each language that hostile texts may not break out of, judged by other readers. ATTACKS is how many there
# are, SEED the first of them; LANGUAGE=YAML tries that one alone. REFUSALS=1 prints what was refused, by frequency.
ATTACKS ?= 3000
attacks: $(JUDGES)/node_modules/.package-lock.json .venv/templates/bin/python
	$(GO) test ./generator/attack -run '^TestAttacks$$|^TestPlantedBreakouts$$' -count=1 -timeout 0 -v -attacks=$(ATTACKS) $(if $(SEED),-seed=$(SEED)) \
		$(if $(LANGUAGE),-language=$(LANGUAGE)) $(if $(REFUSALS),-refusals) -python=$(CURDIR)/.venv/templates/bin/python -newest-python="$$(.ci/newest-python python3)"

$(JUDGES)/node_modules/.package-lock.json: $(JUDGES)/package-lock.json
	cd $(JUDGES) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.venv/templates/bin/python: $(JUDGES)/requirements.txt
	python3 -m venv .venv/templates
	.venv/templates/bin/pip install --quiet --disable-pip-version-check --requirement $(JUDGES)/requirements.txt
	touch $@

# What is wider than make test has time for: every case through everything, archives that are built twice, and hooks.
sweep: build release-check hooks $(REFEREES)/node_modules/.package-lock.json .venv/mock/bin/python .venv/ui/bin/python
	node $(REFEREES)/referees.mjs --sweep
	$(NODE_WS) $(MOCK)/events.mjs --sweep
	.venv/mock/bin/python $(MOCK)/conformance.py ./firestone --sweep
	SWEEP=1 $(GO) test ./generator -run TestLintFindsMisspeltFields
	CASES=all_of_hard FIRESTONE=$(CURDIR)/firestone .venv/ui/bin/python -m pytest -q -W error -p no:cacheprovider -n auto --dist worksteal --confcutdir $(AGREEMENT) $(AGREEMENT)/agreement_test.py -k test_agrees

$(REFEREES)/node_modules/.package-lock.json: $(REFEREES)/package-lock.json
	cd $(REFEREES) && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

# What takes AsyncAPI documents next; @asyncapi/cli wants Node 24, which comes with it where npm has one.
consumers: build $(CONSUMERS)/node_modules/.package-lock.json .venv/consumers/bin/wsdump
	GO="$(GO)" node $(CONSUMERS)/consumers.mjs

$(CONSUMERS)/node_modules/.package-lock.json: $(CONSUMERS)/package-lock.json
	cd $(CONSUMERS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.venv/consumers/bin/wsdump: $(CONSUMERS)/requirements.txt
	python3 -m venv .venv/consumers
	.venv/consumers/bin/pip install --quiet --disable-pip-version-check --requirement $(CONSUMERS)/requirements.txt
	touch $@

# What takes OpenAPI documents next.
openapi: build $(OPENAPI)/node_modules/.package-lock.json .venv/openapi/bin/openapi-generator-cli
	GO="$(GO)" node $(OPENAPI)/consumers.mjs

$(OPENAPI)/node_modules/.package-lock.json: $(OPENAPI)/package-lock.json
	cd $(OPENAPI) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.venv/openapi/bin/openapi-generator-cli: $(OPENAPI)/requirements.txt
	python3 -m venv .venv/openapi
	.venv/openapi/bin/pip install --quiet --disable-pip-version-check --requirement $(OPENAPI)/requirements.txt
	touch $@

# What examples/packs/typescript generates: compiled, then run. Random templates, too, that TypeScript reads.
typescript: build $(SCRIPTS)/node_modules/.package-lock.json
	SCRIPTS=2000 $(GO) test ./generator/escape -run 'TestEveryPlaceOfScript|TestRandomScript' -count=1
	node $(SCRIPTS)/typescript.mjs

$(SCRIPTS)/node_modules/.package-lock.json: $(SCRIPTS)/package-lock.json
	cd $(SCRIPTS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# The Python that is generated, by Python and its tools, and against the mock.
python: build .venv/python/bin/python
	.venv/python/bin/python testdata/python/cases.py ./firestone
	.venv/python/bin/python -m pytest -q -W error testdata/python --ignore testdata/python/kit --ignore testdata/python/cli --ignore $(UI) --ignore $(AGREEMENT) --firestone ./firestone
	.venv/python/bin/python -m pytest -q -p no:cacheprovider --confcutdir testdata/python/kit testdata/python/kit
	FIRESTONE=$(CURDIR)/firestone .venv/python/bin/python -m pytest -q -W error -p no:cacheprovider -n auto --dist worksteal --confcutdir testdata/python/cli testdata/python/cli
	@if [ -n "$$(.ci/newest-python python3)" ]; then $(MAKE) --no-print-directory python-newest; else echo "python-newest: skipped, no Python here is newer than python3"; fi

# What the command line does, without what reads its source, on the newest Python of this machine.
python-newest: build .venv/python-newest/bin/python
	.venv/python-newest/bin/python --version
	.venv/python-newest/bin/python -m pytest -q -p no:cacheprovider --confcutdir testdata/python/kit testdata/python/kit --ignore testdata/python/kit/lint_test.py
	CASES=library FIRESTONE=$(CURDIR)/firestone .venv/python-newest/bin/python -m pytest -q -W error -p no:cacheprovider -n auto --dist worksteal --confcutdir testdata/python/cli testdata/python/cli --ignore testdata/python/cli/shape_test.py --ignore testdata/python/cli/start_test.py

.venv/python-newest/bin/python: testdata/python/requirements.txt
	"$$(.ci/newest-python)" -m venv --clear .venv/python-newest
	.venv/python-newest/bin/pip install --quiet --disable-pip-version-check --requirement testdata/python/requirements.txt
	touch $@

.venv/python/bin/python: testdata/python/requirements.txt
	python3 -m venv .venv/python
	.venv/python/bin/pip install --quiet --disable-pip-version-check --requirement testdata/python/requirements.txt
	touch $@

# The web interface that is generated: in this process, then in Chromium.
ui: build .venv/ui/bin/python $(UI)/node_modules/.package-lock.json
	FIRESTONE=$(CURDIR)/firestone .venv/ui/bin/python -m pytest -q -W error -p no:cacheprovider -n auto --dist worksteal --confcutdir $(UI) $(UI)
	FIRESTONE=$(CURDIR)/firestone PYTHON=$(CURDIR)/.venv/ui/bin/python node $(UI)/browser/visits.mjs
	node .ci/pictures/pictures.mjs --check

# What each output says, read from that output alone, is what all others say; see docs/agreement.md.
agreement: build .venv/ui/bin/python
	FIRESTONE=$(CURDIR)/firestone .venv/ui/bin/python -m pytest -q -W error -p no:cacheprovider -n auto --dist worksteal --confcutdir $(AGREEMENT) $(AGREEMENT)

.venv/ui/bin/python: $(UI)/requirements.txt
	python3 -m venv .venv/ui
	.venv/ui/bin/pip install --quiet --disable-pip-version-check --requirement $(UI)/requirements.txt
	touch $@

$(UI)/node_modules/.package-lock.json: $(UI)/package-lock.json
	cd $(UI) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

mock: mock-events mock-conformance mock-race

# Races of the server, by its own tests; Go needs a C compiler to look for them.
mock-race:
	@if command -v "$$($(GO) env CC)" >/dev/null; then set -x; $(GO) test -race -short ./mock/...; else echo "mock-race: skipped, there is no C compiler"; fi

# REST by schemathesis, which reads the OpenAPI document of the same definitions.
mock-conformance: build .venv/mock/bin/python
	.venv/mock/bin/python $(MOCK)/conformance.py ./firestone

# Events against the AsyncAPI document, three independent clients, and in Chromium web pages of other origins and its own.
mock-events: build $(REFEREES)/node_modules/.package-lock.json $(UI)/node_modules/.package-lock.json .venv/mock/bin/python
	$(NODE_WS) $(MOCK)/events.mjs
	$(NODE_WS) $(MOCK)/clients.mjs
	node $(MOCK)/strangers.mjs
	node $(MOCK)/pages.mjs

.venv/mock/bin/python: $(MOCK)/requirements.txt
	python3 -m venv .venv/mock
	.venv/mock/bin/pip install --quiet --disable-pip-version-check --requirement $(MOCK)/requirements.txt
	touch $@

# The packages that declare -update are named: go test ./... -update fails in all others.
golden:
	$(GO) test . ./command ./docs ./model -update

# make release VERSION=v1.2.3 writes the archives of the commit that is checked out, and their checksums, into dist/.
release:
	@[ -n "$(VERSION)" ] || { echo "write make release VERSION=v1.2.3"; exit 2; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && git clone --quiet . "$$folder" && \
	mkdir -p dist && rm -f dist/firestone_* dist/SHA256SUMS && $(GO) run -C "$$folder" ./release "$(VERSION)" "$(CURDIR)/dist"

# The same bytes from two folders, and a program that runs.
release-check:
	$(GO) test ./release -run '^TestReproducible$$' -count=1 -reproduce

# The pages of docs/: their commands are run, their figures and examples compared with what is generated, and they become a site
# with search, in dist/site. A link that leads to nothing fails, and so does a page that loads anything from another host.
docs: .venv/docs/bin/sphinx-build
	rm -rf dist/site
	.venv/docs/bin/sphinx-build -q -W --keep-going -n -E -c .ci/docs -d dist/.doctrees -b html docs dist/site
	$(GO) test ./docs -count=1 -site=dist/site

.venv/docs/bin/sphinx-build: .ci/docs/requirements.txt
	python3 -m venv .venv/docs
	.venv/docs/bin/pip install --quiet --disable-pip-version-check --requirement .ci/docs/requirements.txt
	touch $@

# The pictures in docs/img, from what is generated now; they need Chromium. make ui says when outputs.png is out of date.
pictures: build .venv/ui/bin/python $(UI)/node_modules/.package-lock.json
	node .ci/pictures/pictures.mjs

# The hook that this repository offers, by pre-commit, which builds it from the last commit.
hooks: .venv/hooks/bin/pre-commit
	$(GO) test ./docs -run '^TestPreCommit$$' -count=1 -pre-commit=.venv/hooks/bin/pre-commit

.venv/hooks/bin/pre-commit: testdata/hooks/requirements.txt
	python3 -m venv .venv/hooks
	.venv/hooks/bin/pip install --quiet --disable-pip-version-check --requirement testdata/hooks/requirements.txt
	touch $@

# firestone beside others on the same resources. WRITE=docs/speed.md puts the tables into the page; QUICK=1 runs everything
# once, for a first look.
bench: build .venv/peer/bin/firestone $(PEERS)/node_modules/.package-lock.json
	$(GO) run ./bench $(if $(QUICK),-quick) $(if $(WRITE),-write "$(WRITE)") -python .venv/peer/bin/firestone -node $(PEERS) ./firestone

# Only what the mock takes to start and under load.
bench-mock: build
	$(GO) run ./bench $(if $(QUICK),-quick) -only mock ./firestone

.venv/peer/bin/firestone: bench/requirements.txt
	python3 -m venv .venv/peer
	.venv/peer/bin/pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt
	touch $@

$(PEERS)/node_modules/.package-lock.json: $(PEERS)/package-lock.json
	cd $(PEERS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@
