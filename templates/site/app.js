// Marks the chosen tab, and lets the worker keep pages for reading offline. Without it all pages work as they are.
"use strict";
(() => {
  const tabs = [...document.querySelectorAll(".tabs a")];
  const mark = () => {
    const name = decodeURIComponent(location.hash);
    const chosen = tabs.find((tab) => decodeURIComponent(tab.hash) === name) || tabs[0];
    for (const tab of tabs) {
      if (tab === chosen) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    return chosen;
  };
  const show = (tab) => {
    const row = tab.parentElement;
    row.scrollTo({ left: tab.offsetLeft - row.clientWidth / 2 + tab.offsetWidth / 2 });
  };
  if (tabs.length) {
    const first = mark();
    if (first !== tabs[0]) show(first); // asking where it stands makes the browser lay the page out at once
    addEventListener("hashchange", () => show(mark()));
  }
  if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
    const keep = () => navigator.serviceWorker.register(document.documentElement.dataset.root + "sw.js").catch(() => {});
    addEventListener("load", () => (window.requestIdleCallback || setTimeout)(keep)); // the page comes first
  }
})();
