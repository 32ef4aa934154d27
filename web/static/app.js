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

  // Walking the hits of an article: two buttons and a counter instead of the plain row of numbers.
  let walk = () => false;
  function walker(nav) {
    const places = [...new Set(all("mark[id^=hit-]"))];
    let at = -1;
    const counter = $(".walk-count", nav);
    walk = (step) => {
      at = (at + step + places.length + (at < 0 && step < 0 ? 1 : 0)) % places.length;
      all("mark.at").forEach((mark) => mark.classList.remove("at"));
      places[at].classList.add("at");
      places[at].scrollIntoView({ block: "center" });
      counter.textContent = `${at + 1} / ${places.length}`;
      return true;
    };
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
  function step(by) {
    const hits = all(".hit");
    if (!hits.length) return false;
    hitAt = Math.min(Math.max(hitAt + by, 0), hits.length - 1);
    hits.forEach((hit, at) => hit.classList.toggle("at", at === hitAt));
    const link = $("h2 a", hits[hitAt]);
    link.focus({ preventScroll: true });
    hits[hitAt].scrollIntoView({ block: "nearest" });
    return true;
  }
  const keys = {
    "/": () => { const box = $("#q"); box.focus(); box.select(); return true; },
    j: () => step(1),
    k: () => step(-1),
    n: () => walk(1),
    p: () => walk(-1),
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
  if ($(".walk")) walker($(".walk"));
  switches();
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
