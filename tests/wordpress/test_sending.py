"""A post that is published, changed, trashed or deleted there is found, changed, gone here; later, where that fails."""

import json

import pytest

from tests.wordpress.portal import eventually

pytestmark = pytest.mark.long


def name(post):
    return f"127.0.0.1-{post}"


@pytest.fixture
def post(portal, service):
    """Publish a post that the service has."""
    post = portal.publish("Panen & raya", "Panen padi</p><p>dimulai&hellip;")
    portal.cron()
    assert eventually(lambda: service.article(name(post)) is not None)
    return post


def test_a_post_that_is_published_is_an_article(portal, service, post):
    found = service.article(name(post))

    assert (found["title"], found["body"]) == ("Panen & raya", "Panen padi\ndimulai…")
    assert (found["source"], found["author"]) == ("127.0.0.1", "redaksi")
    assert found["url"] == f"{portal.address}/?p={post}"
    assert found["published"].endswith("+08:00")
    assert found["category"] == "Uncategorized"


def test_a_post_that_is_changed_is_changed(portal, service, post):
    portal.change(post, title="Panen jagung")
    portal.change(post, title="Panen kedelai")
    portal.cron()

    assert eventually(lambda: service.article(name(post))["title"] == "Panen kedelai")


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"status": "private"}, {"password": "rahasia"}, {"content": ""}],
    ids=["draft", "private", "with a password", "without text"],
)
def test_a_post_that_nobody_can_read_any_more_is_gone(portal, service, post, fields):
    portal.change(post, **fields)
    portal.cron()

    assert eventually(lambda: service.article(name(post)) is None)


def test_a_post_that_is_trashed_is_gone_and_comes_back(portal, service, post):
    portal.trash(post)
    portal.cron()
    assert eventually(lambda: service.article(name(post)) is None)

    portal.change(post, status="publish")
    portal.cron()
    assert eventually(lambda: service.article(name(post)) is not None)


def test_a_post_that_is_deleted_for_good_is_gone(portal, service, post):
    portal.destroy(post)
    portal.cron()

    assert eventually(lambda: service.article(name(post)) is None)


@pytest.mark.usefixtures("service")
def test_a_draft_and_a_page_are_nobodys_concern(portal):
    portal.publish("Konsep", "Belum.", status="draft")
    portal.php("wp_insert_post(['post_type' => 'page', 'post_title' => 'Redaksi', 'post_status' => 'publish']);")

    assert portal.waiting() == 0


def test_what_fails_waits_longer_each_time_and_is_sent_when_the_service_is_back(portal, service):
    service.stop()
    post = portal.publish("Padi", "Padi.")
    for _ in range(3):
        portal.rested()
        portal.cron()
    state = json.loads(
        portal.php("echo wp_json_encode(Telusur_Sender::state() + ['event' => wp_next_scheduled('telusur_send')]);")
    )
    portal.cron()

    assert (state["failures"], portal.waiting()) == (3, 1)
    assert state["event"] == state["until"]
    assert f"{post}: " in state["note"]

    service.start()
    portal.settings(**service.settings)
    portal.rested()
    portal.cron()
    assert portal.waiting() == 0
    assert eventually(lambda: service.article(name(post)) is not None)
    assert portal.php("echo Telusur_Sender::state()['failures'];") == "0"


def test_a_wrong_key_loses_nothing(portal, service):
    portal.settings(address=service.address, key="telusur_salah", push=True)
    portal.publish("Padi", "Padi.")
    portal.cron()

    assert portal.waiting() == 1
    assert "HTTP 401" in portal.php("echo Telusur_Sender::state()['note'];")


def test_a_post_that_the_service_refuses_does_not_hold_up_the_others(portal, service):
    portal.publish("Padi" * 600, "Judul yang terlalu panjang.")
    post = portal.publish("Jagung", "Jagung.")
    portal.cron()

    assert portal.waiting() == 0
    assert eventually(lambda: service.article(name(post)) is not None)
    assert "HTTP 400" in portal.php("echo Telusur_Sender::state()['note'];")


@pytest.mark.usefixtures("service")
def test_a_change_while_a_post_is_being_sent_is_not_lost(portal):
    portal.publish("Padi", "Padi.")
    code = "$queue = new Telusur_Queue(); $row = $queue->next(); $queue->add($row->post_id); $queue->{act};"

    for act in ("finish($row)", "postpone($row, 900)"):
        portal.php(code.replace("{act}", act))
        assert portal.php("$queue = new Telusur_Queue(); echo null === $queue->next() ? 'none' : 'due';") == "due"


@pytest.mark.usefixtures("service")
def test_two_processes_never_send_at_once(portal):
    portal.publish("Padi", "Padi.")
    sending = f"file_get_contents('{portal.address}/wp-cron.php');"
    waiting = portal.php(f"$queue = new Telusur_Queue(); $queue->lock(); {sending} echo $queue->count();")
    portal.rested()
    portal.cron()

    assert (waiting, portal.waiting()) == ("1", 0)


def test_nothing_is_queued_where_posts_are_not_to_be_sent(portal):
    portal.settings(address="http://127.0.0.1:9", push=False)
    portal.publish("Padi", "Padi.")

    assert portal.waiting() == 0
