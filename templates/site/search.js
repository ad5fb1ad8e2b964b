// Search without a server: asks the files of find/ (curate/site/search_index.py says what is in them) and shows the newest
// first. Files are loaded as scripts, which a page that was opened from a folder may do as well.
"use strict";
const finder = (() => {
  const PAGE = 20, AHEAD = 6, MOST_PIECES = 3; // AHEAD: as many as a browser loads from one place at once
  const WIDE = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}\u3040-\u30ff\uac00-\ud7a3";
  const wide = new RegExp(`^[${WIDE}]`, "u");
  const run = new RegExp(`[${WIDE}]+|(?:(?![${WIDE}])[\\p{L}\\p{N}])+`, "gu");
  const root = document.documentElement.dataset.root;
  const shards = new Map(), issues = new Map(), loading = new Map();
  const simplified = new Map();
  let about = null;

  const load = (path) => {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = root + path;
        script.onload = resolve;
        script.onerror = () => { loading.delete(path); reject(new Error(path)); };
        document.head.append(script);
      }));
    }
    return loading.get(path);
  };

  // As curate/text/folding.py folds what is indexed.
  const folded = (text) => {
    const plain = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
    return [...plain].map((sign) => simplified.get(sign) || sign).join("");
  };

  const shardOf = (piece, many) => {
    let value = 0x811c9dc5;
    for (const character of [...piece].slice(0, wide.test(piece) ? 1 : 2)) {
      value = Math.imul(value ^ character.codePointAt(0), 0x01000193) >>> 0;
    }
    return value % many;
  };

  // What to look up for a word: few pieces that cover it. Its text is compared afterwards.
  const piecesOf = (word) => {
    const found = [];
    for (const [part] of word.matchAll(run)) {
      const signs = [...part], size = wide.test(part) ? 2 : 3;
      if (signs.length <= size) found.push(part);
      else {
        // every piece where they are no more than are looked up anyway: 果发 tells 苹果发布 from 苹果 and 发布
        const starts = [], step = signs.length - size < MOST_PIECES ? 1 : size;
        for (let at = 0; at < signs.length - size; at += step) starts.push(at);
        starts.push(signs.length - size);
        found.push(...starts.map((at) => signs.slice(at, at + size).join("")));
      }
    }
    const longEnough = found.filter((piece) => wide.test(piece) || [...piece].length > 1);
    return longEnough.slice(0, MOST_PIECES);
  };

  const places = (steps) => {
    let place = 0;
    return steps.split(",").map((step) => (place += parseInt(step, 36)));
  };

  const lookUp = async ([first, size], piece) => {
    const n = shardOf(piece, size * about.shards), name = `${first}/${n}`;
    await load(`find/${first}-${first + size - 1}/${n}.js`);
    const signs = [...piece], whole = signs.length === (wide.test(piece) ? 2 : 3);
    const found = new Set();
    const lines = shards.get(name);
    let at = whole ? (lines.startsWith(`${piece}:`) ? 0 : lines.indexOf(` ${piece}:`)) : 0;
    if (at < 0) return found;
    for (; at >= 0 && at < lines.length;) {
      if (lines[at] === " ") at += 1;
      const colon = lines.indexOf(":", at), end = lines.indexOf(" ", at);
      const stop = end < 0 ? lines.length : end;
      const name_ = lines.slice(at, colon);
      if (whole ? name_ === piece : name_.startsWith(piece)) for (const place of places(lines.slice(colon + 1, stop))) found.add(place);
      if (whole) break;
      at = end < 0 ? -1 : end;
    }
    return found;
  };

  // The items of a block that have all the pieces, the newest first.
  const candidates = async (block, pieces) => {
    const [first, size] = block, last = first + size - 1;
    const sets = await Promise.all(pieces.map((piece) => lookUp(block, piece)));
    sets.sort((one, other) => one.size - other.size);
    return [...sets[0]].filter((place) => sets.every((set) => set.has(place))).sort((one, other) => one - other)
      .map((place) => ({ issue: last - Math.floor(place / 100), item: place % 100 }));
  };

  // Items that have all the words, the newest first. All blocks are asked at once, for there are few, and texts are
  // loaded a little ahead: what is shown first has waited for two files, one after the other.
  async function* matches(words) {
    const pieces = [...new Set(words.flatMap(piecesOf))].slice(0, 2 * MOST_PIECES);
    if (!pieces.length) return;
    const asked = about.blocks.map((block) => candidates(block, pieces));
    for (const each of asked) each.catch(() => {}); // told when its turn comes
    for (const each of asked) {
      const spots = await each;
      const text = ({ issue }) => load(`find/issue/${issue}.js`);
      for (const [at, spot] of spots.entries()) {
        for (const ahead of spots.slice(at, at + AHEAD)) text(ahead).catch(() => {});
        await text(spot);
        const row = issues.get(spot.issue).find(([item]) => item === spot.item);
        const found = folded([row[1], row[2], row[3], row[4], row[7]].join("\n"));
        if (words.every((word) => found.includes(word))) yield { issue: spot.issue, row };
      }
    }
  }

  const segmented = (words) => {
    if (!("Segmenter" in Intl)) return words;
    const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
    return words.flatMap((word) => [...segmenter.segment(word)].filter((part) => part.isWordLike).map((part) => part.segment));
  };

  const results = document.getElementById("results"), said = document.getElementById("said");
  const more = document.getElementById("more"), field = document.getElementById("q");
  const say = (name, values = {}) => {
    said.textContent = said.dataset[name].replace(/\{(\w)\}/g, (_, key) => values[key]);
  };

  // The words are folded, the text is shown as it is: each unit of what it folds to knows the sign it came from.
  const marked = (text, words) => {
    const element = document.createDocumentFragment();
    const signs = [...text], hit = signs.map(() => false), from = [];
    let flat = "";
    signs.forEach((sign, n) => {
      const plain = folded(sign);
      flat += plain;
      for (let unit = 0; unit < plain.length; unit += 1) from.push(n);
    });
    for (const word of words) {
      for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + 1)) hit.fill(true, from[at], from[at + word.length - 1] + 1);
    }
    for (let at = 0; at < signs.length;) {
      let end = at + 1;
      while (end < signs.length && hit[end] === hit[at]) end += 1;
      const part = signs.slice(at, end).join("");
      if (hit[at]) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        element.append(mark);
      } else element.append(part);
      at = end;
    }
    return element;
  };

  const element = (tag, name, ...content) => {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...content);
    return made;
  };

  const card = ({ issue, row: [, number, title, summary, source, , day] }, words) => {
    const link = document.createElement("a");
    link.href = `${root}story/${issue}/${number}.html`;
    link.append(marked(title, words));
    return element("li", "card",
      element("p", "line", element("span", "number", number), " ", element("span", "by", `${source} · ${day}`)),
      element("h2", "title", link), element("p", "summary", marked(summary, words)));
  };

  let asked = 0;
  const show = async (query) => {
    const mine = ++asked;
    results.replaceChildren();
    more.hidden = true;
    let words = folded(query).split(/\s+/).filter(Boolean);
    if (!words.length) return say("hint");
    say("busy");
    try {
      await Promise.all([about || load("find/index.js"), simplified.size || load("find/scripts.js")]);
      words = folded(query).split(/\s+/).filter(Boolean);
      if (!words.some((word) => piecesOf(word).length)) return say("short");
      let found = matches(words), shown = 0;
      const turn = async () => {
        more.hidden = true;
        for (let many = 0; many < PAGE;) {
          const { value, done } = await found.next();
          if (mine !== asked) return;
          if (done) return shown ? say(loosened ? "words" : "found", { n: shown, q: query.trim() }) : undefined;
          results.append(card(value, words));
          shown += 1;
          many += 1;
        }
        say(loosened ? "words" : "some", { n: shown, q: query.trim() });
        more.hidden = false;
      };
      let loosened = false;
      await turn();
      if (!shown && mine === asked) {
        const parts = segmented(words);
        if (parts.length > words.length) {
          [words, loosened, found] = [parts, true, matches(parts)];
          await turn();
        }
        if (!shown && mine === asked) say("none");
      }
      more.onclick = turn;
    } catch {
      if (mine === asked) say("failed");
    }
  };

  return {
    start: (value) => { about = value; },
    scripts: (traditional, simple) => {
      const signs = [...simple];
      [...traditional].forEach((sign, n) => simplified.set(sign, signs[n]));
    },
    shard: (name, lines) => shards.set(name, lines),
    texts: (issue, rows) => issues.set(issue, rows),
    show,
    listen: () => {
      let wait = 0;
      const changed = () => {
        const address = new URL(location.href);
        address.search = field.value ? `?q=${encodeURIComponent(field.value)}` : "";
        try {
          history.replaceState(null, "", address);
        } catch { /* a page of the folder may not */ }
        show(field.value);
      };
      field.addEventListener("input", (event) => {
        clearTimeout(wait);
        if (!event.isComposing) wait = setTimeout(changed, 150);
      });
      field.addEventListener("compositionend", changed);
      field.form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(wait); changed(); });
      say("hint");
      field.value = new URLSearchParams(location.search).get("q") || "";
      if (field.value) show(field.value);
      else if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
    },
  };
})();
addEventListener("DOMContentLoaded", finder.listen); // when find/index.js and find/scripts.js have told what there is
