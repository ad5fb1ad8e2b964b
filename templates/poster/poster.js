"use strict";
(() => {
  const data = JSON.parse(document.getElementById("payload").textContent);
  const canvas = document.getElementById("poster");
  const pen = canvas.getContext("2d");
  const WIDTH = 1080, EDGE = 84;
  const FONTS = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif';
  const INK = "#1a1a1a", QUIET = "#595959", LINE = "#e3e3e0", PAPER = "#ffffff";
  let code = null;

  const font = (size, bold) => `${bold ? "700 " : ""}${size}px ${FONTS}`;

  // Words of letters and digits stay whole; every other character may begin a line, save what closes a phrase.
  const units = (text) => {
    const found = [];
    for (const unit of text.match(/[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}\p{M}.,'’%+\-_/]*|\s+|\p{Emoji}(?:\p{EMod}|\p{M}|\u200d\p{Emoji})*|./gsu) || []) {
      if (found.length && /^[，。、：；！？）》」』”’…—,.!?;:)\]}%]$/u.test(unit)) found[found.length - 1] += unit;
      else found.push(unit);
    }
    return found;
  };
  const lines = (text, width, most) => {
    const made = [];
    let line = "";
    const push = (unit) => {
      if (pen.measureText(line + unit).width <= width) { line += unit; return; }
      if (line) { made.push(line.trimEnd()); line = ""; }
      if (!unit.trim()) return;
      if (pen.measureText(unit).width <= width) { line = unit; return; }
      for (const letter of unit) {
        if (pen.measureText(line + letter).width > width) { made.push(line); line = ""; }
        line += letter;
      }
    };
    units(text).forEach(push);
    if (line.trim()) made.push(line.trimEnd());
    if (made.length <= most) return made;
    let last = made[most - 1];
    while (last && pen.measureText(last + "…").width > width) last = [...last].slice(0, -1).join("");
    return [...made.slice(0, most - 1), last + "…"];
  };

  // As many lines as needed, of like length, no single character on the last one; a break after a phrase is best.
  const balanced = (text, width, most) => {
    const made = lines(text, width, most + 1);
    if (made.length < 2 || made.length > most) return lines(text, width, most);
    let low = width / 2, high = width;
    for (let step = 0; step < 7; step += 1) {
      const middle = (low + high) / 2;
      if (lines(text, middle, most + 1).length > made.length) low = middle;
      else high = middle;
    }
    const phrases = (found) => found.slice(0, -1).filter((line) => /[，。、：；！？）》」』”,.:;!?]$/u.test(line)).length;
    let best = lines(text, high, most);
    for (let wide = high; wide <= width; wide += 12) {
      const other = lines(text, wide, most);
      if (phrases(other) > phrases(best)) best = other;
    }
    return best;
  };

  // What is drawn, from top to bottom; the height is known only at the end, so drawing comes after.
  const layout = () => {
    const strokes = [];
    let y = 0;
    const text = (value, size, { bold = false, colour = INK, x = EDGE, width = WIDTH - EDGE - x, leading = 1.45, most = 3 } = {}) => {
      pen.font = font(size, bold);
      for (const line of balanced(value, width, most)) {
        const base = y + size * (leading / 2 + 0.36);
        strokes.push(() => { pen.font = font(size, bold); pen.fillStyle = colour; pen.fillText(line, x, base); });
        y += size * leading;
      }
    };
    const rule = (x = EDGE) => {
      const at = y;
      strokes.push(() => { pen.fillStyle = LINE; pen.fillRect(x, at, WIDTH - EDGE - x, 2); });
    };
    y = 84;
    text(`${data.issue} · ${data.date}`, 32, { colour: PAPER });
    y += 8;
    text(data.account, 84, { bold: true, colour: PAPER, leading: 1.3, most: 2 });
    if (data.positioning) { y += 10; text(data.positioning, 34, { colour: PAPER, most: 2 }); }
    y += 64;
    const head = y;
    strokes.unshift(() => { pen.fillStyle = data.colours.solid; pen.fillRect(0, 0, WIDTH, head); });
    y += 52;
    text(data.top, 30, { bold: true, colour: data.colours.accent });
    y += 22;
    data.items.forEach((item, n) => {
      const first = n === 0;
      if (n) { y += 34; rule(); y += 36; }
      text(item.mark, 30, { bold: true, colour: data.colours.accent });
      y += 4;
      text(item.title, first ? 54 : 42, { bold: true });
      if (item.text) { y += 8; text(item.text, 32, { colour: QUIET, leading: 1.6, most: 3 }); }
      y += 6;
      text(item.source, 28, { colour: QUIET, most: 1 });
      if (first) y += 10;
    });
    y += 56;
    rule();
    y += 40;
    const foot = y, side = 168, width = code ? WIDTH - EDGE * 2 - side - 40 : WIDTH - EDGE * 2;
    text(data.more, 32, { bold: true, width, most: 2 });
    y += 4;
    text(data.facts, 28, { colour: QUIET, width, most: 2 });
    if (data.hint) text(data.hint, 28, { colour: QUIET, width, most: 2 });
    if (code) {
      const at = foot - 4;
      strokes.push(() => pen.drawImage(code, WIDTH - EDGE - side, at, side, side));
      y = Math.max(y, at + side);
    }
    return { strokes, height: Math.round(y + 64) };
  };

  const draw = () => {
    const { strokes, height } = layout();
    canvas.width = WIDTH;
    canvas.height = height;
    pen.textBaseline = "alphabetic";
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, WIDTH, height);
    strokes.forEach((stroke) => stroke());
  };

  document.getElementById("save").addEventListener("click", () => {
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = data.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, "image/png");
  });
  document.getElementById("code").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try { code = await createImageBitmap(file); } catch { code = null; }
    draw();
  });
  draw();
  if (data.code) {
    const image = new Image();
    image.onload = () => { code = image; draw(); };
    image.src = data.code;
  }
})();
