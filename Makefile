# `make` prints what can be made. Every target is one command that can be typed by hand, too.
.DEFAULT_GOAL := help
JDKS ?= /usr/lib/jvm
SEED ?= 20261123
SECONDS_IN_ALL ?= 600

.PHONY: help build test test-newest-jdk fuzz scan-demo bench bench-judging bench-stream format clean memory runbooks soak soak-files pressure \
  soak-ingest load-ingest

help: ## Print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the product without its checks, as the launcher does on first use
	mvn -q -B -Pquick -pl standalone -am package

test: ## Build everything, run all tests and all checks (the README's test command)
	mvn -B verify

test-newest-jdk: ## Run the tests on the newest JDK found beside the one that compiles
	@jdk=$$(ls -d $(JDKS)/*/bin/javac 2>/dev/null | while read -r javac; do \
	    echo "$$($$javac -version 2>&1 | sed 's/javac //') $${javac%/bin/javac}"; done | sort -V | tail -n 1); \
	  [ -n "$$jdk" ] || { echo "no JDK under $(JDKS) (set JDKS)" >&2; exit 1; }; \
	  echo "tests run on $$jdk"; \
	  mvn -B test -Djvm="$${jdk#* }/bin/java"

fuzz: ## Read and judge a million documents that nobody wrote (ten minutes; SEED=n for others)
	mvn -q -B -pl standalone -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dpatchwar.fuzz.documents=1000000 -Dpatchwar.fuzz.seed=$(SEED)

memory: ## Watch ten million objects and see that no more is remembered than configured (some minutes)
	mvn -B -pl war-detection -am test -Dtest=MemoryBoundTest -Dsurefire.failIfNoSpecifiedTests=false -Dpatchwar.objects=10000000

scan-demo: ## Scan the recording of two real controllers fighting over a Service
	./patchwar scan recordings/metallb-chisel.jsonl.gz

pressure: ## Fill a real etcd at sizes that nothing was fitted on, and compare (some minutes; needs etcd on the PATH)
	mvn -q -B -pl war-detection -am test -Dtest=EtcdIT -Dsurefire.failIfNoSpecifiedTests=false -Dpatchwar.pressure.times=10

runbooks: ## Rewrite docs/runbooks from the catalogue of remedies
	mvn -q -B -pl standalone -am test -Dtest=RunbooksTest -Dsurefire.failIfNoSpecifiedTests=false -Dpatchwar.runbooks.write=true

soak-ingest: ## Kill ingest every 20 s, take Kafka away for 5 minutes, exchange certificates, fill disks, and count what arrived (MINUTES=n, ROUNDS=n)
	mvn -B -pl audit-ingest -am verify -Dit.test=IngestSoakIT,FaultsIT -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Dpatchwar.soak.minutes=$(or $(MINUTES),10) \
	  -Dpatchwar.soak.rounds=$(or $(ROUNDS),5) -Dpatchwar.soak.batches=60

load-ingest: ## Measure what ingest takes on one core and 512 MiB (some minutes, two cores; SECONDS_LONG=n)
	mvn -B -pl audit-ingest -am verify -Dit.test=IngestLoadIT -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Dpatchwar.load.seconds=$(or $(SECONDS_LONG),60)

bench: ## Measure scan against DuckDB and Jackson (minutes, about 7 GB of disk; see docs/benchmarks.md)
	benchmarks/run

bench-judging: ## Measure reading and judging in memory: nanoseconds and bytes for each write (a minute)
	benchmarks/judging

bench-stream: ## Measure the stream processor beside a broker and a producer (half an hour; see docs/benchmarks.md)
	benchmarks/stream

soak: ## Kill, stop and pause processors and the broker at full length, and account for every war (ROUNDS=n, DELIVERY=exactly-once)
	mvn -B -pl stream-processor -am verify -Dit.test=SoakIT -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Dpatchwar.soak.rounds=$(or $(ROUNDS),2) -Dpatchwar.soak.delivery=$(or $(DELIVERY),at-least-once)

soak-files: ## Follow logs through rotation and kill -9 for ten minutes (SECONDS_IN_ALL=n for longer)
	mvn -B -pl audit-ingest -am verify -Dit.test=KilledWhileFollowingIT -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Dpatchwar.soak.seconds=$(SECONDS_IN_ALL)

format: ## Rewrite all Java sources in the house format
	mvn -q -B spotless:apply

clean: ## Remove everything that was built, the launcher's builds included
	mvn -q -B clean
