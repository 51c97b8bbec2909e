"""Tests mirror the packages; each states a claim."""
