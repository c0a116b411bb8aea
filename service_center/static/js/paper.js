// The proof page: a suggestion fills the form at one tap, its box on the picture does the same, and boxes are drawn to hide.
const WHOLE = 1000;
const SMALLEST = 8;
const SVG = "http://www.w3.org/2000/svg";

function fill(button) {
  const taken = new URLSearchParams(button.value);
  const places = new Map();
  for (const name of new Set(taken.keys())) {
    const fields = document.querySelectorAll(`#proof [name="${CSS.escape(name)}"]`);
    if (fields.length < taken.getAll(name).length) return false; // a row that is not there yet: the server shows it
    places.set(name, fields);
  }
  for (const [name, fields] of places) {
    taken.getAll(name).forEach((value, place) => {
      fields[place].value = value;
    });
  }
  for (const other of document.querySelectorAll("button.take")) {
    const same = [...new URLSearchParams(other.value).keys()][0] === [...taken.keys()][0];
    if (same) other.setAttribute("aria-pressed", String(other === button));
  }
  return true;
}

function spot(svg, event) {
  const frame = svg.getBoundingClientRect();
  const within = (value) => Math.round(Math.min(Math.max(value, 0), 1) * WHOLE);
  return [within((event.clientX - frame.left) / frame.width), within((event.clientY - frame.top) / frame.height)];
}

function drawn(svg, from, to) {
  const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  return [x, y, Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
}

function show(svg, rect, box) {
  const { width, height } = svg.viewBox.baseVal;
  const sizes = [width, height, width, height];
  ["x", "y", "width", "height"].forEach((name, place) => rect.setAttribute(name, (box[place] * sizes[place]) / WHOLE));
}

function keep(list, rect, box) {
  const label = document.createElement("label");
  label.className = "tick";
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "box", value: box.join(","), checked: true });
  const words = document.createElement("span");
  words.textContent = list.dataset.word;
  label.append(tick, words);
  list.append(label);
  tick.addEventListener("change", () => rect.classList.toggle("is-off", !tick.checked));
}

function draw(paper) {
  const svg = paper.querySelector("svg.overlay");
  const hide = paper.querySelector("details.hide");
  const list = paper.querySelector("[data-boxes]");
  hide.addEventListener("toggle", () => svg.classList.toggle("is-drawing", hide.open));
  svg.classList.toggle("is-drawing", hide.open);
  svg.addEventListener("pointerdown", (event) => {
    if (!hide.open) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    const from = spot(svg, event);
    const rect = svg.appendChild(document.createElementNS(SVG, "rect"));
    rect.setAttribute("class", "o-mask");
    let box = [...from, 0, 0];
    const move = (to) => show(svg, rect, (box = drawn(svg, from, spot(svg, to))));
    svg.addEventListener("pointermove", move);
    const end = () => {
      svg.removeEventListener("pointermove", move);
      if (box[2] < SMALLEST || box[3] < SMALLEST) rect.remove();
      else keep(list, rect, box);
    };
    svg.addEventListener("pointerup", end, { once: true });
  });
  for (const group of svg.querySelectorAll("g[data-place]")) {
    group.addEventListener("click", () => {
      if (!hide.open) paper.querySelector(`button.take[data-place="${group.dataset.place}"]`)?.click();
    });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.take");
  if (button && fill(button)) event.preventDefault();
});
for (const paper of document.querySelectorAll("[data-paper]")) draw(paper);
