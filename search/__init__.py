"""Answers queries: text in, ranked and highlighted articles out."""
