"""WCAG 2.2 AA by axe-core, and what a page may weigh, on every kind of page."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from browser_site import Site
from made_up import HARBOUR
from selenium import webdriver
from test_in_a_browser import PAGES, WIDTHS, keep, log, look

pytestmark = pytest.mark.browser

MORE = {
    "search": "/search?q=ferry",
    "search-hint": "/search?q=%22open",
    "nothing-found": "/search?q=zzyzx",
    "country": "/country/de",
    "language": "/language/fr",
    "my-area": "/my?country=de&region=western-europe&topic=bridge",
    "my-area-to-choose": "/my",
    "saved": "/saved",
    "revisions": f"{HARBOUR.path}/revisions",
}
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """
const [rules, done] = arguments;
axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(
  found => done(found.violations.flatMap(one => one.nodes.map(node => [one.id, node.html.slice(0, 200)]))),
  failed => done([['axe', String(failed)]]));
"""
HEAVIEST, REQUESTS, ELEMENTS = 100_000, 12, 1400
"""Bytes as they travel, without pictures; requests without pictures; elements, of which Lighthouse bears 1,400."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_axe_finds_nothing(
    browser: webdriver.Chrome, site: Site, screenshots: Path | None, name: str, width: int, scheme: str
) -> None:
    look(browser, site.address + (PAGES | MORE)[name], width, scheme)
    browser.execute_script(AXE)
    assert browser.execute_async_script(RUN, RULES) == []
    keep(browser, screenshots, f"{name}-{width}-{scheme}")


def test_axe_would_find_something(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address, 1440)
    browser.execute_script("document.body.insertAdjacentHTML('beforeend', '<main><img src=\"/x.png\"></main>')")
    browser.execute_script("document.querySelector('main p').style.color = '#ddd'")
    browser.execute_script(AXE)
    found = {rule for rule, _ in browser.execute_async_script(RUN, RULES)}
    assert {"image-alt", "color-contrast", "landmark-no-duplicate-main"} <= found


def weighed(browser: webdriver.Chrome) -> tuple[int, int]:
    """Bytes that came, and requests, since the last look, without pictures."""
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    for entry in log(browser, "performance"):
        message: dict[str, Any] = json.loads(entry["message"])["message"]
        told = message["params"]
        if message["method"] == "Network.responseReceived":
            kinds[told["requestId"]] = told["type"]
        elif message["method"] == "Network.loadingFinished":
            sizes[told["requestId"]] = told["encodedDataLength"]
    counted = [size for one, size in sizes.items() if kinds.get(one) not in ("Image", None)]
    return int(sum(counted)), len(counted)


@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_a_page_weighs_little(browser: webdriver.Chrome, site: Site, name: str) -> None:
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    log(browser, "performance")
    look(browser, site.address + (PAGES | MORE)[name], 360)
    size, requests = weighed(browser)
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})
    assert 2000 < size < HEAVIEST
    assert 2 <= requests <= REQUESTS
    assert browser.execute_script("return document.querySelectorAll('*').length") < ELEMENTS
    blocking = "script[src]:not([defer]):not([async]):not([type=module])"
    assert browser.execute_script(f"return document.querySelectorAll('head {blocking}').length") == 0
