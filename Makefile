# `make demo` and `make test` set up all that they need in .venv; nothing is installed anywhere else.

PYTHON ?= python3
BIN := .venv/bin
NATIVE := $(wildcard indexer/*/native/*.[ch] indexer/*/*/*/native/*.[ch])

.PHONY: demo test clean

demo: .venv/ready
	$(BIN)/telusur demo

test: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses=auto --dist=loadgroup --cov --cov-report=term:skip-covered --cov-fail-under=95

clean:
	rm -rf .venv data/demo

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python pyproject.toml $(NATIVE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/ready-dev: .venv/bin/python pyproject.toml $(NATIVE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ .venv/ready
