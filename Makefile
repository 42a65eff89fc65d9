# Draagbaar Loket. `make` alone prints what there is.

CONFIGURATION ?= debug
SWIFT ?= swift
BUILD = $(SWIFT) build -c $(CONFIGURATION) --explicit-target-dependency-import-check error
BINARIES = .build/$(CONFIGURATION)

.PHONY: campaigns vault help setup build demo run test bench-kernel check format bench
.DEFAULT_GOAL := help

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## Install the Debian packages that are missing (as root or with sudo)
	@scripts/setup

build: setup ## Build everything
	$(BUILD)

demo: setup ## Try it: emulated kit, central on loopback, nothing left behind
	@scripts/with-progress $(BUILD) --product loket
	@$(BINARIES)/loket demo

run: setup ## Run the station on this machine's own devices
	@scripts/with-progress $(BUILD) --product loket
	@$(BINARIES)/loket

test: setup ## Run every test, witnesses included
	@scripts/setup witnesses
	$(BUILD) --build-tests
	PATH="$(CURDIR)/.build-witness/bin:$$PATH" $(SWIFT) test -c $(CONFIGURATION) --skip-build --no-parallel
	Tests/Witness/run-all $(BINARIES)

bench-kernel: setup ## Run the witnesses that need a Linux kernel of their own, in QEMU
	@scripts/setup witnesses kernel
	$(BUILD) --product loket
	$(BUILD) --product vault-campaign
	Tests/Witness/run-all $(BINARIES) kernel

campaigns: build ## Fingers, WSQ and cards at length, beside NBIS and NFIQ 2: figures with their seeds, some twenty minutes
	@scripts/setup witnesses campaigns
	$(BUILD) --build-tests
	Tests/Witness/campaigns $(BINARIES)

vault: setup ## The vault at full size: kills, power cuts, failing disks, flipped bits, clocks, upgrades, old copies, speed; two hours
	@scripts/setup witnesses kernel
	$(SWIFT) build -c release --product vault-campaign
	$(SWIFT) build -c release --product loket-bench
	$(SWIFT) build -c release --product loket-central
	$(BUILD) --build-tests
	Tests/Witness/vault $(BINARIES) .build/release

check: setup ## Lint, warnings as errors, declared imports, the layer table
	scripts/check-format
	$(BUILD) --build-tests
	scripts/check-layers

format: ## Format all Swift sources
	$(SWIFT) format format --in-place --recursive Package.swift Sources Tests Benchmarks devices offline-cache

bench: setup ## Print figures against the peers (release build)
	$(SWIFT) build -c release --product loket
	$(SWIFT) build -c release --product loket-bench
	$(SWIFT) build -c release --product loket-central
	@scripts/setup witnesses
	Benchmarks/run .build/release
	.build-witness/bin/python3 Tests/Witness/vault-speed.py .build/release
