// Tra Tin in the browser: keys, the preview, walking the hits, the chart. Every page works without it.
(() => {
  "use strict";
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // The preview: an article beside the list, or on a narrow screen over its foot. j and k go on through the list; Escape closes it.
  function previewing(list) {
    const columns = list.closest(".columns");
    const pane = document.createElement("section");
    pane.className = "preview";
    pane.id = "preview";
    pane.tabIndex = -1;
    pane.hidden = true;
    pane.setAttribute("aria-label", list.dataset.preview);
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "shut";
    shut.textContent = "×";
    shut.setAttribute("aria-label", list.dataset.close);
    shut.title = list.dataset.close + " (Esc)";
    const bar = document.createElement("p");
    bar.className = "bar";
    bar.append(list.dataset.preview, shut);
    const content = document.createElement("div");
    pane.append(bar, content);
    columns.append(pane);
    let from = null, asked = null;

    const open = () => !pane.hidden;
    const close = () => {
      if (pane.hidden) return false;
      if (asked) asked.abort();
      const within = pane.contains(document.activeElement);
      pane.hidden = true;
      columns.classList.remove("previewing");
      pressed(null);
      if (within && from) $("h2 a", from).focus();
      return true;
    };
    const pressed = (hit) => {
      all(".look", list).forEach((button) => button.setAttribute("aria-expanded", String(hit !== null && hit.contains(button))));
    };
    const show = async (hit, focus) => {
      from = hit;
      if (asked) asked.abort();
      asked = new AbortController();
      pane.hidden = false;
      pane.setAttribute("aria-busy", "true");
      columns.classList.add("previewing");
      pressed(hit);
      hit.scrollIntoView({ block: "nearest" });
      if (focus) pane.focus({ preventScroll: true });
      const address = new URL($("h2 a", hit).href);
      address.pathname += "/preview";
      try {
        const answer = await fetch(address, { signal: asked.signal });
        if (!answer.ok) throw new Error(answer.status);
        content.innerHTML = await answer.text();
        pane.scrollTop = 0;
        pane.setAttribute("aria-busy", "false");
        walker(content);
      } catch (error) {
        if (error.name !== "AbortError") location.href = $("h2 a", hit).href;
      }
      return true;
    };
    shut.addEventListener("click", () => { close(); });
    pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && close()) event.preventDefault();
    });
    all(".hit", list).forEach((hit, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "look linklike";
      button.textContent = list.dataset.preview;
      button.setAttribute("aria-controls", pane.id);
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-describedby", $("h2 a", hit).id = "title-" + at);
      button.addEventListener("click", () => {
        choose(at);
        if (open() && from === hit) close();
        else show(hit, true);
      });
      $(".meta", hit).append(button);
    });
    return { open, close, show, same: (hit) => from === hit };
  }
  let preview = null;

  // Walking the hits of an article: two buttons and a counter instead of the plain row of numbers.
  let marks = { places: [], at: -1 };
  function walk(step) {
    const { places, at } = marks;
    if (!places.length) return false;
    marks.at = (at + step + places.length + (at < 0 && step < 0 ? 1 : 0)) % places.length;
    all("mark.at").forEach((mark) => mark.classList.remove("at"));
    places[marks.at].classList.add("at");
    places[marks.at].scrollIntoView({ block: "center" });
    const counter = $(".walk-count");
    if (counter) counter.textContent = `${marks.at + 1} / ${places.length}`;
    return true;
  }
  function walker(paper) {
    marks = { places: all("mark[id^=hit-]", paper), at: -1 };
    const nav = $(".walk", paper);
    if (!nav) return;
    const counter = $(".walk-count", nav);
    const button = (label, sign, step) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = sign;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => walk(step));
      return made;
    };
    counter.setAttribute("role", "status");
    nav.replaceChildren(button(nav.dataset.previous, "↑", -1), counter, button(nav.dataset.next, "↓", 1));
  }

  // One-letter keys: off in fields, while composing, with a modifier, and wherever the reader switched them off.
  const STORED = "tratin-keys";
  const stored = () => { try { return localStorage.getItem(STORED) !== "off"; } catch { return true; } };
  let keysOn = stored();
  function switches() {
    all("[data-keys-switch]").forEach((line) => {
      line.hidden = false;
      const tick = $("input", line);
      tick.checked = keysOn;
      tick.addEventListener("change", () => {
        keysOn = tick.checked;
        all("[data-keys-switch] input").forEach((other) => { other.checked = keysOn; });
        try { localStorage.setItem(STORED, keysOn ? "on" : "off"); } catch { /* a private window forgets */ }
      });
    });
  }
  let hitAt = -1;
  function choose(place) {
    const hits = all(".hit");
    hitAt = Math.min(Math.max(place, 0), hits.length - 1);
    hits.forEach((hit, at) => hit.classList.toggle("at", at === hitAt));
    if (hits.length) history.replaceState({ ...history.state, hit: hitAt }, "");
    return hits[hitAt];
  }
  function step(by) {
    const hit = choose(hitAt + by);
    if (!hit) return false;
    $("h2 a", hit).focus({ preventScroll: true });
    hit.scrollIntoView({ block: "nearest" });
    if (preview && preview.open() && !preview.same(hit)) preview.show(hit, false);
    return true;
  }
  function look() {
    const hit = preview && choose(hitAt);
    if (!hit) return false;
    if (preview.open() && preview.same(hit)) return preview.close();
    preview.show(hit, true);
    return true;
  }
  function open() {
    const hit = hitAt >= 0 && all(".hit")[hitAt];
    if (hit) location.href = $("h2 a", hit).href;
    return Boolean(hit);
  }
  const keys = {
    "/": () => { const box = $("#q"); box.focus(); box.select(); return true; },
    j: () => step(1),
    k: () => step(-1),
    n: () => walk(1),
    p: () => walk(-1),
    o: () => open(),
    v: () => look(),
    Escape: () => Boolean(preview && preview.open() && preview.close()),
    "?": () => { const sheet = $("#sheet"); if (sheet.open) sheet.close(); else sheet.showModal(); return true; },
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field && field.type !== "checkbox") {
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) field.blur();
      return;
    }
    if (!keysOn || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (Object.hasOwn(keys, event.key) && keys[event.key]()) event.preventDefault();
  });

  // The chart: what a bar counts is told below it while it is pointed at; a click goes where the table's line goes.
  all(".months").forEach((figure) => {
    const svg = $("svg", figure), told = $(".told", figure), peak = told.textContent;
    const places = [...$("path", svg).getAttribute("d").matchAll(/M(\d+)/g)].map((found) => Number(found[1]));
    const lines = all("tbody tr", figure);
    const aim = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of [["class", "aim"], ["y", 0], ["width", 0], ["height", 56]]) aim.setAttribute(name, value);
    svg.prepend(aim);
    figure.classList.add("live");
    const line = (event) => {
      const box = svg.getBoundingClientRect();
      return places.indexOf(Math.floor((event.clientX - box.left) / box.width * svg.viewBox.baseVal.width));
    };
    svg.addEventListener("mousemove", (event) => {
      const at = line(event);
      aim.setAttribute("width", at < 0 ? 0 : 1);
      if (at >= 0) aim.setAttribute("x", places[at]);
      told.textContent = at < 0 ? peak : all("th, td:not(.all)", lines[at]).map((cell) => cell.textContent).join(": ");
    });
    svg.addEventListener("mouseleave", () => { aim.setAttribute("width", 0); told.textContent = peak; });
    svg.addEventListener("click", (event) => { if (line(event) >= 0) $("a, button", lines[line(event)]).click(); });
  });

  // A search is saved in this browser, with how many articles it found when it was last looked at.
  const SAVED = "tratin-saved", MOST_SAVED = 100;
  all("[data-save]").forEach((button) => {
    const read = () => { try { return JSON.parse(localStorage.getItem(SAVED)) || []; } catch { return []; } };
    const write = (saved) => { try { localStorage.setItem(SAVED, JSON.stringify(saved.slice(0, MOST_SAVED))); return true; } catch { return false; } };
    const pairs = new URLSearchParams(location.search);
    ["cursor", "lang", "more", "explain", "limit", "sort"].forEach((name) => pairs.delete(name));
    const view = pairs.toString(), label = button.textContent, total = Number(button.dataset.total);
    const tell = () => {
      const kept = read().some((one) => one.view === view);
      button.textContent = kept ? button.dataset.saved : label;
      button.setAttribute("aria-pressed", String(kept));
    };
    write(read().map((one) => one.view === view ? { ...one, seen: total } : one));
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      const rest = read().filter((one) => one.view !== view);
      write(rest.length < read().length ? rest : [{ view, name: button.dataset.save, seen: total }, ...rest]);
      tell();
    });
  });

  // The menu of tools closes when the reader goes elsewhere.
  all(".tools").forEach((menu) => {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; $("summary", menu).focus(); } });
  });

  // A form's empty fields stay out of the address.
  document.addEventListener("submit", (event) => {
    all("input[name]", event.target).forEach((field) => { field.disabled = !field.value; });
  });
  addEventListener("pageshow", () => all("input[name]:disabled").forEach((field) => { field.disabled = false; }));

  // Back from an article the walk through the list goes on where it was left.
  if (history.state && Number.isInteger(history.state.hit) && all(".hit").length) {
    const hit = choose(history.state.hit);
    addEventListener("pageshow", () => $("h2 a", hit).focus({ preventScroll: true }), { once: true });
  }
  document.addEventListener("click", (event) => {
    const hit = event.target.closest(".hit");
    if (hit && event.target.closest("h2 a")) choose(all(".hit").indexOf(hit));
  });

  walker(document);
  if ($(".hits[data-preview] .hit")) preview = previewing($(".hits"));
  switches();
  if (navigator.clipboard) all("[data-copy]").forEach((button) => {
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href);
      button.textContent = button.dataset.copy;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  });
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
