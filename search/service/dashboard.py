"""``/dasbor``: what `telusur status` and `telusur report` say, as a page for operators."""

from collections.abc import Callable

from falcon import Request, Response

from indexer.keys import Keys
from search.reviewing.overview import Overview
from search.service.operators import admit
from search.service.problems import invalid
from search.service.rendering import Pages, View
from search.service.texts import quoted, said
from search.settings import QueryLogging
from search.web.dashboard import DAYS, dashboard_values


class DashboardPage:
    """``GET /dasbor``, for those with an admin key alone; it is there only where the settings say so."""

    def __init__(self, look: Callable[[int], Overview], keys: Keys, pages: Pages, log: QueryLogging) -> None:
        """Show by *pages* what *look* sees in so many days, to those with one of *keys*; *log* says what is logged."""
        self._look, self._keys, self._pages = look, keys, pages
        self._is_logging = log.enabled

    def on_get(self, req: Request, resp: Response) -> None:
        """Answer with the page, which nobody may keep."""
        self._pages.answer(req, resp, lambda language: self._view(req, language))
        resp.cache_control = ["no-store"]
        resp.append_header("Vary", "Authorization")

    def _view(self, req: Request, language: str) -> View:
        admit(req, self._keys)
        days = _days(req.params.get("days", str(DAYS[1])))
        values = dashboard_values(self._look(days), days, language)
        return View("dashboard.html", {**values, "is_logging": self._is_logging})


def _days(given: str | list[str]) -> int:
    known = {str(days): days for days in DAYS}
    if not isinstance(given, str) or given not in known:
        raise invalid({"days": said("no_choice", value=quoted(given), known=", ".join(known))})
    return known[given]
