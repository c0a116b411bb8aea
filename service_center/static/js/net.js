// A form goes out while its page stays: without a network nothing that was typed, chosen or scanned is lost, and the
// form's own number lets it be sent again until an answer comes, and be done once. A page that comes back is asked for
// once more in the browser's own way: it was refused, so nothing was done.
const FIRST_MS = 3000;
const LONGEST_MS = 15000;
const ANSWER_MS = 20000;
const FILES_MS = 180000;
const SLOW_MS = 1500;
const STANDS_MS = 4000; // an answer that is a file leaves the page standing
const AWAY = new Set([502, 503, 504]);
const NATIVE = "[type=password], [name=pin], [data-plain]"; // what counts attempts is sent once
const LINE = "scans";
const POSTED = "posted";
const panel = document.querySelector("[data-net]");
const words = panel?.querySelector("[data-words]");
const again = panel?.querySelector("button");
const open = panel?.querySelector("a");
const root = document.documentElement;
const posted = sessionStorage.getItem(POSTED); // this page answers a form: to reload it would send that form again
sessionStorage.removeItem(POSTED);
let going = null; // the form on its way: { form, button, tries, failed }
let timer = 0;

function say(sentence, { trouble = true, to = "" } = {}) {
  if (words.textContent !== sentence) words.textContent = sentence;
  panel.classList.toggle("tone-stop", trouble);
  again.hidden = !trouble || Boolean(to);
  open.hidden = !to;
  if (to) open.href = to;
  panel.hidden = !sentence;
}

function unsaved() {
  const scans = JSON.parse(sessionStorage.getItem(LINE) || "[]").length;
  say(scans ? `${panel.dataset.unsaved} ${panel.dataset.scans} ${scans}` : panel.dataset.unsaved);
}

// --- the form's own number -----------------------------------------------------------------------------------------

function renew() {
  for (const field of document.querySelectorAll("[name=form_number]")) {
    field.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

function stays() {
  renew();
  delete root.dataset.going;
}

// --- one attempt ---------------------------------------------------------------------------------------------------

function request({ form, button }) {
  const typed = new FormData(form, button);
  const files = form.getAttribute("enctype") === "multipart/form-data";
  const chosen = files && [...typed.values()].some((value) => value instanceof File && value.size);
  return {
    url: new URL((button?.getAttribute("formaction") ?? form.getAttribute("action")) || location.href, location.href),
    options: {
      method: "POST",
      body: files ? typed : new URLSearchParams([...typed].map(([name, value]) => [name, String(value)])),
      headers: { "X-Stay": "1", Accept: "text/html" },
      signal: AbortSignal.timeout(chosen ? FILES_MS : ANSWER_MS),
    },
  };
}

async function attempt() {
  clearTimeout(timer);
  root.dataset.going = "";
  const { url, options } = request(going);
  timer = setTimeout(() => going && !going.failed && say(panel.dataset.saving, { trouble: false }), SLOW_MS);
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    answer = null;
  }
  clearTimeout(timer);
  if (!answer || AWAY.has(answer.status)) wait();
  else if (answer.headers.get("X-Location")) leave(answer.headers.get("X-Location"));
  else if (answer.headers.get("X-Done")) done(answer.headers.get("X-Done"));
  else natively();
}

function wait() {
  going.failed = true;
  going.tries += 1;
  delete root.dataset.going;
  unsaved();
  timer = setTimeout(attempt, Math.min(FIRST_MS * going.tries, LONGEST_MS));
}

function leave(to) {
  free();
  const next = new URL(to, location.href);
  const here = new URL(location.href);
  setTimeout(stays, STANDS_MS);
  if (next.pathname + next.search === here.pathname + here.search) {
    if (next.hash) history.replaceState(history.state, "", next);
    if (posted) location.replace(next.pathname + next.search);
    else location.reload();
  } else location.assign(next);
}

// The form was done before its words were changed: what was changed stays here, and what was done is one step away.
function done(to) {
  free();
  stays();
  say(panel.dataset.done, { to });
}

function natively() {
  const { form, button } = going;
  sessionStorage.setItem(POSTED, "1");
  free();
  form.dataset.native = "1";
  setTimeout(() => delete root.dataset.going, STANDS_MS);
  form.requestSubmit(button);
}

function free() {
  if (going) delete going.form.dataset.sent;
  going = null;
  clearTimeout(timer);
  say("");
}

// --- what people and the network do -------------------------------------------------------------------------------

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.native) {
    delete form.dataset.native;
    return;
  }
  if (form.target || !form.querySelector("[name=form_number]") || form.querySelector(NATIVE)) return;
  event.preventDefault();
  if (!going) {
    going = { form, button: event.submitter, tries: 0, failed: false };
    attempt();
  } else if (going.failed) {
    if (form !== going.form) delete form.dataset.sent;
    attemptNow();
  }
}

function attemptNow() {
  if (going?.failed) attempt();
}

if (panel) {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("scans", () => going?.failed && unsaved());
  again.addEventListener("click", attemptNow);
  window.addEventListener("online", attemptNow);
  window.addEventListener("beforeunload", (event) => going?.failed && event.preventDefault());
  // Who leaves all the same was warned: what waits in line belongs to this page and to no other.
  window.addEventListener("pagehide", () => going?.failed && sessionStorage.removeItem(LINE));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward") renew();
  });
}
