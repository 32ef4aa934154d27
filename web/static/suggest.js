// Tra Tin in the browser: suggestions below the search box.
(() => {
  "use strict";
  const all = (selector, from) => [...from.querySelectorAll(selector)];
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
      else if (offer.kind === "office" && offer.id) location.href = withLang("/office/" + encodeURIComponent(offer.id));
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

  const box = document.querySelector("#q");
  if (box) suggest(box);
})();
