// At a shared bench half-written words stay each person's own: kept by person and page, put back when the same person
// comes again, forgotten when they were sent. A form that met a locked bench was not sent: its words are kept, too.
const { person, restored } = document.body.dataset;
const LONGEST_MS = 3 * 24 * 3600 * 1000;
const PREFIX = "draft:";
const SENT = "draft-sent:";
const place = `${person}:${location.pathname}`;
const fields = () => [...document.querySelectorAll("main textarea, main input[type=text], main input:not([type])")].filter((each) => each.name && !("scan" in each.dataset));

function named(field) {
  const own = [...(field.form?.elements ?? [])].filter((each) => each.name === field.name).indexOf(field);
  return [field.form?.getAttribute("action") ?? "", field.name, own].join("|");
}

function keep() {
  const begun = fields().filter((each) => each.value.trim() && each.value !== each.defaultValue);
  const words = Object.fromEntries(begun.map((each) => [named(each), each.value]));
  if (begun.length) localStorage.setItem(PREFIX + place, JSON.stringify({ at: Date.now(), words }));
  else localStorage.removeItem(PREFIX + place);
}

function putBack() {
  const kept = JSON.parse(localStorage.getItem(PREFIX + place) || "null");
  const open = fields().filter((each) => kept?.words[named(each)] && each.value === each.defaultValue && each.value !== kept.words[named(each)]);
  for (const field of open) {
    field.value = kept.words[named(field)];
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
      if (!person || key.startsWith(`${SENT}${person}:`)) localStorage.removeItem(key);
    } else if (key.startsWith(PREFIX) && Date.now() - JSON.parse(localStorage.getItem(key)).at > LONGEST_MS) {
      localStorage.removeItem(key);
    }
  }
}

function send(event) {
  if (event.target.matches("[data-pin], [role=search]")) return;
  keep();
  const words = localStorage.getItem(PREFIX + place);
  if (!words) return;
  localStorage.setItem(SENT + place, words);
  localStorage.removeItem(PREFIX + place);
}

if (person !== undefined) settle();
if (person) {
  putBack();
  document.addEventListener("input", (event) => event.target.closest?.("main") && keep());
  document.addEventListener("submit", send);
  document.addEventListener("bench-locks", keep);
}
