/* Search of an edition that is files: loads the lists of titles, the newest first, and looks through them here. It stores nothing
   and sends nothing but the requests for those lists. */
"use strict";

const MOST = 200; // articles shown
const form = document.querySelector("form[data-titles]");
const said = document.querySelector("[data-said]");
const found = document.querySelector("[data-found]");
const loaded = new Map(); // address of a list → promise of its lines
let latest = 0; // number of the last search: one that was overtaken stops

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u; // no blanks between words

/* What a line must have: the beginning of each word, and each phrase as it stands. */
function terms(query) {
  const parts = [...query.matchAll(/"([^"]*)"?|[^\s"]+/g)];
  const whole = (text) => (UNSPACED.test(text) ? text : ` ${text}`);
  return parts.map(([all, phrase]) => (phrase === undefined ? whole(words(all)) : `${whole(words(phrase))} `)).filter((term) => term.trim());
}

async function lines(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const { articles } = await answer.json();
  return articles.map((article) => [` ${words(article.slice(1).join(" · "))} `, article]);
}

function load(address) {
  if (!loaded.has(address)) loaded.set(address, lines(address).catch((error) => { loaded.delete(address); throw error; }));
  return loaded.get(address);
}

function element(name, className, text, more = {}) {
  return Object.assign(document.createElement(name), { className, textContent: text }, more);
}

function show([path, headline, source, language, original]) {
  const [, section, day] = path.match(/^\/([^/]+)\/(\d{4}-\d\d-\d\d)-/) ?? [];
  const teaser = element("article", "teaser", "");
  const heading = element("h2", "", "");
  heading.append(element("a", "", headline, { href: path }));
  const meta = [source, section, day].filter(Boolean).join(" · ");
  teaser.append(heading, element("p", "original", original, { lang: language, dir: "auto" }), element("p", "meta", meta));
  found.append(teaser);
}

async function search(query) {
  const mine = ++latest;
  const wanted = terms(query);
  found.replaceChildren();
  said.textContent = wanted.length ? "Searching …" : "";
  if (!wanted.length) return;
  const { parts } = await (await fetch(`${form.dataset.titles}.json`)).json();
  let shown = 0;
  for (let part = parts; part > 0 && shown < MOST; part--) {
    for (const [text, article] of await load(`${form.dataset.titles}/${part}.json`)) {
      if (mine !== latest) return;
      if (shown === MOST || !wanted.every((term) => text.includes(term))) continue;
      show(article);
      shown++;
    }
  }
  if (mine !== latest) return;
  const count = shown === 1 ? "1 article" : `${shown} articles`;
  said.textContent = shown === MOST ? `The latest ${MOST} articles; add a word for fewer.` : `${count}. The latest come first.`;
}

const run = (query) =>
  search(query).catch(() => { said.textContent = "The list of titles could not be loaded. Try again."; });

form.addEventListener("submit", (event) => {
  event.preventDefault(); // a host of files might lose the question on its way
  const query = form.q.value.trim();
  history.replaceState(null, "", `${location.pathname}?q=${encodeURIComponent(query)}`);
  run(query);
});

const asked = new URLSearchParams(location.search).get("q") ?? "";
form.q.value = asked;
if (asked) run(asked.trim());
