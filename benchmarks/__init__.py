"""Benchmarks: one script per question, and what they have in common; README.md says which is which."""
