"""The Whoosh index: its schema, the stored form of an article, and the writer."""
