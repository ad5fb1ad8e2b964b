// The desk: what htmx and Sortable do not do by themselves. Every action is one POST; the answer replaces the board.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const sheet = $("#sheet");
  let dark = false;
  let shown = ""; // what the frame shows
  let held = null; // the card that had the focus, and its place

  const revision = () => $("#bar").dataset.revision;
  const state = () => [revision(), $("#bar").dataset.look, $("#bar").dataset.fetching, dark].join();
  const filter = () => Object.fromEntries(new FormData($("#filter")));
  const card = () => document.activeElement?.closest?.(".card");
  const cards = (pane) => $$(`#${pane}-pane .card`);
  const paneOf = (element) => (element.closest("#candidates-pane") ? "candidates" : "issue");

  // --- actions

  const hold = () => {
    const now = card();
    held = now ? { id: now.id, pane: paneOf(now), at: cards(paneOf(now)).indexOf(now) } : null;
  };

  const act = (name, values = {}) => {
    hold();
    const form = new FormData();
    // The candidates' filter travels with the action, so that the list stays as it is.
    const sent = { ...filter(), revision: revision(), ...values };
    for (const [key, value] of Object.entries(sent)) form.append(key, value);
    return send(`/do/${name}`, form);
  };

  const send = async (path, body) => {
    let answer;
    try {
      answer = await fetch(path, { method: "POST", body });
    } catch {
      return say(document.body.dataset.busy, true);
    }
    const html = await answer.text();
    if (answer.status === 403 || !html.includes('id="bar"')) return say(html.slice(0, 200), true);
    await swap(html);
    const { said, bad } = $("#bar").dataset;
    say(said, Boolean(bad));
    return answer.ok;
  };

  // Every part of an answer says itself (hx-swap-oob) which element it takes the place of.
  const swap = (html) => htmx.swap({ target: $("#board"), text: html, swap: "none", sourceElement: $("#board") });

  const say = (words, bad = false) => {
    const said = $("#said").cloneNode(); // a new one, so that it is shown and announced from the beginning
    said.textContent = words;
    $("#said").replaceWith(said);
    said.classList.toggle("bad", bad);
    return false;
  };

  const keyOf = (element) => {
    const owner = element.closest("[data-source]");
    return owner ? { source: owner.dataset.source, entry: owner.dataset.entry } : {};
  };

  const extras = (element) => {
    const { choice, version, kind, value, url, otherSource, otherEntry } = element.dataset;
    const found = { choice, version, kind, value, url, other_source: otherSource, other_entry: otherEntry };
    return Object.fromEntries(Object.entries(found).filter(([, each]) => each !== undefined));
  };

  // --- after each answer: the frame, the lists that can be dragged, the focus

  const refresh = () => {
    const now = state();
    if (now !== shown) {
      shown = now;
      ready = null;
      showPost().then(check).then(prepare); // after what was decided, which must not wait for it
    }
    for (const list of $$(".items, .offers")) makeSortable(list);
    for (const button of $$("[data-pane]", $("#panes"))) {
      button.setAttribute("aria-pressed", String(button.dataset.pane === document.body.dataset.pane));
    }
    $("#night").setAttribute("aria-pressed", String(dark));
    if (held) {
      const same = document.getElementById(held.id);
      const list = cards(held.pane);
      (same || list[Math.min(held.at, list.length - 1)])?.focus({ preventScroll: Boolean(same) });
      held = null;
    }
    if ($("#bar").dataset.fetching) setTimeout(poll, 1200);
  };

  // What is being fetched for an item comes by itself; not while somebody writes or drags.
  const poll = async () => {
    if (writing(document.activeElement) || $(".dragged")) return setTimeout(poll, 1200);
    const answer = await fetch(`/board?${new URLSearchParams(filter())}`);
    if (answer.ok && !writing(document.activeElement)) {
      hold();
      await swap(await answer.text());
    }
    return undefined;
  };

  // The frame's page has no script: its text is put in from here, so that it neither blinks nor scrolls away.
  const showPost = async () => {
    const frame = $("#post");
    const answer = await fetch(dark ? "/post?dark=1" : "/post");
    if (!answer.ok) return;
    const page = frame.contentDocument;
    if (!page?.body || page.URL === "about:blank") return;
    const top = page.documentElement.scrollTop;
    page.documentElement.innerHTML = await answer.text(); // parsed by the frame, under its own policy
    page.documentElement.scrollTop = top;
    $("#phone").classList.toggle("dark", dark);
  };

  const check = () => htmx.ajax("GET", $("#checks").open ? "/checks?sizes=1" : "/checks", { target: "#checks", swap: "innerHTML" });

  const makeSortable = (list) => {
    if (Sortable.get(list)) return;
    const offers = list.classList.contains("offers");
    Sortable.create(list, {
      group: { name: "items", put: !offers },
      sort: !offers,
      handle: ".grip",
      animation: 120,
      forceFallback: true, // the same by mouse and by finger
      fallbackTolerance: 3,
      ghostClass: "ghost",
      chosenClass: "dragged",
      onEnd: (event) => {
        const { item, from, to, newIndex, oldIndex } = event;
        if (from === to && (offers || newIndex === oldIndex)) return;
        act(offers ? "take" : "move", { ...keyOf(item), topic: to.dataset.topic, place: newIndex });
      },
    });
  };

  // --- dialogs

  const open = async (path, then) => {
    const answer = await fetch(path);
    if (!answer.ok) return say(await answer.text(), true);
    await htmx.swap({ target: $("#sheet-body"), text: await answer.text(), swap: "innerHTML", sourceElement: $("#sheet-body") });
    if (!sheet.open) sheet.showModal();
    then?.();
    return true;
  };
  const edit = (element, then) => open(`/item?${new URLSearchParams(keyOf(element))}`, then);

  const note = (element) => {
    const form = $(".note-form", element);
    if (!form) return;
    form.hidden = false;
    $("input", form).focus();
  };

  // --- the part of a picture: by its sliders, which know keys, or by dragging in the picture

  const showFrame = (form) => {
    const { clientWidth: width, clientHeight: height } = $(".stage img", form);
    const { ratio, x, y, size } = Object.fromEntries(new FormData(form));
    const [across, down] = ratio.split(":").map(Number);
    const unit = (Math.min(width / across, height / down) * size) / 100;
    const style = { width: across * unit, height: down * unit };
    style.left = ((width - style.width) * x) / 100;
    style.top = ((height - style.height) * y) / 100;
    for (const [name, value] of Object.entries(style)) $(".frame", form).style[name] = `${value}px`;
  };
  const dragFrame = (event) => {
    const stage = event.buttons && event.target.closest?.(".stage");
    if (!stage) return;
    const { left, top, width, height } = stage.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = $(".frame", stage);
    const { elements } = stage.closest("form");
    const place = (at, own, whole) => Math.round((100 * (at - own / 2)) / Math.max(whole - own, 1));
    elements.x.value = place(event.clientX - left, offsetWidth, width);
    elements.y.value = place(event.clientY - top, offsetHeight, height);
    showFrame(stage.closest("form"));
  };
  document.addEventListener("pointerdown", dragFrame);
  document.addEventListener("pointermove", dragFrame);
  document.addEventListener("input", (event) => { if (event.target.closest(".crop")) showFrame(event.target.form); });
  for (const name of ["toggle", "load"]) {
    document.addEventListener(name, ({ target }) => {
      const crop = target.closest?.(".crop[open]");
      if (crop) showFrame($("form", crop));
      if (target.id === "checks" && target.open) check(); // what each channel cuts takes a second, and waits for a look
    }, true);
  }

  // --- copy: the event carries both types exactly as given; the clipboard's own interface would parse the HTML again

  let ready = null; // what is to be copied, asked for before anybody copies: some browsers forget the click while one waits
  const prepare = async () => {
    ready = null;
    const of = shown;
    const answer = await fetch("/copy");
    const found = await answer.json();
    if (of === shown) ready = found;
    return found;
  };

  const copy = async () => {
    const button = $("#copy");
    const found = ready || (await prepare());
    if (found.error) return say(found.error, true);
    let put = false;
    const onCopy = (event) => {
      event.clipboardData.setData("text/html", found.html);
      event.clipboardData.setData("text/plain", found.text);
      event.preventDefault();
      event.stopImmediatePropagation();
      put = true;
    };
    getSelection().selectAllChildren($("#bar h1")); // some browsers copy only where something is selected
    document.addEventListener("copy", onCopy, true);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", onCopy, true);
    getSelection().removeAllRanges();
    if (done && put) fetch("/copied", { method: "POST", keepalive: true });
    return say(done && put ? button.dataset.done : button.dataset.failed, !(done && put));
  };

  // --- mouse and touch

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const data = button.dataset;
    if (data.do) {
      if (sheet.contains(button)) sheet.close();
      act(data.do, { ...keyOf(button), ...extras(button) });
    } else if (button.id === "copy") copy();
    else if (button.id === "night") { dark = !dark; refresh(); }
    else if (button.id === "own-color") look("");
    else if (data.pane) { document.body.dataset.pane = data.pane; refresh(); }
    else if (data.show) document.getElementById(data.show).showModal();
    else if (data.open) open(data.open);
    else if ("edit" in data) edit(button);
    else if ("note" in data) note(button.closest(".card"));
    else if ("close" in data) sheet.close();
    else if ("headline" in data) {
      const title = $(`[name=${data.headline || "title"}]`, button.form);
      title.value = button.textContent;
      title.dispatchEvent(new Event("input", { bubbles: true }));
      title.focus();
    } else if ("tour" in data) setTimeout(() => tour(1));
    else if ("next" in data) tour(step + 1);
    else if ("end" in data) tour(9);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "filter") event.preventDefault();
    if (!form.dataset.form) return;
    event.preventDefault();
    const values = { ...keyOf(form), ...Object.fromEntries(new FormData(form)) };
    const chosen = form.elements.other?.selectedOptions?.[0];
    if (chosen) Object.assign(values, extras(chosen));
    if (form.dataset.then) sheet.close();
    if (form.dataset.wait) say(form.dataset.wait);
    if (form.classList.contains("note-form")) form.closest(".card").focus();
    act(form.dataset.form, values);
    if (form.dataset.wait) form.reset();
  });

  // A link that is pasted anywhere but into a field goes into the issue.
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (writing(event.target) || !/https?:\/\//i.test(text)) return;
    $("#paste").value = text;
    $("#paste").form.requestSubmit();
  });

  const look = (color) => {
    const form = new FormData($("#look"));
    form.set("color", color);
    return send("/look", form);
  };
  document.addEventListener("change", (event) => {
    if (event.target.form?.id !== "look") return;
    const own = $("#own-color") || event.target.name === "color";
    look(own ? $("#look").elements.color.value : "");
  });

  // --- keyboard

  const writing = (element) => Boolean(element?.closest?.("input:not([type=radio]), textarea, select, dialog[open]"));
  const step_to = (by) => {
    const now = card();
    const pane = now ? paneOf(now) : "issue";
    const list = cards(pane);
    list[Math.max(0, Math.min(list.length - 1, now ? list.indexOf(now) + by : 0))]?.focus();
  };
  const KEYS = {
    j: () => step_to(1), k: () => step_to(-1), u: () => act("undo"), r: () => act("redo"), c: copy,
    a: () => { document.body.dataset.pane = "candidates"; $("#paste").focus(); },
    "/": () => { document.body.dataset.pane = "candidates"; $("#filter-words").focus(); },
    "?": () => $("#keys").showModal(),
    s: () => {
      const other = card() && paneOf(card()) === "issue" ? "candidates" : "issue";
      document.body.dataset.pane = other;
      cards(other)[0]?.focus();
    },
  };
  const ON_ITEM = {
    d: (on) => act("drop", keyOf(on)), p: (on) => act("park", keyOf(on)), l: (on) => act("lead", keyOf(on)),
    e: (on) => edit(on), n: note, m: (on) => edit(on, () => $("#move-to").focus()),
    ArrowUp: (on) => act("up", keyOf(on)), ArrowDown: (on) => act("down", keyOf(on)),
  };
  const ON_OFFER = { t: (on) => act("take", keyOf(on)) };
  ON_ITEM.x = ON_OFFER.x = (on) => act("block", { ...keyOf(on), kind: "source", value: keyOf(on).source });

  const panelKey = (key) => {
    const button = $(`#bar [data-key="${CSS.escape(key)}"]`);
    return button && (() => button.click());
  };

  document.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (key === "Escape" && target.closest(".note-form")) {
      target.closest(".note-form").hidden = true;
      target.closest(".card").focus();
    }
    if (writing(target)) return;
    const arrow = key === "ArrowUp" || key === "ArrowDown";
    const on = card();
    let does;
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") does = KEYS[event.shiftKey ? "r" : "u"];
    else if (ctrlKey || metaKey) return;
    else if (arrow && !altKey) does = on && KEYS[key === "ArrowUp" ? "k" : "j"];
    else if (altKey !== arrow) return;
    else does = KEYS[key] || (on && (on.classList.contains("offer") ? ON_OFFER : ON_ITEM)[key]) || panelKey(key);
    if (!does) return;
    event.preventDefault();
    does(on);
  });

  // --- the tour, once

  let step = 0;
  const tour = (to) => {
    const dialog = $("#tour");
    const steps = $$("[data-step]", dialog);
    step = to;
    if (to > steps.length) {
      localStorage.setItem("desk-tour", "1");
      if (dialog.open) dialog.close();
      return;
    }
    steps.forEach((each, n) => { each.hidden = n + 1 !== to; });
    const next = $("[data-next]", dialog);
    next.textContent = to === steps.length ? next.dataset.last : next.dataset.more;
    if (!dialog.open) dialog.showModal();
    next.focus();
  };
  $("#tour").addEventListener("close", () => localStorage.setItem("desk-tour", "1"));

  document.addEventListener("htmx:after:swap", refresh);
  shown = state();
  check().then(prepare);
  refresh();
  if (!localStorage.getItem("desk-tour")) tour(1);
})();
