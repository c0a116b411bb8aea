// At a shared bench half-written words stay each person's own: kept by person and field, put back when the same person
// comes again, forgotten when they were sent. A form that met a locked bench was not sent: its words are kept, too.
const { person, restored } = document.body.dataset;
const LONGEST_MS = 3 * 24 * 3600 * 1000;
const PREFIX = "draft:";
const SENT = "draft-sent:";
const WRITTEN = "main textarea, main input[type=text], main input:not([type])";
const refused = document.querySelector("main .error-summary, main .has-error, .station-head .tone-stop"); // typed, and not taken

const fields = (place = document) => [...place.querySelectorAll(WRITTEN)].filter((each) => each.form && each.name && !("scan" in each.dataset));
const isBegun = (field) => field.value.trim() && (refused || field.value !== field.defaultValue);

function named(field) {
  const to = new URL(field.form.getAttribute("action") ?? "", location.href).pathname;
  const number = [...field.form.elements].filter((each) => each.name === field.name).indexOf(field);
  return `${person}|${to}|${field.id || field.name}|${number}`;
}

function keep() {
  for (const field of fields()) {
    const key = PREFIX + named(field);
    if (isBegun(field)) localStorage.setItem(key, JSON.stringify([Date.now(), field.value]));
    else localStorage.removeItem(key);
  }
}

function putBack() {
  const kept = (field) => JSON.parse(localStorage.getItem(PREFIX + named(field)) || "[0]")[1];
  const open = fields().filter((field) => kept(field) && field.value === field.defaultValue && field.value !== kept(field));
  for (const field of open) {
    field.value = kept(field);
    field.closest("details")?.setAttribute("open", "");
  }
  if (!open.length) return;
  const said = Object.assign(document.createElement("p"), { className: "toast tone-wait", textContent: restored });
  said.setAttribute("role", "status");
  (document.querySelector(".station-head") ?? document.querySelector("main")).prepend(said);
}

// What was on its way when the bench was found locked is a draft again; when a page came, it had arrived.
function settle() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(SENT)) {
      if (!person) localStorage.setItem(PREFIX + key.slice(SENT.length), localStorage.getItem(key));
      if (!person || key.startsWith(`${SENT}${person}|`)) localStorage.removeItem(key);
    } else if (key.startsWith(PREFIX) && Date.now() - JSON.parse(localStorage.getItem(key))[0] > LONGEST_MS) {
      localStorage.removeItem(key);
    }
  }
}

function send(event) {
  keep();
  for (const key of fields(event.target).map(named)) {
    const words = localStorage.getItem(PREFIX + key);
    if (words) localStorage.setItem(SENT + key, words);
    localStorage.removeItem(PREFIX + key);
  }
}

if (person !== undefined) settle();
if (person) {
  putBack();
  document.addEventListener("input", (event) => event.target.closest?.("main") && keep());
  document.addEventListener("submit", send);
  document.addEventListener("bench-locks", keep);
}
