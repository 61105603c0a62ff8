.PHONY: help demo test fuzz bench microbench build_local build_x86 build_arm build_lambda_x86 build_lambda_arm deploy_x86 deploy_arm share remove clean

ARCH ?= x86_64
HOST_TARGET := $(if $(filter aarch64 arm64,$(shell uname -m)),build_lambda_arm,build_lambda_x86)

help: ## Shows the targets
	@grep -hE '^[a-z_0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 22

demo: $(HOST_TARGET) ## Runs a real function under the emulator with the extension and shows what arrives
	@scripts/demo

test: ## Runs all tests
	@scripts/test

fuzz: ## Breaks telemetry bodies at random for FUZZ_SECONDS (300), from FUZZ_SEED on, and shows the smallest that is read wrongly
	@scripts/fuzz

bench: $(HOST_TARGET) ## Measures the extension: PEERS="name=executable ..." compares, QUICK=1 is short, DOCS=1 rewrites docs/performance.md
	@scripts/bench

microbench: ## Measures the reader, level detection and the encoder by themselves, with BenchmarkDotNet; DOCS=1 rewrites docs/performance.md
	@scripts/microbench

build_local: ## Managed build of everything
	@scripts/prerequisites
	dotnet build LambdaLogs.slnx -c Release

build_x86: ## Static binary for x86_64
	@scripts/prerequisites native
	@scripts/build-native x86_64

build_arm: ## Static binary for arm64
	@scripts/prerequisites native
	@scripts/build-native arm64

build_lambda_x86: build_x86 ## Layer zip for x86_64
	@scripts/package x86_64

build_lambda_arm: build_arm ## Layer zip for arm64
	@scripts/package arm64

deploy_x86: build_lambda_x86 ## Publishes the x86_64 layer in your AWS account
	@scripts/layer deploy x86_64

deploy_arm: build_lambda_arm ## Publishes the arm64 layer in your AWS account
	@scripts/layer deploy arm64

share: ## Shares a layer version: make share ARCH=arm64 VERSION=3 WITH=123456789012 (or WITH='*')
	@scripts/layer share $(ARCH) "$(VERSION)" "$(WITH)"

remove: ## Removes layer versions: make remove ARCH=arm64 VERSION=3 (or VERSION=all)
	@scripts/layer remove $(ARCH) "$(VERSION)"

clean: ## Removes everything that was built
	rm -rf artifacts
