// Tra Tin in the browser: suggestions, keys, walking the hits. Every page works without it.
(() => {
"use strict";
const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
})();
