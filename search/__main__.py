"""Runs the command ``telusur`` as ``python -m search``."""

from search.commands.telusur import main

main(prog_name="telusur")
