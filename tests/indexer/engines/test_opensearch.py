"""What an OpenSearch cluster holds of articles, and what is said of clusters that are ill or are not ours."""

import re
from dataclasses import replace

import pytest

from indexer import clusters, generations, schema
from indexer.building.migrating import migrate
from indexer.building.reindex import Rules
from indexer.changes.queue import ChangeQueue
from indexer.engines import open_inspector, open_updater
from indexer.engines.opensearch import bulk, place
from indexer.engines.opensearch.client import client_of
from indexer.engines.opensearch.copying import await_copies
from indexer.engines.opensearch.documents import Documents
from indexer.engines.opensearch.texts import fit
from indexer.errors import IndexOutdated, IndexUnavailable, ReindexFailed
from indexer.upkeep.acknowledged import repair
from indexer.upkeep.rollback import roll_back
from indexer.upkeep.standing import standing
from indexer.upkeep.verification import verify
from search.engines import open_engine
from search.query import Everything, Query
from tests.building import apply_changes, article, in_body, publish, record
from tests.clusters import cluster_settings, index_in

pytestmark = pytest.mark.cluster

UNREACHED = "http://127.0.0.1:9"


@pytest.fixture
def index(tmp_path, hosts):
    return index_in(tmp_path / "index", hosts)


@pytest.fixture
def client(index):
    return client_of(index.path)


def of(generation):
    return place.place_of(generation.engine_folder)


def ids(generation, ranking):
    return set(open_engine(generation, ranking).ids(Query(Everything()), offset=0, limit=100).ids)


def read_back(client, index, field):
    """Return the terms of the only article of *index* with their places, as the cluster says that it has them."""
    (hit,) = client.search(index=index)["hits"]["hits"]
    terms = client.termvectors(index=index, id=hit["_id"], fields=field)["term_vectors"][field]["terms"]
    return {(term, token["position"]) for term, facts in terms.items() for token in facts["tokens"]}


@pytest.mark.parametrize("field", [schema.STEM, schema.EXACT, schema.AUTHOR])
def test_the_cluster_has_the_terms_of_our_analysis_at_their_places(index, client, analyzer, field):
    given = article(
        "1",
        title="Undang-Undang COVID-19, Rp24,5 miliar",
        body="Jum’at lalu, tim melakukan uji-coba di @rumah_sakit. Naik 3,5%! “DP3AKB–Kalsel” 😀 2024/2025",
        author="Rina Lestari",
    )
    index_name = of(publish(index, given).generation).index
    wanted = schema.postings(given, analyzer)[field]
    title = [posting.position for posting in wanted if posting.position < schema.BODY_GAP]
    shift = max(title) + 1 if field != schema.AUTHOR else 0  # the cluster counts the gap from the end of the title

    assert read_back(client, index_name, field) == {
        (fit(p.term), p.position + (shift if p.position >= schema.BODY_GAP else 0)) for p in wanted
    }


def test_a_term_with_a_sign_that_means_something_between_terms_is_found(index, ranking, monkeypatch):
    monkeypatch.setattr("indexer.engines.opensearch.texts._UNFIT", re.compile("a"))
    generation = publish(index, in_body("padi", "1")).generation

    assert fit("padi") == "p%61di"
    assert ids(generation, ranking) == {"1"}


def test_ids_that_are_too_long_for_the_cluster_are_ids_all_the_same(index, ranking):
    long = "ä" * 400
    generation = publish(index, article(long), article("2")).generation
    engine = open_engine(generation, ranking)

    assert ids(generation, ranking) == {long, "2"}
    assert engine.article(long).id == long
    assert engine.lacking([Query(Everything()).tree], [long]) == []


def test_a_request_that_is_sent_again_changes_nothing(index, client, analyzer):
    index_name = of(publish(index, in_body("padi", "1")).generation).index
    items = [bulk.Item("1", bulk.encode(Documents(analyzer).of(in_body("jagung", "1"))), 1 << 50)]
    for _ in range(2):
        bulk.send(client, index_name, items)
    bulk.send(client, index_name, [items[0]._replace(version=7)])  # an older one comes late
    client.indices.refresh(index=index_name)
    (hit,) = client.search(index=index_name, version=True)["hits"]["hits"]

    assert (hit["_version"], "jagung" in hit["_source"]["exact"][1]) == (1 << 50, True)


def test_a_changed_index_is_kept_for_going_back_and_none_is_left_behind(index, client, analyzer, ranking):
    first = publish(index, in_body("padi", "1")).generation
    second = publish(index, in_body("padi", "1"), in_body("padi", "2")).generation
    alias = clusters.reached(index.path).prefix
    assert list(client.indices.get_alias(name=alias)) == [of(second).index]

    ChangeQueue(index.path).add([("3", record(article("3"))), ("1", None)])
    apply_changes(index)
    assert ids(second, ranking) == {"2", "3"}

    assert roll_back(index.path, analyzer).generation.name == first.name
    assert list(client.indices.get_alias(name=alias)) == [of(first).index]
    assert ids(first, ranking) == {"3"}

    third = publish(index, in_body("padi", "1")).generation
    assert set(client.indices.get(index=f"{alias}-*")) == {of(first).index, of(third).index}


def test_status_and_verify_answer_for_the_cluster(index, analyzer, client):
    generation = publish(index, article("1", source="Kabar"), article("2", source="Kabar")).generation
    state = standing(index.path, generation.manifest.fingerprint).current
    assert (state.articles, state.counts["sources"]) == (2, {"Kabar": 2}) and state.bytes > 1_000
    assert verify(index.path, analyzer, 10).findings == ()

    index_name = of(generation).index
    source = client.get(index=index_name, id="1")["_source"]
    client.index(index=index_name, id="1", body={**source, "stem": ["lain", "lain"]}, refresh=True)
    (finding,) = verify(index.path, analyzer, 10).findings
    assert "'1' has other terms than its text in stem" in finding.problem


def test_what_was_acknowledged_and_is_not_in_the_cluster_is_named_and_brought_back(index, analyzer, client, ranking):
    generation = publish(index, article("1")).generation
    ChangeQueue(index.path).add([("2", record(article("2")))])
    apply_changes(index)
    client.delete(index=of(generation).index, id="2", refresh=True)

    (finding,) = verify(index.path, analyzer, 10).findings
    assert "'2' (change 1) is not there" in finding.problem
    assert repair(index.path, analyzer) == 1 and ids(generation, ranking) == {"1", "2"}


def test_migrating_takes_all_articles_along_and_later_changes(tmp_path, hosts, analyzer, ranking):
    embedded = replace(index_in(tmp_path / "index", hosts), engine="whoosh")
    publish(embedded, *(in_body("padi", f"{number}") for number in range(30)))
    ChangeQueue(embedded.path).add([("new", record(article("new"))), ("7", None)])
    apply_changes(embedded)
    outcome = migrate("opensearch", embedded, analyzer, lambda _: None, Rules())

    assert outcome.generation.manifest.engine == "opensearch"
    assert ids(outcome.generation, ranking) == {*map(str, range(30)), "new"} - {"7"}
    assert generations.live_name(embedded.path) == outcome.generation.name

    ChangeQueue(embedded.path).add([("8", None)])
    apply_changes(embedded)
    back = migrate("whoosh", embedded, analyzer, lambda _: None, Rules()).generation
    assert ids(back, ranking) == {*map(str, range(30)), "new"} - {"7", "8"}


def test_a_migration_that_was_interrupted_goes_on_where_it_was(tmp_path, hosts, analyzer, ranking, monkeypatch):
    monkeypatch.setattr("indexer.reading.batches.MOST_RECORDS", 10)
    embedded = replace(index_in(tmp_path / "index", hosts), engine="whoosh")
    publish(embedded, *(in_body("padi", f"{number:02}") for number in range(40)))

    def interrupt(counts):
        if counts.accepted == 25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate("opensearch", embedded, analyzer, interrupt, Rules())
    assert generations.find(embedded.path, generations.live_name(embedded.path)).manifest.engine == "whoosh"

    said = []
    outcome = migrate("opensearch", embedded, analyzer, lambda _: None, Rules(say=said.append))
    assert "goes on where it was" in said[0] and len(ids(outcome.generation, ranking)) == 40


# What is ill


def test_a_cluster_that_is_down_is_named_and_nothing_is_live(tmp_path):
    with pytest.raises(IndexUnavailable, match=r"no node of the cluster can be reached .* opensearch.hosts"):
        publish(index_in(tmp_path / "index", [UNREACHED], timeout=2.0), article("1"))


def test_a_node_that_is_down_is_passed_over(tmp_path, hosts):
    assert publish(index_in(tmp_path / "index", [UNREACHED, *hosts]), article("1")).generation.manifest.articles == 1


def test_an_index_without_settings_of_a_cluster_says_which_it_needs(tmp_path):
    bare = replace(index_in(tmp_path / "other", [UNREACHED]), path=tmp_path / "index")
    with pytest.raises(IndexUnavailable, match=r"does not say how the cluster is reached: set opensearch\.hosts"):
        publish(bare, article("1"))


def test_only_the_owner_may_read_how_the_cluster_is_reached(index):
    assert (index.path / "cluster.json").stat().st_mode & 0o777 == 0o600


def test_other_settings_are_kept_for_the_next_who_opens_the_index(index):
    home = clusters.home(index.path)
    clusters.keep(index.path, cluster_settings([UNREACHED], user="rina", password="rahasia"))  # noqa: S106 - of nobody
    reached = clusters.reached(index.path)

    assert (reached.hosts, reached.user, reached.password) == ([UNREACHED], "rina", "rahasia")
    assert clusters.home(index.path) == home


def test_an_index_of_somebody_else_under_our_name_is_left_alone(index, client):
    alias = clusters.reached(index.path).prefix
    client.indices.create(index=alias, body={"settings": {"number_of_replicas": 0}})
    with pytest.raises(IndexUnavailable, match=f"{alias}.* is not ours: take it from there, or give another"):
        publish(index, article("1"))

    assert client.indices.exists(index=alias)
    assert generations.current_name(index.path) is None
    client.indices.delete(index=alias)


def test_an_alias_of_two_indexes_of_ours_is_put_right_by_the_next_reindex(index, client):
    first, second = (of(publish(index, article("1")).generation).index for _ in range(2))
    alias = clusters.reached(index.path).prefix
    client.indices.put_alias(index=first, name=alias)
    assert set(client.indices.get_alias(name=alias)) == {first, second}

    third = of(publish(index, article("1")).generation).index
    assert list(client.indices.get_alias(name=alias)) == [third]


def test_an_index_that_is_gone_or_not_ours_is_named(index, client, ranking):
    generation = publish(index, article("1")).generation
    name = of(generation).index
    client.indices.put_mapping(index=name, body={"_meta": {}})
    with pytest.raises(IndexUnavailable, match=f"{name} of the cluster is not one of"):
        open_engine(generation, ranking)

    client.indices.delete(index=name)
    with pytest.raises(IndexUnavailable, match="no such index"):
        open_inspector("opensearch", generation.engine_folder)


def test_the_size_is_that_of_the_whole_index_as_soon_as_it_is_built(index):
    generation = publish(
        index, *(article(str(number), body=f"padi {number} " * 200) for number in range(200))
    ).generation

    size = open_inspector("opensearch", generation.engine_folder).size()
    assert 200 * 500 < size < generation.manifest.bytes


def test_an_index_of_another_analysis_takes_no_changes(index, analyzer):
    generation = publish(index, article("1")).generation
    own = of(generation)
    own.note(replace(own.reach(), analysis="1-other"))
    with pytest.raises(IndexOutdated, match="written with the analysis 1-other"):
        open_updater("opensearch", generation.engine_folder, analyzer)


def test_a_ranking_that_the_index_was_not_made_for_is_refused(index, ranking):
    generation = publish(index, article("1")).generation
    with pytest.raises(IndexUnavailable, match=r"ranking.k1 is 2.0 .* made for 1.2"):
        open_engine(generation, replace(ranking, k1=2.0))


def test_a_version_that_was_not_tested_is_refused(index, monkeypatch):
    monkeypatch.setattr("indexer.engines.opensearch.client.TESTED", 2)
    with pytest.raises(IndexUnavailable, match=r"runs opensearch 3\..*; this program was tested with opensearch 2"):
        publish(index, article("1"))


def test_an_article_that_the_cluster_does_not_take_is_named(index, client):
    name = of(publish(index, article("1")).generation).index
    with pytest.raises(IndexUnavailable, match=r"does not take the article 'x' .*strict_dynamic_mapping"):
        bulk.send(client, name, [bulk.Item("x", b'{"unknown": 1}', 1)])


def test_a_request_that_is_larger_than_the_cluster_takes_names_its_largest_article(index, client):
    name = of(publish(index, article("1")).generation).index
    large = b'{"article": {"body": "' + b"a" * 105_000_000 + b'"}}'
    with pytest.raises(IndexUnavailable, match=r"the article 'x' takes 105,.* raise http.max_content_length"):
        bulk.send(client, name, [bulk.Item("1", b"{}", 1), bulk.Item("x", large, 1)])


@pytest.mark.parametrize("step", ["send", "await_copies"])
def test_a_build_that_fails_at_its_start_or_end_leaves_what_is_live(index, client, ranking, monkeypatch, step):
    generation = publish(index, article("1")).generation
    monkeypatch.setattr(f"indexer.engines.opensearch.writer.{step}", _refuses)
    with pytest.raises((IndexUnavailable, ReindexFailed), match="full"):
        publish(index, article("2"))

    assert generations.live_name(index.path) == generation.name and ids(generation, ranking) == {"1"}
    assert list(client.indices.get(index=f"{clusters.reached(index.path).prefix}*")) == [of(generation).index]


def _refuses(*_):
    raise IndexUnavailable("the cluster is full")


def test_an_index_goes_live_where_there_are_too_few_nodes_for_its_copies_and_verify_says_so(tmp_path, hosts, analyzer):
    index = index_in(tmp_path / "index", hosts, replicas=1)
    publish(index, article("1"))

    assert any(
        "some of its copies are on no node" in finding.problem for finding in verify(index.path, analyzer, 1).findings
    )


def test_an_index_whose_part_is_lost_before_it_has_a_copy_is_given_up(index, client):
    client.indices.create(  # on a node that is not there: so is a part of an index whose node was lost
        index=clusters.reached(index.path).prefix,
        body={"settings": {"number_of_replicas": 0, "routing.allocation.require._name": "nowhere"}},
        params={"wait_for_active_shards": "0"},
    )

    with pytest.raises(IndexUnavailable, match=r"a node was lost, and with it a part of .* that had no copy yet"):
        await_copies(client, clusters.reached(index.path).prefix)
