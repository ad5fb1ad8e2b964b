"use strict";
// Put texts into the clipboard by their types: { "text/plain": …, "text/html": … }. Whether that went well.
const copyTypes = (() => {
  // The copy event carries all types exactly as given, from file:// too and without a permission.
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
  return async (types) => byEvent(types) || byItem(types);
})();
