"""`wp telusur push` brings the posts that were there before the plugin."""

import pytest

from tests.wordpress.portal import eventually

pytestmark = pytest.mark.long


@pytest.fixture
def posts(portal, service):
    """Publish posts while the plugin sends none; give out their numbers."""
    portal.settings(address=service.address, key=service.key)
    posts = [portal.publish(f"Kabar {number}", f"Padi {number}.") for number in range(5)]
    portal.publish("Konsep", "Belum.", status="draft")
    return posts


def sent(service, posts):
    return eventually(lambda: {name for name in service.ids() if "127" in name} == {f"127.0.0.1-{n}" for n in posts})


def test_all_that_is_published_is_sent_in_batches(portal, service, posts):
    run = portal.push(batch=2)

    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "Success: 5 posts sent."
    assert len(run.stdout.splitlines()) == 4
    assert sent(service, posts)


def test_it_goes_on_after_a_post(portal, service, posts):

    assert "3 posts" in portal.push(after=posts[1]).stdout
    assert sent(service, posts[2:])


def test_a_post_that_is_refused_is_named_and_the_others_are_sent(portal, service, posts):
    portal.change(posts[1], title="Padi" * 600)
    run = portal.push()

    assert f"Warning: {posts[1]}: " in run.stderr
    assert "4 posts" in run.stdout
    assert sent(service, [post for post in posts if post != posts[1]])


def test_a_wrong_key_ends_it_and_says_where_to_go_on(portal, service, posts):
    portal.settings(address=service.address, key="telusur_salah")
    run = portal.push(after=posts[2])

    assert run.returncode == 1
    assert "HTTP 401" in run.stderr and f"--after={posts[2]}" in run.stderr
