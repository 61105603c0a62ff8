.PHONY: help demo emulator test fuzz soak mutations bench microbench build_local build_x86 build_arm build_lambda_x86 build_lambda_arm deploy_cli_x86 deploy_cli_arm \
	add_permissions_x86 add_permissions_arm add_permissions_by_account_x86 add_permissions_by_account_arm \
	remove_x86_version remove_arm_version attach detach fake_aws format clean

HOST_TARGET = build_lambda_$(shell scripts/architecture "$$(scripts/architecture host)" target)

# As they are given: make would take a $ in an expression or a password for a variable of its own.
override export ENV := $(value ENV)
override export MATCH := $(value MATCH)
override export TAG := $(value TAG)

help: ## Shows the targets
	@grep -hE '^[a-z_0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 33
	@echo "Where AWS is asked: REGION=eu-west-1 or REGIONS=\"eu-west-1 us-east-1\", LAYER_NAME for another name; docs/deploying.md says more."

demo: $(HOST_TARGET) ## Runs a real function under the emulator with the extension and shows what arrives
	@scripts/demo

test: ## Runs all tests: ARCHES="x86_64 arm64" with both layers in full, PEERS=no without installing real servers
	@scripts/test

format: ## Formats the sources as the build wants them
	dotnet format LambdaLogs.slnx

fuzz: ## Breaks telemetry bodies at random for FUZZ_SECONDS (300), from FUZZ_SEED on, and shows the smallest that is read wrongly
	@scripts/fuzz

soak: $(HOST_TARGET) ## Random lives of a sandbox for SECONDS (60), from SEED (1) on, of one THEME: every line delivered or counted, in order, and nobody waits
	@scripts/soak "$(or $(SECONDS),60)" "$(or $(SEED),1)" "$(THEME)"

mutations: ## Takes each mend out of a copy of the sources and shows that the soak finds it: MENDS="poison-search back-pressure", DOCS=1 rewrites docs/reliability.md
	@scripts/mutations $(MENDS)

bench: $(HOST_TARGET) ## Measures the extension: PEERS="name=executable ..." compares, QUICK=1 is short, DOCS=1 rewrites docs/performance.md
	@scripts/bench

microbench: ## Measures the reader, level detection and the encoder by themselves, with BenchmarkDotNet; DOCS=1 rewrites docs/performance.md
	@scripts/microbench

emulator: ## The emulator as a .NET tool, a library for tests, and one file for each architecture: artifacts/emulator
	@scripts/emulator

build_local: ## Managed build of everything
	@scripts/prerequisites dotnet
	dotnet build LambdaLogs.slnx -c Release

build_x86: ## Static binary for x86_64
	@scripts/build-native x86_64

build_arm: ## Static binary for arm64
	@scripts/build-native arm64

build_lambda_x86: build_x86 ## Layer zip for x86_64
	@scripts/package x86_64

build_lambda_arm: build_arm ## Layer zip for arm64
	@scripts/package arm64

# The check reports missing tools and variables before the build, which takes minutes.
deploy_cli_x86: ## Publishes the x86_64 layer in your AWS account: REGION
	@scripts/layer check deploy x86_64
	@$(MAKE) --no-print-directory build_lambda_x86
	@scripts/layer deploy x86_64

deploy_cli_arm: ## The same for arm64
	@scripts/layer check deploy arm64
	@$(MAKE) --no-print-directory build_lambda_arm
	@scripts/layer deploy arm64

add_permissions_x86: ## Lets an organization use the x86_64 layer: REGION, ORG_ID, VERSION (the newest)
	@scripts/layer share-organization x86_64

add_permissions_arm: ## The same for arm64
	@scripts/layer share-organization arm64

add_permissions_by_account_x86: ## Lets an account use the x86_64 layer: REGION, ACCOUNT_ID ('*': everyone), VERSION (the newest)
	@scripts/layer share-account x86_64

add_permissions_by_account_arm: ## The same for arm64
	@scripts/layer share-account arm64

remove_x86_version: ## Removes an x86_64 layer version: REGION, VERSION (a number, or all)
	@scripts/layer remove x86_64

remove_arm_version: ## The same for arm64
	@scripts/layer remove arm64

attach: ## Adds the layer and variables to many functions: REGION, FUNCTIONS | MATCH | TAG | ALL=yes, ENV, DRY_RUN=1
	@scripts/attach attach

detach: ## Takes them away again: the same, and ENV names the variables to remove
	@scripts/attach detach

fake_aws: ## A stand-in for Lambda's API on this machine, to try deploy_cli_* and attach without an account: COUNT (300 functions), PORT (4588)
	@exec scripts/fake-aws "$(COUNT)" "$(PORT)"

clean: ## Removes everything that was built
	rm -rf artifacts
