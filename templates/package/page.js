(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.textContent;
    let wait = 0;
    button.addEventListener("click", async () => {
      const part = document.getElementById(button.dataset.copy);
      const types = { "text/plain": part.matches("article") ? part.innerText : part.textContent };
      if (part.matches("article")) types["text/html"] = part.innerHTML.trim();
      button.textContent = await copyTypes(types) ? "已复制" : "没能复制，请选中后按 Ctrl+C";
      clearTimeout(wait);
      wait = setTimeout(() => { button.textContent = label; }, 2500);
    });
  }
})();
