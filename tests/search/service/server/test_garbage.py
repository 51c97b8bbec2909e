"""What a generation brought is not looked through again, and what is thrown away later is still found."""

import gc
import weakref

import pytest

from search.service.server.garbage import let_be, look_seldom


class Ring:
    """Something that holds itself."""

    def __init__(self):
        self.own = self


@pytest.fixture
def own_thresholds():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("own_thresholds")
def test_what_was_there_when_a_generation_was_prepared_is_let_be():
    prepared, before = [], gc.get_freeze_count()

    let_be(prepared.append)("the index")

    assert prepared == ["the index"]
    assert gc.get_freeze_count() > before
    assert not any(one is prepared for one in gc.get_objects())


@pytest.mark.usefixtures("own_thresholds")
def test_garbage_is_still_found():
    look_seldom()
    let_be(lambda _: None)("the index")
    ring = weakref.ref(Ring())

    kept = [[] for _ in range(2 * gc.get_threshold()[0])]

    assert ring() is None and kept
