"use strict";
(() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);

  // The copy event carries both types exactly as given, from file:// too and without a permission.
  const byEvent = (types) => {
    let set = false;
    const put = (event) => {
      for (const [type, data] of Object.entries(types)) event.clipboardData.setData(type, data);
      event.preventDefault();
      event.stopImmediatePropagation();
      set = true;
    };
    // Some browsers copy only where something is selected.
    const held = document.createElement("span");
    held.textContent = "\u00a0";
    held.style.cssText = "position:fixed;top:0;opacity:0";
    document.body.append(held);
    getSelection().selectAllChildren(held);
    document.addEventListener("copy", put, true);
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    document.removeEventListener("copy", put, true);
    getSelection().removeAllRanges();
    held.remove();
    return done && set;
  };
  const byItem = async (types) => {
    if (!navigator.clipboard || !window.ClipboardItem) return false;
    const blobs = Object.entries(types).map(([type, data]) => [type, new Blob([data], { type })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch { return false; }
  };
  const copy = async (types) => byEvent(types) || byItem(types);

  const status = document.getElementById("status");
  const step = status.textContent;
  const told = new WeakMap();
  const tell = (button, text, done) => {
    if (!told.has(button)) told.set(button, { text: button.textContent, timer: 0 });
    const state = told.get(button);
    clearTimeout(state.timer);
    button.textContent = text;
    button.classList.toggle("done", done);
    status.textContent = done ? text + " · " + step : text;
    state.timer = setTimeout(() => {
      button.textContent = state.text;
      button.classList.remove("done");
    }, 2500);
  };

  const body = document.getElementById("copy-body");
  body.addEventListener("click", async () => {
    const done = await copy({ "text/html": payload.html, "text/plain": payload.text });
    tell(body, done ? body.dataset.done : body.dataset.failed, done);
  });
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const done = await copy({ "text/plain": document.getElementById(button.dataset.copy).textContent });
      tell(button, done ? button.dataset.done : body.dataset.failed, done);
    });
  }

  // A drawn cover, twice as large for sharp letters on good screens.
  for (const button of document.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => {
      const picture = button.closest("figure").querySelector("img");
      const canvas = document.createElement("canvas");
      canvas.width = Number(picture.getAttribute("width")) * 2;
      canvas.height = Number(picture.getAttribute("height")) * 2;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = button.dataset.save;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        tell(button, button.dataset.done, true);
      }, "image/png");
    });
  }

  const modes = [...document.querySelectorAll("[data-mode]")];
  for (const chosen of modes) {
    chosen.addEventListener("click", () => {
      for (const button of modes) {
        button.setAttribute("aria-pressed", String(button === chosen));
        document.getElementById("screen-" + button.dataset.mode).hidden = button !== chosen;
      }
      document.querySelector(".phone").classList.toggle("night", chosen.dataset.mode === "dark");
    });
  }
})();
