"""Every text of the plugin is there in Indonesian, with the same places for values."""

import gettext
import re

from tests.wordpress.translations import CATALOGUE, catalogue, texts, translations


def places(text):
    return sorted(re.findall(r"%(?:\d\$)?[sd]", text))


def test_every_text_has_a_translation_and_nothing_else_has():
    assert set(translations()) - {""} == texts()
    assert all(translations().values())


def test_translations_have_the_places_of_their_texts():
    assert not [text for text, own in translations().items() if places(text) != places(own)]


def test_the_catalogue_is_made_of_the_translations():
    assert CATALOGUE.read_bytes() == catalogue(translations())
    with CATALOGUE.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Settings") == "Setelan"
