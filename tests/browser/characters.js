// Every character that is seen in `root`, with what it looks like: runs of [text, {property: value}].
(root) => {
  const view = root.ownerDocument.defaultView;
  const seen = [];
  const walker = root.ownerDocument.createTreeWalker(root, 4);
  const opaque = (element) => {
    for (let at = element; at && at !== root.parentElement; at = at.parentElement) {
      const ground = view.getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$|^transparent$/.test(ground)) return ground;
    }
    return "none";
  };
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/[\s\u200b\ufeff]+/g, "");
    const parent = walker.currentNode.parentElement;
    if (!text || /^(SCRIPT|STYLE)$/.test(parent.tagName)) continue;
    const style = view.getComputedStyle(parent);
    seen.push([text, {
      color: style.color, size: style.fontSize, weight: style.fontWeight, align: style.textAlign,
      style: style.fontStyle, line: style.lineHeight, ground: opaque(parent),
    }]);
  }
  const images = [...root.querySelectorAll("img[src]")].map((image) => ({
    src: image.getAttribute("src"), ratio: image.getAttribute("data-ratio"), w: image.getAttribute("data-w"),
    width: view.getComputedStyle(image).width,
  }));
  return { seen, images };
}
