// Tra Tin in the browser: suggestions, keys, walking the hits. Every page works without it.
(() => {
  "use strict";
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const english = document.documentElement.lang === "en";
  const withLang = (address) => (english ? address + (address.includes("?") ? "&" : "?") + "lang=en" : address);

  // Suggestions: a list below the box. What is typed is never completed in place, and nothing happens while an
  // input method composes, so that Telex and Unikey stay undisturbed.
  function suggest(input) {
    const list = document.createElement("ul");
    list.className = "offers";
    list.id = "offers";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.offers);
    list.hidden = true;
    input.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id],
      ["aria-expanded", "false"]]) {
      input.setAttribute(name, value);
    }
    let chosen = -1, asked = null, timer = 0, composing = false;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (place) => {
      const lines = all("li", list);
      chosen = (place + lines.length + 1) % (lines.length + 1);
      if (chosen === lines.length) chosen = -1;
      lines.forEach((line, at) => line.setAttribute("aria-selected", String(at === chosen)));
      if (chosen < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", lines[chosen].id);
    };
    const go = (offer) => {
      if (offer.kind === "official" && offer.id) location.href = withLang("/official/" + encodeURIComponent(offer.id));
      else if (offer.kind === "topic" && offer.id) location.href = withLang("/topic/" + encodeURIComponent(offer.id));
      else {
        input.value = offer.text;
        input.form.requestSubmit();
      }
    };
    const show = (offers) => {
      list.replaceChildren(...offers.map((offer, at) => {
        const line = document.createElement("li");
        line.id = "offer-" + at;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        const text = document.createElement("span");
        text.textContent = offer.text;
        const detail = document.createElement("small");
        detail.textContent = offer.detail || "";
        line.append(text, detail);
        line.addEventListener("mousedown", (event) => { event.preventDefault(); go(offer); });
        line.offer = offer;
        return line;
      }));
      list.hidden = !offers.length;
      chosen = -1;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      if (asked) asked.abort();
      const typed = input.value.trim();
      if (composing || typed.length < 2 || typed.length > 80) return close();
      asked = new AbortController();
      try {
        const answer = await fetch("/api/v1/suggest?limit=8&q=" + encodeURIComponent(typed), { signal: asked.signal });
        if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(ask, 130); };
    input.addEventListener("compositionstart", () => { composing = true; });
    input.addEventListener("compositionend", () => { composing = false; soon(); });
    input.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -2 : chosen - 1); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); go(all("li", list)[chosen].offer); }
    });
  }

  // The preview: on a wide screen, an article beside the list. j and k go on through the list; Escape closes it.
  const WIDE = matchMedia("(min-width: 68.75rem)");
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

    const open = () => !pane.hidden && WIDE.matches;
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
      if (!WIDE.matches) return false;
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
    const hit = preview && WIDE.matches && choose(hitAt);
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

  // A form's empty fields stay out of the address.
  document.addEventListener("submit", (event) => {
    all("input[name]", event.target).forEach((field) => { field.disabled = !field.value; });
  });
  addEventListener("pageshow", () => all("input[name]:disabled").forEach((field) => { field.disabled = false; }));

  if ($("#q")) suggest($("#q"));
  walker(document);
  if ($(".hits[data-preview] .hit")) preview = previewing($(".hits"));
  switches();
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
