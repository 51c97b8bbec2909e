"""
Reading: records -> parts of an index.

In come the records of the sources, in their order. They are cut into batches, and each batch is read by one process
into a part. Out go the parts, in the same order, with counts, the ledger of what is no article, and the acronyms that
the articles define. What is done with all of it is the business of `indexer.building`.
"""
