/* Comforts of the article pages. Everything on them can be read and reached without this file. It stores and sends nothing. */
"use strict";

const able = { copy: Boolean(navigator.clipboard), share: Boolean(navigator.share) };
const does = {
  async copy(button) {
    await navigator.clipboard.writeText(button.dataset.text);
    button.textContent = "Copied";
  },
  share: (button) => navigator.share({ title: button.dataset.title, url: button.dataset.text }),
};

for (const button of document.querySelectorAll("button[data-does]")) {
  if (!able[button.dataset.does]) continue;
  button.classList.add("ready");
  button.addEventListener("click", () => does[button.dataset.does](button).catch(() => {})); // the reader said no
}

/* Side by side: a tap picks a sentence with its original, its address can be passed on, arrow keys go from one to the next. */
const pairs = [...document.querySelectorAll(".pair")];
const report = document.querySelector("a[data-report]");
const letter = report?.href;

function pick(pair) {
  const picked = pair.getAttribute("aria-current") !== "true" && pair;
  pair.closest(".pairs").classList.add("picked"); // the sentence that the address named is the one no more
  for (const other of document.querySelectorAll(".pair[aria-current]")) other.removeAttribute("aria-current");
  if (picked) picked.setAttribute("aria-current", "true");
  history.replaceState(null, "", picked ? "#" + picked.id : location.pathname);
  if (letter) report.href = picked ? letter + encodeURIComponent(`\nSentence ${picked.id.slice(1)}: `) : letter;
}

for (const pair of pairs) {
  pair.addEventListener("click", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    pick(pair);
  });
  pair.querySelector(".number").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const seen = pairs.filter((one) => one.offsetParent);
    const next = step && seen[seen.indexOf(pair) + step];
    if (!next) return;
    event.preventDefault();
    next.querySelector(".number").focus();
  });
}
