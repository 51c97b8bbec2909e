"""What a date is worth: the share of `search.query.times.Timeliness`, as the cluster computes it for each hit."""

from indexer import schema
from search.engines.opensearch.asking import Body
from search.query import Timeliness
from search.query.times import UNDATED

_SHARE = (
    "double share = params.undated;"
    f"if (doc['{schema.PUBLISHED}'].size() != 0) {{"
    f"  long at = doc['{schema.PUBLISHED}'].value;"
    "  double away = Math.max(0, Math.max(params.since - at, at - params.until));"
    "  share = 1 / (1 + away / params.half_life);"
    "}"
    "return 1 + params.weight * share;"
)


def timely(query: Body, timeliness: Timeliness | None) -> Body:
    """Return *query* with scores that are higher by what dates add."""
    if timeliness is None:
        return query
    params = {
        "since": timeliness.since,
        "until": timeliness.until,
        "half_life": timeliness.half_life,
        "weight": timeliness.weight,
        "undated": UNDATED,
    }
    script = {"script_score": {"script": {"source": _SHARE, "params": params}}}
    return {"function_score": {"query": query, "functions": [script], "boost_mode": "multiply"}}
