/* Saved articles: a button on each article and each line that leads to one, and their list. They lie in this browser; nothing is sent. */
"use strict";

{
  const KEY = "limitedtimes.saved";
  const FIELDS = ["id", "path", "headline", "source", "language", "published"];

  /* The list, the latest saved first; null where the browser does not let pages keep anything. */
  function saved() {
    try {
      const list = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(list) ? list.filter((one) => one && FIELDS.every((name) => typeof one[name] === "string")) : [];
    } catch (error) {
      return error instanceof SyntaxError ? [] : null;
    }
  }

  function keep(list) {
    try {
      localStorage.setItem(KEY, JSON.stringify(list));
      return true;
    } catch { return false; } // forbidden, or full
  }

  const without = (id) => (saved() || []).filter((one) => one.id !== id);

  /* The buttons. Each keeps its name, so that a screen reader says "Save: …, pressed"; an article can have several. */
  const buttons = [...document.querySelectorAll("button[data-save]")];

  function press(button) {
    const { save: id, ...fields } = button.dataset;
    const list = without(id);
    if (button.getAttribute("aria-pressed") !== "true") list.unshift({ id, ...fields, saved: new Date().toISOString() });
    if (keep(list)) return showButtons();
    button.removeAttribute("aria-label");
    button.textContent = "No room to save it";
  }

  function showButtons() {
    const ids = new Set((saved() || []).map((one) => one.id));
    for (const button of buttons) button.setAttribute("aria-pressed", String(ids.has(button.dataset.save)));
  }

  if (saved()) {
    for (const button of buttons) {
      button.setAttribute("aria-label", `Save: ${button.dataset.headline}`);
      button.addEventListener("click", () => press(button));
      button.classList.add("ready");
    }
    addEventListener("storage", showButtons); // another tab
    addEventListener("pageshow", showButtons); // and "back" from the list
    showButtons();
  }

  /* The list. */
  const place = document.querySelector("[data-saved]");
  if (place) {
    const count = document.querySelector("[data-saved-count]"), tools = document.querySelector("[data-saved-tools]");

    function element(name, text, more = {}) {
      const made = Object.assign(document.createElement(name), more);
      made.textContent = text; // never as HTML
      return made;
    }

    function day(moment) {
      const at = new Date(moment);
      return isNaN(at) ? "" : at.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
    }

    function row(one) {
      const item = document.createElement("li");
      const title = document.createElement("h2");
      const own = one.path.startsWith("/") && !one.path.startsWith("//") ? one.path : "/a/" + encodeURIComponent(one.id);
      title.append(element("a", one.headline, { href: own }));
      const remove = element("button", "Remove", { type: "button" });
      remove.setAttribute("aria-label", "Remove: " + one.headline);
      remove.addEventListener("click", () => {
        const next = item.nextElementSibling || item.previousElementSibling;
        keep(without(one.id));
        show();
        const at = next && [...place.children].find((other) => other.dataset.id === next.dataset.id);
        (at ? at.querySelector("button") : document.querySelector("main")).focus();
      });
      item.dataset.id = one.id;
      item.append(title, element("p", [one.source, "from " + one.language, day(one.published)].filter(Boolean).join(" · "), { className: "meta" }), remove);
      return item;
    }

    function show() {
      const list = saved();
      place.replaceChildren(...(list || []).map(row));
      tools.hidden = !list || !list.length;
      count.textContent = !list ? "This browser does not let pages keep anything."
        : list.length ? `${list.length} ${list.length === 1 ? "article" : "articles"}, the latest saved first.`
        : "Nothing is saved yet. Each article has a button “Save” below its headline.";
    }

    function download() {
      const articles = (saved() || []).map((one) => ({ ...one, url: new URL(one.path, location.origin).href }));
      const blob = new Blob([JSON.stringify({ version: 1, articles }, null, 1)], { type: "application/json" });
      const link = element("a", "", { href: URL.createObjectURL(blob), download: "saved-articles.json" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    tools.querySelector("[data-export]").addEventListener("click", download);
    tools.querySelector("[data-clear]").addEventListener("click", () => {
      if (!confirm("Remove all saved articles from this browser?")) return;
      keep([]);
      show();
      document.querySelector("main").focus();
    });
    addEventListener("storage", show);
    show();
  }
}
