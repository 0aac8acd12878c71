/* My area, kept in this browser: what was chosen is the address, and the address is all that is kept. */
"use strict";

{
  const KEY = "limitedtimes.area";

  function kept() {
    try { return localStorage.getItem(KEY) || ""; } catch { return ""; } // storage may be forbidden
  }

  function keep(query) {
    try {
      if (query) localStorage.setItem(KEY, query); else localStorage.removeItem(KEY);
      return true;
    } catch { return false; }
  }

  // Whoever comes without a choice gets the one that is kept.
  if (!location.search && location.hash !== "#choose" && kept()) location.replace("/my?" + kept());

  const line = document.querySelector(".keeping");
  if (line) {
    const button = line.querySelector("[data-keep]"), said = line.querySelector("[data-kept]");
    const show = () => {
      const mine = kept() === line.dataset.query;
      button.textContent = mine ? "Forget my area" : "Keep as my area in this browser";
      said.textContent = mine ? "This is your area: “My area” at the top leads here." : "";
    };
    button.addEventListener("click", () => {
      const done = keep(kept() === line.dataset.query ? "" : line.dataset.query);
      show();
      if (!done) said.textContent = "This browser does not let pages keep anything.";
    });
    show();
    button.classList.add("ready");
  }
}
