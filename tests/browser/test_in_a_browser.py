"""The pages in a real browser, at the width of a phone and of a desk, in the light and in the dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser_site import Site
from made_up import HARBOUR
from selenium import webdriver
from selenium.webdriver.common.by import By

from limitedtimes.edition.render import article_file, side_by_side_path

pytestmark = pytest.mark.browser

WIDTHS = (360, 1440)
PAGES = {
    "front": "/",
    "trends": "/trends",
    "article": HARBOUR.path,
    "side-by-side": side_by_side_path(HARBOUR.path),
    "latest": "/latest",
    "date": "/date/2023-11-10",
    "source": "/source/de.hafenblatt",
    "sources": "/sources",
    "status": "/status",
    "about": "/about",
    "not-found": "/nowhere/at-all",
}


def look(browser: webdriver.Chrome, address: str, width: int, scheme: str = "light") -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}  # no smooth scrolling under a click
    features = [{"name": name, "value": value} for name, value in wishes.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(address)


def keep(browser: webdriver.Chrome, folder: Path | None, name: str) -> None:
    """A picture of the whole page, where screenshots are wanted."""
    if folder is None:
        return
    height = browser.execute_script("return document.documentElement.scrollHeight")
    width = browser.execute_script("return window.innerWidth")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": min(height, 8000), "deviceScaleFactor": 1, "mobile": False},
    )
    browser.save_screenshot(str(folder / f"{name}.png"))


def log(browser: webdriver.Chrome, kind: str) -> list[dict[str, Any]]:
    """Entries of one of the browser's logs since the last look."""
    entries: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


def asked_for(browser: webdriver.Chrome) -> Iterator[str]:
    """Addresses that the browser has asked for since the last look."""
    for entry in log(browser, "performance"):
        message: dict[str, Any] = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_width_and_asks_nobody_else(
    browser: webdriver.Chrome, site: Site, name: str, width: int
) -> None:
    list(asked_for(browser))
    log(browser, "browser")
    look(browser, site.address + PAGES[name], width)

    assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
    wide = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "the page scrolls sideways"
    hosts = {urlsplit(url).netloc for url in asked_for(browser) if url.startswith("http")}
    assert hosts == {urlsplit(site.address).netloc}
    errors = [entry["message"] for entry in log(browser, "browser") if entry["level"] == "SEVERE"]
    expected = 1 if name == "not-found" else 0  # the browser reports the page's own 404
    assert len(errors) == expected, errors


LONGEST = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["front", "article", "side-by-side", "latest", "date", "trends"])
def test_a_word_that_is_longer_than_a_line_is_broken(
    browser: webdriver.Chrome, site: Site, name: str, width: int
) -> None:
    look(browser, site.address + PAGES[name], width)
    wide = browser.execute_script(
        "const own = 'h1, h2, h3, main p:not(.kicker), .briefs a, .highlights a, .actions a, bdi, cite';"
        "for (const at of document.querySelectorAll(own)) (at.querySelector('a') ?? at).append(' ' + arguments[0]);"
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        LONGEST,
    )
    assert wide == 0, "the page scrolls sideways"


def test_a_section_that_is_reached_by_keyboard_is_not_cut_off_at_the_edge(
    browser: webdriver.Chrome, site: Site
) -> None:
    look(browser, site.address + "/", 360)
    for section in browser.find_elements(By.CSS_SELECTOR, ".sections a"):
        left, right = browser.execute_script(
            "arguments[0].focus(); const at = arguments[0].getBoundingClientRect(); return [at.left, at.right]", section
        )
        assert left > 10 and right < 350, section.text


def test_dark_is_dark_and_light_is_light(browser: webdriver.Chrome, site: Site) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        look(browser, site.address + "/", 1440, scheme)
        grounds.append(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
    light, dark = (sum(map(int, ground[4:-1].split(","))) for ground in grounds)
    assert light > 700 and dark < 120


def test_a_highlight_leads_to_its_sentence(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + HARBOUR.path, 360)
    link = browser.find_element(By.CSS_SELECTOR, ".highlights a.ours")
    target = link.get_dom_attribute("href")
    assert target == "#s4"
    browser.execute_script("arguments[0].click()", link)
    sentence = browser.find_element(By.CSS_SELECTOR, target)
    assert sentence.text == link.text
    assert browser.execute_script("return document.querySelector(':target').id") == "s4"


def test_the_original_is_linked_above_the_fold_of_a_phone(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + HARBOUR.path, 360)
    link = browser.find_element(By.CSS_SELECTOR, ".source .original a")
    assert link.get_dom_attribute("lang") == "de"
    assert link.rect["y"] + link.rect["height"] < 740


def test_side_by_side_stands_beside_on_a_desk_and_below_on_a_phone(browser: webdriver.Chrome, site: Site) -> None:
    tops = {}
    for width in WIDTHS:
        look(browser, site.address + PAGES["side-by-side"], width)
        pair = browser.find_element(By.ID, "s4")
        theirs, ours = (pair.find_element(By.CLASS_NAME, name).rect for name in ("theirs", "said"))
        tops[width] = theirs["y"] - ours["y"]
    assert tops[1440] == 0
    assert tops[360] > 10


def test_the_single_file_needs_no_server(browser: webdriver.Chrome, tmp_path: Path, screenshots: Path | None) -> None:
    page = tmp_path / "article.html"
    page.write_bytes(article_file(HARBOUR).replace(b"https://pictures.example/harbour.svg", b"data:,"))
    log(browser, "browser")
    list(asked_for(browser))
    look(browser, page.as_uri(), 360)
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("New bridge over the Warne")
    styled = browser.execute_script("return getComputedStyle(document.querySelector('.source')).borderLeftWidth")
    assert styled == "3px"
    assert not [url for url in asked_for(browser) if url.startswith("http")]
    assert not [entry for entry in log(browser, "browser") if entry["level"] == "SEVERE"]
    keep(browser, screenshots, "file-360-light")
