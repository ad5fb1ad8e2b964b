(() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);

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
    const done = await copyTypes({ "text/html": payload.html, "text/plain": payload.text });
    tell(body, done ? body.dataset.done : body.dataset.failed, done);
  });
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const done = await copyTypes({ "text/plain": document.getElementById(button.dataset.copy).textContent });
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
