"""My area and saved articles in a real browser, with a script and without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_site import Site
from made_up import ARTICLES, FRENCH, HARBOUR, JAPANESE
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from test_accessibility import AXE, RULES, RUN
from test_in_a_browser import WIDTHS, keep, log, look
from test_reading_in_a_browser import without_script

from limitedtimes.place import Place

pytestmark = pytest.mark.browser

MINE = "/my?country=fr&section=sport&topic=bridge"
PAGES = {"my-area": MINE, "my-area-to-choose": "/my", "saved": "/saved"}


@pytest.fixture(autouse=True)
def empty_storage(browser: webdriver.Chrome, site: Site) -> Iterator[None]:
    """Nothing is kept in the browser before a test, and nothing is left behind."""
    site.shelf.named[JAPANESE.article.id] = [Place("Lyon", "fr")]
    browser.get(site.address + "/healthz")
    browser.execute_script("localStorage.clear()")
    yield
    without_script(browser, False)
    browser.get(site.address + "/healthz")
    browser.execute_script("localStorage.clear()")


def one(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def press(browser: webdriver.Chrome, selector: str) -> WebElement:
    button = one(browser, selector)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
    button.click()
    return button


def save(browser: webdriver.Chrome, site: Site, path: str) -> None:
    look(browser, site.address + path, 390)
    press(browser, "[data-save]")


def pressed(browser: webdriver.Chrome) -> list[str | None]:
    found = browser.find_elements(By.CSS_SELECTOR, '[data-save][aria-pressed="true"]')
    return [button.get_dom_attribute("data-save") for button in found]


def stored(browser: webdriver.Chrome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        browser.execute_script("return localStorage.getItem('limitedtimes.saved') || '[]'")
    )
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_and_can_be_read(
    browser: webdriver.Chrome, site: Site, screenshots: Path | None, name: str, width: int, scheme: str
) -> None:
    save(browser, site, HARBOUR.path)
    save(browser, site, ARTICLES[-1].path)
    log(browser, "browser")
    look(browser, site.address + PAGES[name], width, scheme)
    browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    wide = browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "the page scrolls sideways"
    browser.execute_script(AXE)
    assert browser.execute_async_script(RUN, RULES) == []
    small = browser.execute_script("""
      return [...document.querySelectorAll('main :is(button, summary, label, li a)')].filter(one => {
        const box = one.getBoundingClientRect(); return box.width && (box.height < 24 || box.width < 24); }).length""")
    assert small == 0, "WCAG 2.2, 2.5.8: a target has 24 pixels"
    assert not [entry for entry in log(browser, "browser") if entry["level"] == "SEVERE"]
    keep(browser, screenshots, f"{name}-{width}-{scheme}")


def test_a_choice_is_made_without_a_script(browser: webdriver.Chrome, site: Site) -> None:
    without_script(browser, True)
    look(browser, site.address + "/my", 390)
    region = browser.find_element(By.XPATH, "//details[summary[normalize-space()='Western Europe']]")
    region.find_element(By.TAG_NAME, "summary").click()
    region.find_element(By.CSS_SELECTOR, "[value=fr]").click()
    one(browser, "#topic").send_keys("bridge")
    press(browser, ".go button")
    WebDriverWait(browser, 10).until(lambda _: "country=fr" in browser.current_url)
    WebDriverWait(browser, 10).until(lambda _: browser.find_elements(By.CSS_SELECTOR, ".colophon"))
    assert "topic=bridge" in browser.current_url
    links = [link.get_dom_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, ".roll h2 a")]
    assert {FRENCH.path, JAPANESE.path, HARBOUR.path} <= set(links)
    reasons = [reason.text for reason in browser.find_elements(By.CLASS_NAME, "why-here")]
    assert "mentions Lyon" in reasons[links.index(JAPANESE.path)]
    assert not one(browser, "[data-keep]").is_displayed()


def test_an_area_is_kept_in_the_browser_and_forgotten_again(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + MINE, 390)
    press(browser, "[data-keep]")
    assert "This is your area" in one(browser, "[data-kept]").text
    browser.get(site.address + "/about")
    one(browser, ".strap a[href='/my']").click()
    WebDriverWait(browser, 10).until(lambda _: browser.current_url == site.address + MINE)
    assert one(browser, "[data-keep]").text == "Forget my area"
    browser.get(site.address + "/my#choose")
    assert browser.current_url.endswith("/my#choose"), "who begins anew is not sent to what is kept"
    browser.get(site.address + MINE)
    press(browser, "[data-keep]")
    browser.get(site.address + "/my")
    assert browser.current_url == site.address + "/my"


def test_another_choice_than_the_kept_one_can_be_kept_in_its_place(browser: webdriver.Chrome, site: Site) -> None:
    for path in (MINE, "/my?country=es"):
        look(browser, site.address + path, 390)
        assert one(browser, "[data-keep]").text == "Keep as my area in this browser"
        press(browser, "[data-keep]")
    browser.get(site.address + "/my")
    WebDriverWait(browser, 10).until(lambda _: browser.current_url == site.address + "/my?country=es")


def test_an_article_is_saved_listed_and_removed(browser: webdriver.Chrome, site: Site) -> None:
    save(browser, site, FRENCH.path)
    save(browser, site, HARBOUR.path)
    assert pressed(browser) == [HARBOUR.article.id]
    assert [article["id"] for article in stored(browser)] == [HARBOUR.article.id, FRENCH.article.id]
    browser.get(site.address + "/saved")
    links = browser.find_elements(By.CSS_SELECTOR, ".saved h2 a")
    assert [link.get_dom_attribute("href") for link in links] == [HARBOUR.path, FRENCH.path]
    assert "New bridge over the Warne" in links[0].text
    assert "2 articles" in one(browser, "[data-saved-count]").text
    press(browser, ".saved li button")
    assert [article["id"] for article in stored(browser)] == [FRENCH.article.id]
    focused = browser.execute_script("return document.activeElement.closest('li').dataset.id")
    assert focused == FRENCH.article.id, "the keyboard stays in the list"
    press(browser, "[data-clear]")
    browser.switch_to.alert.accept()
    assert stored(browser) == [] and "Nothing is saved yet" in one(browser, "[data-saved-count]").text
    assert not one(browser, "[data-saved-tools]").is_displayed()


def test_a_second_press_takes_the_article_out(browser: webdriver.Chrome, site: Site) -> None:
    save(browser, site, HARBOUR.path)
    assert len(stored(browser)) == 1
    press(browser, "[data-save]")
    assert stored(browser) == [] == pressed(browser)
    assert one(browser, "[data-save]").text == "Save"


def test_a_list_saves_what_its_article_then_shows_as_saved(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + "/latest", 390)
    button = press(browser, f'[data-save="{FRENCH.article.id}"]')
    headline = button.get_dom_attribute("data-headline")
    assert (button.accessible_name, button.aria_role) == (f"Save: {headline}", "button")
    assert pressed(browser) == [FRENCH.article.id]
    assert {name: stored(browser)[0][name] for name in ("id", "path", "headline", "source", "language")} == {
        "id": FRENCH.article.id,
        "path": FRENCH.path,
        "headline": headline,
        "source": FRENCH.source.name,
        "language": "French",
    }
    look(browser, site.address + FRENCH.path, 390)
    assert pressed(browser) == [FRENCH.article.id]
    press(browser, "[data-save]")
    browser.back()
    WebDriverWait(browser, 10).until(lambda _: not pressed(browser))


def test_the_list_can_be_taken_along_as_a_file(browser: webdriver.Chrome, site: Site, tmp_path: Path) -> None:
    save(browser, site, HARBOUR.path)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.get(site.address + "/saved")
    press(browser, "[data-export]")
    file = tmp_path / "saved-articles.json"
    WebDriverWait(browser, 10).until(lambda _: file.exists() and file.stat().st_size)
    kept = json.loads(file.read_text())
    assert kept["version"] == 1
    assert kept["articles"][0]["url"] == site.address + HARBOUR.path
    assert kept["articles"][0]["source"] == "Hafenblatt"


@pytest.mark.parametrize("broken", ["{", "7", "[1, null, {}]", '[{"id": 3}]', '{"a": []}'])
def test_a_list_that_something_else_wrote_breaks_no_page(browser: webdriver.Chrome, site: Site, broken: str) -> None:
    browser.execute_script("localStorage.setItem('limitedtimes.saved', arguments[0])", broken)
    log(browser, "browser")
    look(browser, site.address + "/saved", 390)
    assert "Nothing is saved yet" in one(browser, "[data-saved-count]").text
    save(browser, site, HARBOUR.path)
    assert [article["id"] for article in stored(browser)] == [HARBOUR.article.id]
    assert not [entry for entry in log(browser, "browser") if entry["level"] == "SEVERE"]


def test_what_is_saved_is_shown_as_text_and_leads_only_to_this_site(browser: webdriver.Chrome, site: Site) -> None:
    evil = {"id": "x", "headline": "<img src=x onerror=alert(1)>", "source": "<b>", "language": "", "published": ""}
    both = [evil | {"path": path} for path in ("//evil.example/", "javascript:alert(1)")]
    browser.execute_script("localStorage.setItem('limitedtimes.saved', arguments[0])", json.dumps(both))
    look(browser, site.address + "/saved", 390)
    links = browser.find_elements(By.CSS_SELECTOR, ".saved a")
    assert [link.get_dom_attribute("href") for link in links] == ["/a/x", "/a/x"]
    assert links[0].text == evil["headline"]
    assert browser.find_elements(By.CSS_SELECTOR, ".saved img") == []


def test_without_a_script_saving_is_not_offered_and_the_page_says_so(browser: webdriver.Chrome, site: Site) -> None:
    without_script(browser, True)
    look(browser, site.address + HARBOUR.path, 390)
    assert not one(browser, "[data-save]").is_displayed()
    look(browser, site.address + "/saved", 390)
    assert "Saving needs JavaScript" in one(browser, "noscript .hint").text
    assert not one(browser, "[data-saved-tools]").is_displayed()


@pytest.mark.parametrize("path", [MINE, "/my", "/saved", HARBOUR.path])
def test_nothing_moves_while_a_page_of_ones_own_loads(browser: webdriver.Chrome, site: Site, path: str) -> None:
    """Cumulative Layout Shift, https://web.dev/articles/cls"""
    save(browser, site, HARBOUR.path)
    look(browser, site.address + path, 390)
    moved = browser.execute_async_script("""
      const done = arguments[0]; let sum = 0;
      new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
        .observe({type: 'layout-shift', buffered: true});
      setTimeout(() => done(sum), 400);""")
    assert moved == 0
