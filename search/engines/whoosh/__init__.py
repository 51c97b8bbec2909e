"""Answers queries from a Whoosh index: our tree as Whoosh's queries, our arithmetic as its scorer."""
