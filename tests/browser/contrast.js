// The least contrast (WCAG 2) of any text in `root` with what is painted behind it, and the text.
(root, paper) => {
  const view = root.ownerDocument.defaultView;
  const read = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => {
    const mix = (x, y) => x * top.a + y * (1 - top.a);
    return { r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b), a: 1 };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    const stack = [];
    for (let at = element; at; at = at.parentElement) stack.push(read(view.getComputedStyle(at).backgroundColor));
    return stack.reduceRight((below, top) => over(top, below), read(paper));
  };
  let worst = { contrast: 99, text: "" };
  let texts = 0;
  const walker = root.ownerDocument.createTreeWalker(root, 4);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || /^(SCRIPT|STYLE)$/.test(parent.tagName)) continue;
    texts += 1;
    const ground = behind(parent);
    const [x, y] = [luminance(over(read(view.getComputedStyle(parent).color), ground)), luminance(ground)];
    const contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    if (contrast < worst.contrast) worst = { contrast, text: text.slice(0, 40) };
  }
  return { ...worst, texts };
}
