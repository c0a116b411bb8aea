// Keys press what carries data-key. Where there is a scan field it owns the keyboard, unless a text field has the
// focus: a scanner types fast and ends with Enter or Tab, so a burst is a scan wherever it lands, a lone character is
// a key, and slow typing is left alone. While a scan is on its way to the server the next ones wait in line.
const LONE_MS = 450;
const GAP_MS = 35; // the median between two keys of a scanner
const SHORTEST = 2; // a digit's card is *7
const BURST_MS = 400; // after such a pause another burst begins
const LINE = "scans";
const HALF = "scan-begun";
const WRITTEN = new Set(["text", "search", "email", "tel", "url", "number", "password", "date", "time", "month"]);
const field = document.querySelector("[data-scan]");
let sent = false; // the page is on its way out

function isText(element) {
  if (element.tagName === "INPUT") return WRITTEN.has(element.type);
  return element.tagName === "TEXTAREA" || element.isContentEditable;
}

function keyed(key) {
  return document.querySelector(`[data-key="${CSS.escape(key.toUpperCase())}"]`);
}

function press(target) {
  target.focus();
  target.click();
  target.closest("details[open]")?.querySelector("textarea")?.focus();
}

// --- the line of scans -------------------------------------------------------------------------------------------

const waiting = () => JSON.parse(sessionStorage.getItem(LINE) || "[]");
const keep = (scans) => sessionStorage.setItem(LINE, JSON.stringify(scans));

function send(text) {
  if (sent) {
    keep([...waiting(), text]);
    document.dispatchEvent(new Event("scans"));
    return;
  }
  if (atHand(text)) {
    if (!sent) sendNext();
    return;
  }
  sent = true;
  field.value = text;
  field.form.requestSubmit();
}

function sendNext() {
  const [first, ...others] = waiting();
  keep(others);
  if (first) send(first);
}

// --- a card that the page itself understands: it presses, marks or fills there, and nothing typed is lost -----------

const tidy = (words) => words.trim().replace(/\s+/g, " ");
const legend = (target) => tidy(target.closest("fieldset")?.querySelector("legend")?.textContent ?? "");

function said(targets) {
  const target = targets[0];
  const words = tidy((target.labels?.[0] ?? target).textContent);
  if (target.dataset.cardFill) return `${words}: ${target.value}`;
  if (target.type === "radio") return `${targets.map(legend).join(", ")}: ${words}`;
  return target.type === "checkbox" ? `${words} ${target.checked ? "✓" : "✗"}` : words;
}

function atHand(text) {
  const card = text.trim().replace(/^[(]/, "*").replaceAll("'", "-").toUpperCase();
  if (!card.startsWith("*")) return false;
  const meant = [...document.querySelectorAll(`[data-card~="${CSS.escape(card)}"]`)].filter((each) => !each.disabled);
  meant.push(...[...document.querySelectorAll("[data-card-fill]")].filter((each) => card.startsWith(each.dataset.cardFill)));
  for (const target of meant) {
    if (target.dataset.cardFill) {
      target.value = card.slice(target.dataset.cardFill.length);
      target.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      sent ||= target.matches("[type=submit], a[href]") && !target.closest("[data-stays]");
      target.click();
      if (target.type === "radio" || target.type === "checkbox") target.parentElement.scrollIntoView({ block: "nearest" });
    }
  }
  if (meant.length) [field.value, field.placeholder] = ["", said(meant)];
  return meant.length > 0;
}

// --- a burst of keys ---------------------------------------------------------------------------------------------

let keys = "";
let times = [];
let list = null; // a list that has the focus turns to what is typed: a scan turns it back

function begin() {
  [keys, times, list] = ["", [], null];
}

function isFast() {
  const gaps = times.slice(1).map((time, place) => time - times[place]).sort((one, other) => one - other);
  return keys.length >= SHORTEST && gaps.length > 0 && gaps[Math.floor(gaps.length / 2)] <= GAP_MS;
}

function isScan() {
  return isFast() && (keys.length >= 4 || /^[*(]/.test(keys));
}

function collect(event) {
  if (times.length && event.timeStamp - times.at(-1) > BURST_MS) begin();
  if (!keys && event.target.tagName === "SELECT") list = [event.target, event.target.selectedIndex];
  keys += event.key;
  times.push(event.timeStamp);
}

function ended(event) {
  if (event.key !== "Enter" && event.key !== "Tab") return false;
  const text = keys;
  const scan = isScan();
  if (scan && list) list[0].selectedIndex = list[1];
  begin();
  if (!scan) return false;
  event.preventDefault();
  event.stopPropagation();
  send(text);
  return true;
}

function onScannerKey(event) {
  if (event.target !== field && isText(event.target)) {
    begin();
    return;
  }
  if (ended(event)) return;
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !(event.altKey && !event.getModifierState("AltGraph"));
  if (!plain || (event.key === " " && !keys)) return;
  collect(event);
  if (sent) event.preventDefault(); // it belongs to the next scan, not to the one in the field
  else if (event.target !== field && event.target.tagName !== "SELECT") field.focus({ preventScroll: true });
}

function own() {
  let byHand = false; // who taps into the field is going to type a code: then digits are digits
  let alone = 0;
  const lone = () => (field.value.trim().length === 1 ? keyed(field.value.trim()) : null);
  const take = (target) => {
    field.value = "";
    press(target);
  };
  field.addEventListener("pointerdown", () => (byHand = true));
  field.addEventListener("blur", () => (byHand = false));
  field.addEventListener("input", () => {
    clearTimeout(alone);
    if (byHand || !lone()) return;
    alone = setTimeout(() => lone() && take(lone()), LONE_MS);
  });
  field.form.addEventListener("submit", (event) => {
    clearTimeout(alone);
    if (atHand(field.value)) return event.preventDefault();
    if (field.value.trim() && !lone()) {
      sent = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (lone()) take(lone());
  });
  document.addEventListener("keydown", onScannerKey, true);
  // What was begun on the page before goes on here; a page that comes back from the history is free again.
  [keys, times] = JSON.parse(sessionStorage.getItem(HALF) || '["", 0]').map((part, place) => (place ? Array(part).fill(performance.now()) : part));
  sessionStorage.removeItem(HALF);
  window.addEventListener("pagehide", () => sent && keys && sessionStorage.setItem(HALF, JSON.stringify([keys, keys.length])));
  window.addEventListener("pageshow", (event) => event.persisted && (sent = false));
  window.addEventListener("load", () => document.querySelector(".error-summary")?.focus());
  if ("BarcodeDetector" in window && navigator.mediaDevices) offerCamera();
  sendNext();
}

// --- the telephone's camera --------------------------------------------------------------------------------------

function offerCamera() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet camera";
  button.textContent = "📷";
  button.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  button.addEventListener("click", () => look(button));
  field.after(button);
}

async function look(button) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (!stream) return;
  const view = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
  view.className = "camera-view";
  button.form.after(view);
  const stop = () => {
    stream.getTracks().forEach((track) => track.stop());
    view.remove();
  };
  view.addEventListener("click", stop);
  await view.play();
  const detector = new BarcodeDetector();
  while (view.isConnected) {
    const [found] = await detector.detect(view).catch(() => []);
    if (found) {
      stop();
      send(found.rawValue);
    }
    await new Promise((done) => setTimeout(done, 120));
  }
}

function onKey(event) {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || isText(event.target) || event.target.tagName === "SELECT" || event.repeat) return;
  const target = keyed(event.key);
  if (!target) return;
  event.preventDefault();
  press(target);
}

if (field) own();
else document.addEventListener("keydown", onKey, true);
