"""
The language of an article: what its words tell clearly, else the answers of langdetect, in less than half of its time.

What langdetect does is left as it is, to the last random number: n-grams are drawn from a text, each makes the
languages more or less likely, until one is certain, and that seven times. Here the n-grams of a word are found once, as
words come again, and no more is drawn when the answer is clear. One thing is not left: langdetect passes over words in
capitals, which leaves of a text in nothing else too little to tell (of 600 Indonesian ones it told 26). Such a text is
read in small letters, and told as well as if it had been written so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from random import Random

import langdetect
from langdetect.detector import Detector
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.ngram import NGram

from indexer.article import UNKNOWN, Article
from indexer.telling_words import told

LANGUAGES = ("id", "en", "ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pt", "tl", "zh-cn")
"""What an Indonesian portal may carry. Fewer profiles are faster, and mistake short texts less often."""

READ = 500
"""Characters of a text that are read; further ones change no answer and cost time."""

_SEED = 0  # without one, a tenth of short texts get another answer at each call
_SURE = 0.7
_TRIALS = 7
_DRAWN = 5  # n-grams, from one look at what is likely to the next
_CACHED_WORDS = 1 << 14

Likelihoods = list[float]
"""How likely each of the languages is."""


def language(text: str) -> str:
    """
    Return the language of *text* as an ISO 639-1 code, or `UNKNOWN`; never an exception.

    Meant for whole articles: on a word or two any detector guesses. Malay, Javanese and Sundanese are told by their
    words alone (langdetect has no profiles of them): a text of few words that only they have comes out as ``id``, as
    the other languages of Indonesia do.

    >>> language("Pemerintah kabupaten menyalurkan bantuan kepada warga yang terdampak banjir di tiga kecamatan.")
    'id'
    """
    read = text[:READ]
    return told(read) or detected(read)


def detected(text: str) -> str:
    """Return what langdetect alone says of *text*, without its time: one of `LANGUAGES`, or `UNKNOWN`."""
    profiles = _profiles()
    found = profiles.likely(profiles.grams(_cleaned(_in_small_letters(text[:READ]))))
    return profiles.languages[found].partition("-")[0] if found is not None else UNKNOWN


def with_language(article: Article) -> Article:
    """Return *article* with the language that it is found to be in, where it does not say one."""
    if article.language != UNKNOWN:
        return article
    return replace(article, language=language(f"{article.title}\n{article.body}"))


class _Profiles:
    """What langdetect knows of `LANGUAGES`."""

    def __init__(self, languages: Sequence[str], likelihoods: Mapping[str, Likelihoods]) -> None:
        self.languages = languages
        self._likelihoods = likelihoods
        self._grams_of = lru_cache(_CACHED_WORDS)(self._known_grams)

    def grams(self, text: str) -> list[Likelihoods]:
        """Return what each n-gram of *text* that is known says, in order."""
        *words, last = text.split(" ")
        return list(chain(chain.from_iterable(map(self._grams_of, words)), self._known_grams(last, is_last=True)))

    def likely(self, grams: Sequence[Likelihoods]) -> int | None:
        """Return which language *grams* are of, None if none is likely enough."""
        if not grams:
            return None
        random = Random(_SEED)  # noqa: S311 - repeatable on purpose
        drawn = map(grams.__getitem__, _places(random, len(grams)))
        total = [0.0] * len(self.languages)
        for _ in range(_TRIALS):
            weight = (Detector.ALPHA_DEFAULT + random.gauss(0.0, 1.0) * Detector.ALPHA_WIDTH) / Detector.BASE_FREQ
            found = self._trial(drawn, weight)
            total = [so_far + one / _TRIALS for so_far, one in zip(total, found, strict=True)]
            best, likelihood = max(enumerate(total), key=itemgetter(1))
            if likelihood >= _SURE:  # what is drawn after this only adds to it
                return best
        return None

    def _trial(self, drawn: Iterator[Likelihoods], weight: float) -> Likelihoods:
        even = [1.0 / len(self.languages)] * len(self.languages)
        found = _normal([one * (weight + a) for one, a in zip(even, next(drawn), strict=True)])
        for _ in range(Detector.ITERATION_LIMIT // _DRAWN):
            if max(found) > Detector.CONV_THRESHOLD:
                break
            five = zip(found, *islice(drawn, _DRAWN), strict=True)  # at once, which takes half of the time
            found = _normal(
                [
                    one * (weight + a) * (weight + b) * (weight + c) * (weight + d) * (weight + e)
                    for one, a, b, c, d, e in five
                ]
            )
        return found

    def _known_grams(self, word: str, *, is_last: bool = False) -> list[Likelihoods]:
        known = self._likelihoods
        return [known[gram] for gram in _grams(word, is_last=is_last) if gram in known]


def _places(random: Random, size: int) -> Iterator[int]:
    """Yield places in a sequence of *size*, those that `random.choice` would take."""
    bits = size.bit_length()
    while True:
        place = random.getrandbits(bits)
        if place < size:
            yield place


def _normal(likelihoods: Likelihoods) -> Likelihoods:
    total = sum(likelihoods)
    return [one / total for one in likelihoods]


def _grams(word: str, *, is_last: bool) -> Iterator[str]:
    """
    Yield the n-grams of up to three characters of *word*, those that end in the space after it too if one *is_last*.

    Capitals after a capital yield none.
    """
    within = f" {word}" if is_last or not word else f" {word} "
    for place in range(1, len(within)):
        if within[place].isupper() and within[place - 1].isupper():
            continue
        for length in range(1, min(NGram.N_GRAM, place + 1) + 1):
            gram = within[place + 1 - length : place + 1]
            if gram != " ":
                yield gram


def _in_small_letters(text: str) -> str:
    """Return *text*, in small letters if most of it is in capitals."""
    return text.lower() if sum(map(str.isupper, text)) > sum(map(str.islower, text)) else text


class _Normal(dict[int, str]):
    """What langdetect reads each character as."""

    def __missing__(self, character: int) -> str:
        found: str = NGram.normalize(chr(character))
        self[character] = found
        return found


_NORMAL = _Normal()


def _cleaned(text: str) -> str:
    """Return the letters of *text*, without addresses, and without Latin ones if the text is in others."""
    text = str(Detector.MAIL_RE.sub(" ", Detector.URL_RE.sub(" ", text)))
    if not text.isascii():
        detector = Detector(_factory())
        detector.text = NGram.normalize_vi(text)
        detector.cleaning_text()
        text = str(detector.text)
    return text.translate(_NORMAL)


@cache
def _profiles() -> _Profiles:
    factory = _factory()
    return _Profiles(factory.langlist, factory.word_lang_prob_map)


@cache
def _factory() -> DetectorFactory:
    """
    Return a factory of our own, with our profiles only.

    langdetect's own publishes itself before its profiles are loaded, so that threads that come first get wrong
    answers. This one is handed out when it is complete.
    """
    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    factory.load_json_profile([(folder / name).read_text(encoding="utf-8") for name in LANGUAGES])
    return factory
