"""The published files in a real browser, served as plainly as files can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from made_up import ARABIC, HARBOUR, shelf
from memory_shelf import NOW
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from test_accessibility import AXE, RULES, RUN
from test_in_a_browser import look

from limitedtimes.edition.settings import Settings
from limitedtimes.publish import Folder, publish

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        # What `_headers` tells a host; here, that nothing but our own files may be loaded.
        self.send_header("content-security-policy", "default-src 'none'; style-src 'self'; script-src 'self'; "
                         "img-src 'self'; connect-src 'self'; form-action 'self'")  # fmt: skip
        super().end_headers()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("published")
    with Folder(path) as folder:
        publish(shelf(), Settings(base_url="https://paper.example"), folder, now=NOW, tell=lambda _: None)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def headlines(browser: webdriver.Chrome) -> list[str]:
    return [one.text for one in browser.find_elements(By.CSS_SELECTOR, "[data-found] h2")]


def said(browser: webdriver.Chrome, text: str) -> None:
    status = browser.find_element(By.CSS_SELECTOR, "[data-said]")
    WebDriverWait(browser, 20).until(lambda _: text in status.text)


def search(browser: webdriver.Chrome, text: str, answer: str) -> list[str]:
    box = browser.find_element(By.ID, "q")
    box.clear()
    box.send_keys(text)
    browser.find_element(By.CSS_SELECTOR, ".ask button").click()
    said(browser, answer)
    return headlines(browser)


def test_a_search_looks_through_headlines_in_the_browser(browser: webdriver.Chrome, files: str) -> None:
    english = HARBOUR.translation.sentences[0].text
    browser.get(f"{files}/search?q=bridge+warn")
    said(browser, "1 article.")
    assert headlines(browser) == [english]
    assert search(browser, '"over the Warne"', "1 article.") == [english]
    assert search(browser, "ridge", "0 articles.") == [], "a word is found by its beginning only"
    assert search(browser, '"Warne the over"', "0 articles.") == []
    assert search(browser, ARABIC.article.headline.split()[0], "article") == [ARABIC.translation.sentences[0].text]
    assert "q=" in browser.current_url
    search(browser, "BRIDGE", "1 article.")
    browser.find_element(By.CSS_SELECTOR, "[data-found] h2 a").click()
    WebDriverWait(browser, 20).until(lambda _: browser.find_element(By.TAG_NAME, "h1").text == english)
    assert browser.current_url == files + HARBOUR.path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/search?q=bridge", f"/a/{HARBOUR.article.id}"])
def test_axe_finds_nothing(browser: webdriver.Chrome, files: str, address: str, scheme: str) -> None:
    look(browser, files + address, 390, scheme)
    if address.startswith("/search"):
        said(browser, "1 article.")
    browser.execute_script(AXE)
    assert browser.execute_async_script(RUN, RULES) == []


def test_an_address_without_an_ending_and_one_that_leads_on(browser: webdriver.Chrome, files: str) -> None:
    browser.get(f"{files}/latest")
    assert browser.find_element(By.TAG_NAME, "h1").text == "Latest"
    browser.get(f"{files}/a/{HARBOUR.article.id}")
    WebDriverWait(browser, 20).until(lambda _: browser.current_url == files + HARBOUR.path)


def test_a_script_is_no_part_of_any_page_but_those_that_say_so(files: str, tmp_path: Path) -> None:
    with Folder(tmp_path / "site") as folder:
        publish(shelf(), Settings(base_url=files), folder, now=NOW, tell=lambda _: None)
    pages = {
        "latest/index.html": ["saved"],
        "search/index.html": ["search"],
        HARBOUR.path[1:]: ["article", "saved"],
        "about/index.html": [],
    }
    for name, scripts in pages.items():
        text = (tmp_path / "site" / name).read_text(encoding="utf-8")
        sources = [part.split('"')[0] for part in text.split('<script src="')[1:]]
        assert [source.split(".")[0] for source in sources] == [f"/static/{script}" for script in scripts]
