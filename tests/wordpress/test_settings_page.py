"""An administrator sets the service, tries it and sends all posts; nobody else does; nothing is left behind."""

import pytest

from tests.wordpress.portal import eventually
from tests.wordpress.telusur import FOREIGN

pytestmark = pytest.mark.long


def form(page, named):
    """Return the form of *page* that has a field or a button of this name."""
    (found,) = page.xpath(f"//form[.//*[@name='{named}']]")
    return found


def notice(page):
    return page.xpath("string(//div[contains(@class, 'notice-') and not(@id)]/p)")


@pytest.fixture
def administrator(portal):
    return portal.administrator()


def test_what_is_set_counts_and_the_key_is_not_shown_again(portal, service, administrator):
    portal.settings()
    given = {"address": f"{service.address}/", "key": service.key, "search": "1", "push": "1"}
    fields = {f"telusur_settings[{name}]": value for name, value in given.items()}
    administrator.submit(form(administrator.settings_page(), "telusur_settings[key]"), **fields)
    page = administrator.settings_page()
    administrator.submit(form(page, "telusur_settings[key]"))

    assert form(page, "telusur_settings[key]").fields["telusur_settings[address]"] == service.address
    assert form(page, "telusur_settings[key]").fields["telusur_settings[key]"] == ""
    assert portal.php("echo Telusur_Settings::key();") == service.key
    assert portal.php("var_export(Telusur_Settings::answers_searches());") == "true"


@pytest.mark.usefixtures("service")
def test_a_key_can_be_forgotten(portal, administrator):
    page = administrator.settings_page()
    administrator.submit(form(page, "telusur_settings[key]"), **{"telusur_settings[forget_key]": "1"})

    assert portal.php("echo Telusur_Settings::key();") == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://kabar.example"])
def test_an_address_that_is_none_of_the_web_is_not_taken(portal, administrator, address):
    page = administrator.settings_page()
    administrator.submit(form(page, "telusur_settings[key]"), **{"telusur_settings[address]": address})

    assert portal.php("echo Telusur_Settings::address();") == ""


def test_the_button_tells_how_the_service_stands_and_writes_nothing(portal, service, administrator):
    def tried(**settings):
        portal.settings(**settings)
        return notice(administrator.submit(form(administrator.settings_page(), "telusur_test")))

    assert "All is well" in tried(address=service.address, key=service.key)
    assert "takes no articles" in tried(address=service.address)
    assert "HTTP 401" in tried(address=service.address, key="telusur_salah")
    assert service.ids() == [FOREIGN.id]
    service.stop()
    assert "does not answer" in tried(address=service.address, key=service.key)


def test_all_posts_can_be_sent_without_the_command(portal, service, administrator):
    portal.settings(address=service.address)
    post = portal.publish("Padi", "Padi.")
    portal.settings(address=service.address, key=service.key, push=True)
    page = administrator.submit(form(administrator.settings_page(), "telusur_push"))
    portal.cron()

    assert "1 " in notice(page)
    assert eventually(lambda: service.article(f"127.0.0.1-{post}") is not None)


@pytest.mark.parametrize("action", ["telusur_test", "telusur_push"])
def test_another_page_cannot_press_the_buttons(administrator, action):
    assert administrator.refusal(action) == 403


def test_an_indonesian_site_reads_indonesian(portal):
    said = portal.php(
        "add_filter('locale', fn() => 'id_ID'); load_plugin_textdomain('telusur', false, 'telusur/languages');"
        "echo __('Test the service', 'telusur');"
    )

    assert said == "Uji layanan"


@pytest.mark.usefixtures("service")
def test_nothing_is_left_behind_when_the_plugin_is_deleted(portal):
    portal.publish("Padi", "Padi.")
    portal.php("define('WP_UNINSTALL_PLUGIN', true); require WP_PLUGIN_DIR . '/telusur/uninstall.php';")
    left = portal.php(
        'echo wp_json_encode([$wpdb->get_col("SELECT option_name FROM $wpdb->options WHERE option_name LIKE'
        " '%telusur%'\"), $wpdb->get_col(\"SHOW TABLES LIKE '%telusur%'\"), wp_next_scheduled('telusur_sweep')]);"
    )

    assert left == "[[],[],false]"
