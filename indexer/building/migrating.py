"""Migration: the articles that the live generation has are written by another engine, and live there from then on."""

from collections.abc import Iterator
from dataclasses import replace

from indexer import generations, schema
from indexer.analysis import Analyzer
from indexer.building.reindex import Given, Outcome, Rules, build
from indexer.engines import IndexInspector, open_inspector
from indexer.reading.pipeline import Progress
from indexer.settings import IndexSettings
from indexer.sources.records import Found


def migrate(engine: str, settings: IndexSettings, analyzer: Analyzer, progress: Progress, rules: Rules) -> Outcome:
    """
    Build an index of *engine* with the articles of the live one, and put it in its place.

    Changes that come meanwhile are in the new one too. A migration that was interrupted goes on where it was, as long
    as the same generation is live.

    Raises:
        IndexUnavailable: there is no index, or either engine cannot be reached.
        ReindexFailed: as a reindex does.
    """
    live = generations.live(settings.path, schema.fingerprint(analyzer))
    stored = open_inspector(live.manifest.engine, live.engine_folder)
    through, articles = stored.through, stored.articles
    given = Given((f"generation {live.name}",), _records(live.name, stored), lambda _: through, articles)
    return build(given, replace(settings, engine=engine), analyzer, progress, rules)


def _records(name: str, stored: IndexInspector) -> Iterator[Found]:
    for article in stored.stored():
        yield Found(f"{name}:{article.id}", article.to_record())
