// The real ProseMirror with a schema after the platform's: sections hold blocks, styles stay on every element,
// text lies in spans. Its own schema is not public; RULES names what it keeps.
import { DOMParser, Schema } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

const kept = (...names) => ({
  attrs: Object.fromEntries(names.map((name) => [name, { default: null }])),
  read: (element) => Object.fromEntries(names.map((name) => [name, element.getAttribute(name)])),
  write: ({ attrs }) => Object.fromEntries(names.filter((n) => attrs[n] !== null).map((n) => [n, attrs[n]])),
});

const node = (tag, content, extra = {}, names = ["style"]) => {
  const { attrs, read, write } = kept(...names);
  return { content, attrs, parseDOM: [{ tag, getAttrs: read }], toDOM: (made) => [tag, write(made), 0], ...extra };
};

const mark = (tag, names = ["style"]) => {
  const { attrs, read, write } = kept(...names);
  // Spans lie in spans, so a mark does not exclude its own kind.
  return { attrs, excludes: "", parseDOM: [{ tag, getAttrs: read }], toDOM: (made) => [tag, write(made), 0] };
};

const picture = kept("src", "alt", "style", "data-w", "data-ratio");

const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: node("p", "inline*", { group: "block" }),
    section: node("section", "block+", { group: "block", defining: true }),
    table: node("table", "tbody+", { group: "block" }),
    tbody: node("tbody", "tr+"),
    tr: node("tr", "td+"),
    td: node("td", "block+", {}, ["style", "colspan", "rowspan", "width", "align", "valign"]),
    text: { group: "inline" },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    image: {
      inline: true, group: "inline", attrs: picture.attrs,
      parseDOM: [{ tag: "img[src]", getAttrs: picture.read }], toDOM: (made) => ["img", picture.write(made)],
    },
  },
  marks: { strong: mark("strong"), sup: mark("sup"), span: mark("span", ["style", "leaf"]), link: mark("a", ["href"]) },
});

const view = new EditorView(document.getElementById("editor"), { state: EditorState.create({ schema }) });

window.frame = window;
window.content = () => view.dom;
window.start = () => {
  view.updateState(EditorState.create({ schema }));
  view.focus();
};
window.setDocument = (element) => {
  view.updateState(EditorState.create({ schema, doc: DOMParser.fromSchema(schema).parse(element) }));
};
window.reference = async (html) => {
  const made = document.createElement("div");
  made.className = "ProseMirror";
  made.innerHTML = html;
  document.body.append(made);
  return made;
};
window.isReady = true;
