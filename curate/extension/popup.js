import { compare, isEmpty, read } from "./compare.js";
import { talkToEditor } from "./editor.js";

const PAGE = "https://mp.weixin.qq.com/*";
const $ = (id) => document.getElementById(id);
const say = (key, ...values) => chrome.i18n.getMessage(key, values.map(String));

let html = "";
let before = "";
let tab;

// As the copy page wrote it: a browser that cleans what it reads would drop styles.
async function readClipboard() {
  for (const item of await navigator.clipboard.read({ unsanitized: ["text/html"] })) {
    if (item.types.includes("text/html")) {
      const text = await (await item.getType("text/html")).text();
      return text.match(/<!--StartFragment-->([\s\S]*)<!--EndFragment-->/)?.[1] ?? text;
    }
  }
  return "";
}

async function findTab() {
  const tabs = await chrome.tabs.query({ url: PAGE });
  return tabs.find((each) => each.active) ?? tabs.sort((a, b) => b.lastAccessed - a.lastAccessed)[0];
}

async function ask(request) {
  const target = { tabId: tab.id };
  const [{ result }] = await chrome.scripting.executeScript({
    target, world: "MAIN", func: talkToEditor, args: [request],
  });
  return result;
}

function explain(answer) {
  $("editor").textContent = say(answer.problem, answer.detail ?? "");
}

async function look() {
  html = await readClipboard().catch(() => "");
  const sent = read(html);
  if (!sent.text) return void ($("clipboard").textContent = say("nothingCopied"));
  $("clipboard").textContent = say("copied", sent.text.length, sent.pictures);
  tab = await findTab();
  if (!tab) return explain({ problem: "noEditor" });
  const answer = await ask({});
  if (answer.problem) return explain(answer);
  before = answer.content;
  const button = isEmpty(before) ? $("put") : $("overwrite");
  $("editor").textContent = isEmpty(before) ? say("empty") : say("filled", read(before).text.length);
  button.textContent = say(button.id);
  button.hidden = false;
  button.focus();
}

async function put(button) {
  button.disabled = true;
  const answer = await ask({ content: html, expected: before });
  if (answer.problem) return explain(answer);
  const found = compare(html, answer.content);
  $("result").textContent = found.same
    ? say("done", found.characters, found.pictures)
    : say("lost", found.missing.length, found.lostPictures);
  $("missing").replaceChildren(
    ...found.missing.slice(0, 20).map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
  document.body.dataset.result = found.same ? "same" : "lost";
}

for (const id of ["put", "overwrite"]) $(id).addEventListener("click", (event) => put(event.currentTarget));
look().finally(() => (document.body.dataset.ready = "true"));
