"""What is open of a Whoosh index stays as it was when it was opened, whatever is committed since."""

from indexer.changes.queue import ChangeQueue
from search.query import Everything, Query
from tests.building import apply_changes, article, record


def test_an_open_index_offers_and_finds_what_it_did(engine_over, index):
    engine = engine_over(article("0", title="Harga beras naik"), article("1", title="Harga bensin"))
    ChangeQueue(index.path).add([("9", record(article("9", title="Harga cabai"))), ("0", None)])
    apply_changes(index)

    assert [known.text for known in engine.offering.titles(("harga",), most=8)] == ["Harga bensin", "Harga beras naik"]
    assert engine.ids(Query(Everything()), offset=0, limit=9).ids == ("0", "1")
