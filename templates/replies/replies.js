"use strict";
(() => {
  const said = document.getElementById("said");
  const rows = [...document.querySelectorAll("li")];
  let wait = 0;
  const say = (words) => {
    said.textContent = words;
    clearTimeout(wait);
    wait = setTimeout(() => { said.textContent = ""; }, 2000);
  };
  const copy = async (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy"); // works in a page of a folder too
    area.remove();
    say(done ? "已复制" : "没能复制，请选中后按 Ctrl+C");
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    copy(button.classList.contains("word") ? button.textContent : button.closest("li").querySelector("pre").textContent);
  });
  document.getElementById("find").addEventListener("input", ({ target }) => {
    const wanted = target.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
})();
