// Shows what was photographed before it is sent, drawn on a canvas: no address, nothing for the policy to allow.
const SIDE = 128;

function size(bytes) {
  const unit = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const figure = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: unit[0], maximumFractionDigits: 1 });
  return figure.format(bytes / unit[1]);
}

async function draw(file) {
  const picture = await createImageBitmap(file);
  const scale = SIDE / Math.max(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

function line(file, field) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const name = document.createElement("b");
  const weight = document.createElement("span");
  const most = Number(field.dataset.maxBytes);
  const tooBig = most > 0 && file.size > most;
  name.textContent = file.name;
  weight.textContent = tooBig ? `${field.dataset.tooBig}: ${size(file.size)} > ${size(most)}` : size(file.size);
  weight.className = tooBig ? "bad" : "small muted num";
  words.append(name, weight);
  item.append(document.createElement("span"), words);
  // A format that the browser cannot show (HEIC, PDF) keeps its name and size.
  if (file.type.startsWith("image/")) draw(file).then((canvas) => item.firstChild.append(canvas)).catch(() => {});
  return item;
}

export function start(page) {
  for (const field of page.querySelectorAll("[data-preview]")) {
    const input = field.querySelector("input[type=file]");
    const list = field.querySelector(".previews");
    input.addEventListener("change", () => list.replaceChildren(...[...input.files].map((file) => line(file, field))));
  }
}
