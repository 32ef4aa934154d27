// Saved searches: kept in this browser and nowhere else; each is asked for what is new since it was last looked at.
(() => {
  "use strict";
  const STORED = "tratin-saved";
  const place = document.getElementById("saved");
  const list = place.querySelector("ul");
  const read = () => { try { return JSON.parse(localStorage.getItem(STORED)) || []; } catch { return []; } };
  const write = (saved) => { try { localStorage.setItem(STORED, JSON.stringify(saved)); } catch { /* a private window forgets */ } };
  const lang = new URLSearchParams(location.search).get("lang");
  const withLang = (path, view) => { const pairs = new URLSearchParams(view); if (lang) pairs.set("lang", lang); return path + "?" + pairs; };
  const made = (name, text, href) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (href) element.href = href;
    return element;
  };
  // Every line stands before any is asked about, so that what is below them stays where it is; gives what asks.
  function show(one) {
    const item = document.createElement("li"), first = document.createElement("p"), second = document.createElement("p");
    const news = made("strong", ""), remove = made("button", place.dataset.remove);
    second.className = "newest";
    second.textContent = "\u00a0";
    remove.type = "button";
    remove.className = "linklike";
    remove.setAttribute("aria-label", place.dataset.remove + ": " + one.name);
    remove.addEventListener("click", () => {
      write(read().filter((other) => other.view !== one.view));
      item.remove();
      empty();
    });
    first.append(made("a", one.name, withLang("/", one.view)), " ", news, " ", made("a", "Atom", withLang("/search.atom", one.view)), " ", remove);
    item.append(first, second);
    list.append(item);
    return () => fetch("/api/v1/search?" + one.view + "&sort=newest&limit=1").then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then((found) => {
      second.textContent = "";
      const more = found.total - one.seen, hit = found.total && found.hits[0];
      news.textContent = more > 0 ? place.dataset.new.replace("{n}", more.toLocaleString(document.documentElement.lang)) : "";
      if (more <= 0) second.append(place.dataset.noneNew, " ");
      if (hit) second.append(place.dataset.newest + " ", made("a", hit.title, withLang("/article/" + hit.id, "")));
    }).catch(() => { second.textContent = place.dataset.unknown; });
  }
  const empty = () => { place.querySelector(".empty").hidden = read().length > 0; };
  empty();
  read().map(show).reduce((before, ask) => before.then(ask), Promise.resolve());
})();
