"""A real WordPress on this machine, with the plugin: Debian's, over a database and a folder of the tests' own."""

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pymysql
import pytest
from lxml import html

from tests.databases import mariadb

DEBIAN = Path("/usr/share/wordpress")
PLUGIN = Path(__file__).parents[2] / "wordpress" / "telusur"
THEMES = ("twentytwentyone", "twentytwentythree")
"""One whose templates are PHP, and one of blocks."""

PACKAGES = "wordpress php-cli php-mysql " + " ".join(f"wordpress-theme-{theme}" for theme in THEMES)
HERE = Path(__file__).parent
PATIENCE = 60.0
"""Seconds in which what is sent is found on the slowest machine."""

CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'WP_HOME', '{address}' );
define( 'WP_SITEURL', '{address}' );
define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISABLE_WP_CRON', true );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', __DIR__ . '/debug.log' );
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""
"""WP-Cron runs when a test says so, as where a system's cron calls it."""


class Portal:
    """A site that is served; what editors, readers and its administrator do there."""

    def __init__(self, folder: Path, address: str, password: str) -> None:
        self.folder, self.address = folder, address
        self._password = password

    def publish(self, title: str, body: str, **fields: object) -> int:
        """Publish a post by the API of WordPress, as its editor does; return its number."""
        return self._posts("", title=title, content=f"<p>{body}</p>", **{"status": "publish", **fields})["id"]

    def change(self, post: int, **fields: object) -> None:
        self._posts(f"/{post}", **fields)

    def trash(self, post: int) -> None:
        self._posts(f"/{post}", method="DELETE")

    def destroy(self, post: int) -> None:
        self._posts(f"/{post}&force=true", method="DELETE")

    def page(self, path: str = "/", **asked: object) -> html.HtmlElement:
        """Return a page as a reader gets it."""
        with opened(f"{self.address}{path}?{urlencode(asked)}") as answer:
            return html.fromstring(answer.read())

    def found(self, query: str, **asked: object) -> list[int]:
        """Return the numbers of the posts that the site's search shows for *query*, in order."""
        links = self.page(s=query, **asked).xpath("//main//h2//a/@href")
        return [int(parse_qs(urlsplit(link).query)["p"][0]) for link in links]

    def cron(self) -> None:
        """Run what is due, as a visit or a system's cron does."""
        opened(f"{self.address}/wp-cron.php").close()

    def php(self, code: str) -> str:
        """Return what *code* prints within WordPress."""
        return _php("-r", f"require '{self.folder}/wp-load.php'; {code}")

    def settings(self, **changed: object) -> None:
        """Have *changed* settings of the plugin."""
        self.php(f"update_option('telusur_settings', json_decode('{json.dumps(changed)}', true));")

    def push(self, **options: object) -> subprocess.CompletedProcess[str]:
        """Run `wp telusur push`."""
        command = ["php", str(HERE / "command.php"), str(self.folder), json.dumps(options)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def waiting(self) -> int:
        """Return how many posts wait to be sent."""
        return int(self.php("$queue = new Telusur_Queue(); $queue->prepare(); echo $queue->count();"))

    def rested(self) -> None:
        """Let the time that sending rests be over."""
        self.php(
            "$state = Telusur_Sender::state(); $state['until'] = 0; update_option('telusur_state', $state);"
            "wp_clear_scheduled_hook('telusur_send'); wp_schedule_single_event(time(), 'telusur_send');"
        )

    def emptied(self) -> None:
        """Be as it was installed: without posts, without settings of the plugin, with the first theme."""
        self.php(
            "foreach (get_posts(['numberposts' => -1, 'post_status' => 'any,trash']) as $post)"
            " wp_delete_post($post->ID, true);"
            "Telusur_Sender::unschedule(); delete_transient('telusur_breaker');"
            "$wpdb->query('DROP TABLE IF EXISTS ' . Telusur_Queue::table());"
            "foreach (['settings', 'state', 'queue_version'] as $name) delete_option(\"telusur_$name\");"
            f"switch_theme('{THEMES[0]}');"
        )

    def administrator(self) -> "Administrator":
        return Administrator(self)

    def _posts(self, route: str, method: str = "POST", **fields: object) -> dict:
        token = base64.b64encode(f"redaksi:{self._password}".encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        address = f"{self.address}/?rest_route=/wp/v2/posts{route}"
        with opened(address, method, headers, json.dumps(fields).encode()) as answer:
            return json.load(answer)


class Administrator:
    """A browser that is logged in."""

    def __init__(self, portal: Portal) -> None:
        self._admin = f"{portal.address}/wp-admin"
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        login = f"{portal.address}/wp-login.php"
        self._read(login)  # sets the cookie by which WordPress tests for cookies
        self._read(login, {"log": "redaksi", "pwd": "rahasia", "testcookie": "1"})

    def settings_page(self) -> html.HtmlElement:
        return self._read(f"{self._admin}/options-general.php?page=telusur")

    def submit(self, form: html.HtmlElement, **fields: str) -> html.HtmlElement:
        """Fill in *form* and send it; return the page that it leads to."""
        values = {**dict(form.form_values()), **fields}
        return self._read(form.action if "//" in form.action else f"{self._admin}/{form.action}", values)

    def refusal(self, action: str) -> int:
        """Return with which status *action* is refused to a request that no form of ours has made."""
        with pytest.raises(HTTPError) as refused:
            self._read(f"{self._admin}/admin-post.php", {"action": action})
        refused.value.close()
        return refused.value.code

    def _read(self, address: str, fields: dict[str, str] | None = None) -> html.HtmlElement:
        with self._opener.open(address, urlencode(fields).encode() if fields else None) as answer:
            return html.fromstring(answer.read())


@contextmanager
def installed(folder: Path) -> Iterator[Portal]:
    """Install WordPress in *folder*, and serve it."""
    _check()
    with mariadb() as database:
        path = parse_qs(urlsplit(database).query)["unix_socket"][0]
        with pymysql.connect(unix_socket=path, user="root") as connection:
            connection.cursor().execute("CREATE DATABASE wordpress CHARACTER SET utf8mb4")
        shutil.copytree(DEBIAN, folder, ignore_dangling_symlinks=True)
        (folder / "wp-content" / "plugins" / "telusur").symlink_to(PLUGIN)
        address = f"http://127.0.0.1:{_free_port()}"
        (folder / "wp-config.php").write_text(CONFIG.replace("{socket}", path).replace("{address}", address))
        password = _php(str(HERE / "install.php"), str(folder))
        with _served(folder, address):
            yield Portal(folder, address, password)


def opened(
    address: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
) -> HTTPResponse:
    """Return what *address*, which is one of this machine, answers."""
    return urlopen(Request(address, body, headers or {}, method=method))  # noqa: S310 - our own address


def eventually(is_so: Callable[[], bool]) -> bool:
    """Say whether *is_so* within `PATIENCE`."""
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def _check() -> None:
    there = [DEBIAN / "wp-load.php", *(DEBIAN / "wp-content" / "themes" / theme for theme in THEMES)]
    if not shutil.which("php") or "mysqli" not in _php("-m") or not all(path.exists() for path in there):
        pytest.skip(f"no WordPress here: sudo apt-get install --no-install-recommends {PACKAGES}")


def _php(*arguments: str) -> str:
    done = subprocess.run(["php", *arguments], capture_output=True, text=True, check=False)  # noqa: S607 - found in the path
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextmanager
def _served(folder: Path, address: str) -> Iterator[None]:
    host = urlsplit(address).netloc
    with (folder.parent / "php.log").open("w") as log:
        server = subprocess.Popen(["php", "-S", host, "-t", folder], stdout=log, stderr=log)  # noqa: S607 - as above
    try:
        assert eventually(lambda: _is_there(host)), (folder.parent / "php.log").read_text()
        yield
    finally:
        server.kill()
        server.wait()


def _is_there(host: str) -> bool:
    name, _, port = host.partition(":")
    try:
        socket.create_connection((name, int(port)), timeout=1).close()
    except OSError:
        return False
    return True
