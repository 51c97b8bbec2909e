"""The shapes of answers, as ``/openapi.json`` tells them; a test holds all answers to them."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # comes with pydantic, which takes none of typing before 3.12


class Asked(TypedDict):
    """
    What was looked for: the text as given, its stems, and the words that were let go, dropped or cut.

    Of a word that was cut, as `me*`, only the commonest words that it stands for were looked for. `corrected` is the
    query as it may have been meant; the hits are those of it if `is_corrected`, as the text as given has none.
    """

    text: str
    terms: list[str]
    relaxed: list[str]
    dropped: list[str]
    cut: list[str]
    corrected: str | None
    is_corrected: bool


class Passage(TypedDict):
    """A piece of text: as HTML with `<mark>`, as plain text, and the marked ranges `[start, end)` in code points."""

    html: str
    text: str
    ranges: list[tuple[int, int]]


class Highlights(TypedDict):
    """The title and the best passages of the body, marked; those of both that were asked for."""

    title: NotRequired[Passage]
    body: NotRequired[list[Passage]]


class WholeHighlights(TypedDict):
    """The title and the whole body, marked; those of both that were asked for."""

    title: NotRequired[Passage]
    body: NotRequired[Passage]


class Contribution(TypedDict):
    """
    What a part of the query adds to the score, for which reason, and how that is called for readers.

    `typed` is that part as it was typed, `text` as it was read, `in_title` and `in_body` how often that is there.
    """

    typed: str
    field: str
    text: str
    reason: str
    label: str
    in_title: int | None
    in_body: int | None
    score: float


class Facts(TypedDict):
    """What an article says of itself."""

    id: str
    url: str | None
    title: str
    author: str | None
    source: str | None
    category: str | None
    published: str | None
    language: str
    reading_minutes: int | None


class Hit(Facts):
    """
    An article that was found, or is `pinned` to the query; scores are comparable within one answer only.

    `duplicates` counts the other articles that are the same release.
    """

    score: float
    pinned: bool
    duplicates: int
    highlights: NotRequired[Highlights]
    explanation: NotRequired[list[Contribution]]


class FacetCount(TypedDict):
    """How many of all articles that were found have a value."""

    value: str
    count: int


class SearchAnswer(TypedDict):
    """What was found; `next` is the `cursor` of the page after this one, null where no more hits follow."""

    took_ms: float
    query: Asked
    total: int
    page: int
    per_page: int
    next: str | None
    generation: str
    hits: list[Hit]
    facets: dict[str, list[FacetCount]]


class Suggestion(TypedDict):
    """
    A title, words of the index, or what others have asked, with what was typed marked in `html`.

    `count` says how many articles have it.
    """

    text: str
    html: str
    kind: Literal["title", "term", "query"]
    count: int


class SuggestAnswer(TypedDict):
    """How what was typed may go on, the best first."""

    query: str
    suggestions: list[Suggestion]


class Article(Facts):
    """A whole article."""

    tags: list[str]
    credit: str | None
    body: str


class Duplicates(TypedDict):
    """Other articles that are the same release as the one of this id."""

    id: str
    total: int
    articles: list[Facts]


class SimilarAnswer(TypedDict):
    """The articles that are most like the one of `id`, the most alike first; scores tell how much, among themselves."""

    id: str
    hits: list[Hit]


class MarkedArticle(Facts):
    """A whole article with its marks."""

    highlights: WholeHighlights


class HighlightAnswer(TypedDict):
    """The text that was sent, marked, or the texts."""

    highlight: NotRequired[Passage]
    highlights: NotRequired[list[Passage]]


class Step(TypedDict):
    """What one step of the analysis made of a word, and why."""

    name: str
    result: str
    reason: str


class Token(TypedDict):
    """A word: its place in code points, its forms, and how they came about."""

    surface: str
    start: int
    end: int
    position: int
    exact: str
    stems: list[str]
    rule: str
    steps: list[Step]


class AnalyzeAnswer(TypedDict):
    """The words of a text."""

    tokens: list[Token]


class Failure(TypedDict):
    """A change that could not be applied."""

    id: str
    reason: str


class Task(TypedDict):
    """How far changes are: `applied` of them are seen by searches."""

    id: str
    state: Literal["queued", "done"]
    created: str
    changes: int
    applied: int
    failures: list[Failure]


class Rejected(TypedDict):
    """A line that is no article."""

    line: int
    reason: str


class Accepted(TypedDict):
    """Changes that are on disk, and lines that are none."""

    task: Task
    rejected: NotRequired[list[Rejected]]


class Health(TypedDict):
    """The process is alive."""

    status: Literal["ok"]


class Changes(TypedDict):
    """How far changes are applied, and what waits."""

    through: int
    through_age_seconds: int
    waiting: int | None
    waiting_seconds: int | None
    hanging: str | None


class Ready(TypedDict):
    """The index that answers."""

    status: Literal["ready", "changes wait", "leaving"]
    generation: str
    articles: int
    created: str
    age_seconds: int
    behind: str | None
    changes: Changes


class NotReady(TypedDict):
    """There is no index that answers."""

    status: Literal["unavailable"]
    detail: str


class ParameterProblem(TypedDict):
    """What is wrong with one parameter, and the remedy."""

    parameter: str
    detail: str


class Problem(TypedDict):
    """A problem document (RFC 9457); `type` is stable."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[ParameterProblem]]
