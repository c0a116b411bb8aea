// What a page looks like in figures: contrast of every text, size of every target, what sticks out.
(least) => {
  const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255, 255];
  };
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) && !e.closest(".vh, .sprite, .skip");
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className} “${e.textContent.trim().slice(0, 40)}”`;

  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !seen(e)) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${name(e)}`);
  }

  const small = [];
  for (const e of document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")) {
    if (!seen(e) || e.closest("p, dd, td:not(:has(> label))") && getComputedStyle(e).display === "inline") continue;
    const box = (e.closest("label") ?? e).getBoundingClientRect();
    const wider = getComputedStyle(e, "::after"); // a sign may be smaller than its target
    const [width, height] = ["width", "height"].map((side) => Math.max(box[side], wider.position === "absolute" ? parseFloat(wider[side]) : 0));
    if (box.width > 1 && Math.min(width, height) < least - 0.5) small.push(`${Math.round(width)}×${Math.round(height)} ${name(e)}`);
  }

  return { faint, small, wide: document.documentElement.scrollWidth - innerWidth };
}
