// What was sent beside what the editor has afterwards: text and number of pictures. Parsed without loading anything.
const BLOCKS = "p, section, h1, h2, h3, h4, li, td, th, blockquote, pre";

const squeeze = (text) => text.replace(/[\s\u200b\ufeff\u00a0]+/g, "");

export function read(html) {
  // Without styles: they do not count here, and the extension's own policy would complain of each.
  const bare = html.replace(/\sstyle="[^"]*"/g, "");
  const body = new DOMParser().parseFromString(bare, "text/html").body;
  for (const element of body.querySelectorAll("script, style, template, title, meta")) element.remove();
  const leaves = [...body.querySelectorAll(BLOCKS)].filter((element) => !element.querySelector(BLOCKS));
  return {
    text: squeeze(body.textContent),
    lines: leaves.map((element) => element.textContent.trim()).filter((line) => squeeze(line)),
    pictures: body.querySelectorAll("img[src], img[data-src]").length,
  };
}

export const isEmpty = (html) => {
  const found = read(html);
  return !found.text && !found.pictures;
};

// The lines that are gone, and how many pictures; `same` where nothing is.
export function compare(sent, got) {
  const [before, after] = [read(sent), read(got)];
  const missing = before.lines.filter((line) => !after.text.includes(squeeze(line)));
  const pictures = before.pictures - after.pictures;
  return {
    characters: before.text.length,
    pictures: before.pictures,
    missing,
    lostPictures: Math.max(pictures, 0),
    same: before.text === after.text && pictures === 0,
  };
}
