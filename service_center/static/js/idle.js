// A shared bench without a hand on it locks itself: the page is blanked, the session ended, and the door opened. What
// people do in one window keeps the others open; when another person signs in, pages of the one before go away.
const bench = document.body.dataset;
const ACTIVE = "bench-active";
const WHO = "bench-person";
const LOOK_MS = 2000;
const PING_MS = 45000; // typing without asking for a page keeps the session open, too
const AGAIN_MS = 5000;
let pinged = Date.now();
let gone = false;
let token = document.querySelector("[name=csrf_token]")?.value ?? "";

const active = () => localStorage.setItem(ACTIVE, String(Date.now()));
const quietFor = () => Date.now() - Number(localStorage.getItem(ACTIVE) || 0);

function blank() {
  gone = true;
  document.dispatchEvent(new Event("bench-locks")); // drafts are kept before the fields go
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true); // nobody is there to be asked
  for (const name of ["scans", "scan-begun"]) sessionStorage.removeItem(name);
  const said = document.createElement("h1");
  said.textContent = bench.locked;
  document.body.replaceChildren(said);
  document.body.classList.add("locked");
  document.title = bench.locked;
}

async function lock() {
  if (!gone) blank();
  const words = new URLSearchParams({ csrf_token: token });
  const answer = await fetch(bench.lock, { method: "POST", body: words, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") {
    location.replace(bench.door);
    return;
  }
  if (answer) token = await another();
  setTimeout(lock, AGAIN_MS); // without a network the page stays blank
}

// The page's token may be older than the session: any page has a new one.
async function another() {
  const answer = await fetch(bench.door, { headers: { "X-Here": "1" } }).catch(() => null);
  return /name="csrf_token" value="([^"]+)"/.exec((await answer?.text()) ?? "")?.[1] ?? token;
}

async function ping() {
  pinged = Date.now();
  const answer = await fetch(bench.here).catch(() => null);
  if (answer?.status === 401 && !gone) leave();
}

function leave() {
  blank();
  location.replace(bench.door);
}

function look() {
  if (gone) return;
  const quiet = quietFor();
  if (quiet >= Number(bench.idle) * 1000) lock();
  else if (quiet < PING_MS && Date.now() - pinged >= PING_MS) ping();
}

if (bench.idle) {
  localStorage.setItem(WHO, bench.person);
  window.addEventListener("storage", (event) => event.key === WHO && event.newValue !== bench.person && !gone && leave());
  window.addEventListener("pageshow", (event) => event.persisted && leave()); // never a kept page: the door knows who is in
}
if (bench.idle && bench.person) {
  active();
  for (const name of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    let last = 0;
    document.addEventListener(name, (event) => {
      if (gone || event.timeStamp - last < 1000) return;
      last = event.timeStamp;
      look(); // a hand that comes too late does not open it again
      if (!gone) active();
    }, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_MS);
}
