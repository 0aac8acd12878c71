"""The article page and the side-by-side page in a real browser: what can be done there, and what must not move."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_site import Site
from made_up import HARBOUR
from right_to_left import ARABIC_FERRY, HEBREW_ORCHARD
from selenium import webdriver
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from test_in_a_browser import PAGES, WIDTHS, keep, look

from limitedtimes.edition.render import side_by_side_path
from limitedtimes.model import Published

pytestmark = pytest.mark.browser

SIDE = PAGES["side-by-side"]


def shade(browser: webdriver.Chrome, element: WebElement) -> str:
    return str(browser.execute_script("return getComputedStyle(arguments[0]).backgroundColor", element))


def test_hover_focus_and_tap_link_a_sentence_with_its_original(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + SIDE, 1440)
    pair, other = browser.find_element(By.ID, "s5"), browser.find_element(By.ID, "s9")
    calm = shade(browser, pair)
    ActionChains(browser).move_to_element(pair.find_element(By.CLASS_NAME, "said")).perform()
    assert shade(browser, pair) != calm and shade(browser, other) == calm
    number = other.find_element(By.CLASS_NAME, "number")
    number.send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element.get_dom_attribute("href") == "#s10"
    assert shade(browser, browser.find_element(By.ID, "s10")) != calm
    other.find_element(By.CLASS_NAME, "theirs").click()
    assert other.get_dom_attribute("aria-current") == "true" and shade(browser, other) != calm
    assert browser.current_url.endswith("#s9")
    letter = browser.find_element(By.CSS_SELECTOR, "a[data-report]")
    assert "Sentence%209" in str(letter.get_dom_attribute("href"))
    other.find_element(By.CLASS_NAME, "theirs").click()
    assert not other.get_dom_attribute("aria-current") and "#" not in browser.current_url


def test_the_sentence_that_an_address_names_is_the_one_no_more_when_another_is_tapped(
    browser: webdriver.Chrome, site: Site
) -> None:
    look(browser, site.address + SIDE + "#s5", 390)
    named, other = browser.find_element(By.ID, "s5"), browser.find_element(By.ID, "s7")
    lit = shade(browser, named)
    assert lit != shade(browser, other)
    other.find_element(By.CLASS_NAME, "theirs").click()
    ActionChains(browser).move_to_element(browser.find_element(By.TAG_NAME, "h1")).perform()
    assert shade(browser, other) == lit != shade(browser, named)


def test_on_a_phone_a_highlight_leads_to_both_sentences_and_stays_short(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + HARBOUR.path, 390)
    originals = browser.find_elements(By.CSS_SELECTOR, ".highlights a.theirs")
    assert originals and all(one.is_displayed() and 24 <= one.size["height"] < 40 for one in originals)


def without_script(browser: webdriver.Chrome, disabled: bool) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": disabled})


def test_without_a_script_everything_of_the_two_pages_is_there(browser: webdriver.Chrome, site: Site) -> None:
    without_script(browser, True)
    try:
        look(browser, site.address + SIDE, 1440)
        assert all(pair.is_displayed() for pair in browser.find_elements(By.CLASS_NAME, "pair"))
        browser.find_element(By.ID, "only").click()
        shown = [p.get_dom_attribute("id") for p in browser.find_elements(By.CLASS_NAME, "pair") if p.is_displayed()]
        assert shown == ["s6", "s16"]
        look(browser, site.address + HARBOUR.path, 390)
        why = browser.find_element(By.ID, "why6")
        assert not why.is_displayed()
        browser.find_element(By.CSS_SELECTOR, "[popovertarget=why6]").click()
        assert why.is_displayed() and "A number may be wrong" in why.text
        assert not browser.find_element(By.CSS_SELECTOR, "[data-does=copy]").is_displayed()
    finally:
        without_script(browser, False)


def test_copying_the_address_says_that_it_is_done(browser: webdriver.Chrome, site: Site) -> None:
    grant = {"origin": site.address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.execute_cdp_cmd("Browser.grantPermissions", grant)
    look(browser, site.address + HARBOUR.path, 390)
    button = browser.find_element(By.CSS_SELECTOR, "[data-does=copy]")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
    button.click()
    WebDriverWait(browser, 5).until(lambda _: button.text == "Copied")


@pytest.mark.parametrize("article", [ARABIC_FERRY, HEBREW_ORCHARD], ids=["arabic", "hebrew"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_right_to_left_original_begins_at_the_right(
    browser: webdriver.Chrome, site: Site, screenshots: Path | None, width: int, article: Published
) -> None:
    look(browser, site.address + side_by_side_path(article.path), width)
    gaps = browser.execute_script("""
      return [...document.querySelectorAll('.pair .theirs')].map(p => {
        const range = document.createRange(); range.selectNodeContents(p);
        const text = range.getBoundingClientRect(), box = p.getBoundingClientRect();
        const style = getComputedStyle(p), inset = parseFloat(style.paddingRight) + parseFloat(style.borderRightWidth);
        return [style.direction, box.right - inset - text.right];
      })""")
    assert len(gaps) == len(article.article.sentences)
    assert all(direction == "rtl" and abs(gap) < 2 for direction, gap in gaps), gaps
    keep(browser, screenshots, f"{article.article.language}-side-by-side-{width}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["front", "latest", "article", "side-by-side", "source"])
def test_nothing_moves_while_a_page_loads(browser: webdriver.Chrome, site: Site, name: str, width: int) -> None:
    """Cumulative Layout Shift, https://web.dev/articles/cls"""
    look(browser, site.address + PAGES[name], width)
    moved = browser.execute_async_script("""
      const done = arguments[0]; let sum = 0;
      new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
        .observe({type: 'layout-shift', buffered: true});
      setTimeout(() => done(sum), 400);""")
    assert moved == 0
    box = browser.execute_script("""
      const image = document.querySelector('figure img');
      if (!image) return null;
      image.src = '/pictures/none'; const {width, height} = image.getBoundingClientRect(); return width / height;""")
    assert box is None or abs(box - 1.5) < 0.01, "the box of a picture depends on the picture"


def test_on_paper_a_doubt_stands_behind_its_sentence(browser: webdriver.Chrome, site: Site) -> None:
    look(browser, site.address + HARBOUR.path, 1440)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert browser.find_element(By.CSS_SELECTOR, "#why6 .flag").is_displayed()
        assert not browser.find_element(By.CLASS_NAME, "share").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_on_paper_side_by_side_has_heads_over_its_columns_and_says_what_a_mark_is(
    browser: webdriver.Chrome, site: Site
) -> None:
    look(browser, site.address + SIDE, 717)  # A4 between Chromium's margins
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        lefts = browser.execute_script("""
          const left = name => [...document.querySelectorAll(name)].map(one => one.getBoundingClientRect().left);
          return [left('.heads p'), left('#s6 .said, #s6 .theirs')];""")
        assert lefts[0] == lefts[1] and len(set(lefts[0])) == 2
        assert browser.find_element(By.CLASS_NAME, "advice").is_displayed()
        assert not browser.find_element(By.CLASS_NAME, "only").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
