// Shows what was photographed before it is sent, drawn on a canvas, with its weight.
const SIDE = 128;

function weight(bytes) {
  const [unit, one] = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / one);
}

async function draw(file, place) {
  const picture = await createImageBitmap(file);
  const scale = SIDE / Math.max(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  place.append(canvas);
}

function line(file, rules) {
  const item = document.createElement("li");
  const [place, words, name, size] = ["span", "span", "b", "span"].map((tag) => document.createElement(tag));
  const most = Number(rules.maxBytes);
  const tooBig = most > 0 && file.size > most;
  name.textContent = file.name;
  size.textContent = tooBig ? `${rules.tooBig}: ${weight(file.size)} > ${weight(most)}` : weight(file.size);
  size.className = tooBig ? "bad" : "small muted num";
  words.append(name, size);
  item.append(place, words);
  // A format that the browser cannot draw (HEIC, PDF) keeps its name and weight.
  if (file.type.startsWith("image/")) draw(file, place).catch(() => {});
  return item;
}

for (const field of document.querySelectorAll("[data-preview]")) {
  const input = field.querySelector("input[type=file]");
  const list = field.querySelector(".previews");
  input.addEventListener("change", () => list.replaceChildren(...[...input.files].map((file) => line(file, field.dataset))));
}
