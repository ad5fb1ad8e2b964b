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
    const row = chosen.parentElement;
    row.scrollTo({ left: chosen.offsetLeft - row.clientWidth / 2 + chosen.offsetWidth / 2 });
  };
  if (tabs.length) {
    mark();
    addEventListener("hashchange", mark);
  }
  if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
    addEventListener("load", () => {
      navigator.serviceWorker.register(document.documentElement.dataset.root + "sw.js").catch(() => {});
    });
  }
})();
