// The bag's label opens the print dialog once, by itself, when the page says so; a browser may have it switched off.
// Where the browser prints in silence (kiosk printing) nothing is to be pressed at all. What could not be drawn is said.
const OFF = "labels-by-hand";
const DONE = "labels-opened";
const label = document.querySelector("[data-label]");
const memory = (store) => {
  try {
    store.getItem(OFF);
    return store;
  } catch {
    return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  }
};
const kept = memory(localStorage);
const here = memory(sessionStorage);

function say(name) {
  for (const words of document.querySelectorAll("[data-label-said]")) words.hidden = words.dataset.labelSaid !== name;
}

async function print() {
  const picture = label.querySelector("img");
  try {
    await picture.decode();
  } catch {
    say("failed");
    return;
  }
  here.setItem(DONE, `${here.getItem(DONE) ?? ""} ${label.dataset.label}`.slice(-2000));
  say("opened");
  window.print();
}

const choice = document.querySelector("[data-label-choice]");
if (choice) {
  choice.checked = kept.getItem(OFF) === null;
  choice.addEventListener("change", () => (choice.checked ? kept.removeItem(OFF) : kept.setItem(OFF, "yes")));
}
if (label) {
  document.querySelector("[data-label-print]")?.addEventListener("click", print);
  const once = !(here.getItem(DONE) ?? "").split(" ").includes(label.dataset.label);
  if (label.dataset.labelNow !== undefined && once && kept.getItem(OFF) === null) window.addEventListener("load", () => setTimeout(print, 50));
}
