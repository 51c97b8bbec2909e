"""Runs the command ``telusur`` as ``python -m search``."""

from search.cli import main

main(prog_name="telusur")
