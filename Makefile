.PHONY: help demo test build_local build_x86 build_arm build_lambda_x86 build_lambda_arm clean

help: ## Shows the targets
	@grep -hE '^[a-z_0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 22

demo: build_lambda_x86 ## Runs a real function under the emulator with the extension and shows what arrives
	@scripts/demo

test: ## Runs all tests
	@scripts/test

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

clean: ## Removes everything that was built
	rm -rf artifacts
