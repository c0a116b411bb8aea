// Keys press what carries data-key. Where there is a scan field it owns the keyboard, unless a text field has the
// focus: a scanner types fast, so a lone character is a key and the beginning of a code is not.
const LONE_MS = 450;
const WRITTEN = new Set(["text", "search", "email", "tel", "url", "number", "password", "date", "time", "month"]);
const field = document.querySelector("[data-scan]");

function isText(element) {
  if (element.tagName === "INPUT") return WRITTEN.has(element.type);
  return element.tagName === "TEXTAREA" || element.tagName === "SELECT" || element.isContentEditable;
}

function keyed(key) {
  return document.querySelector(`[data-key="${CSS.escape(key.toUpperCase())}"]`);
}

function press(target) {
  target.focus();
  target.click();
  target.closest("details[open]")?.querySelector("textarea")?.focus();
}

function onKey(event) {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || isText(event.target)) return;
  if (field) {
    field.focus({ preventScroll: true });
    return;
  }
  const target = event.repeat ? null : keyed(event.key);
  if (!target) return;
  event.preventDefault();
  press(target);
}

function own() {
  let byHand = false; // who taps into the field is going to type a code: then digits are digits
  let waiting = 0;
  const lone = () => (field.value.trim().length === 1 ? keyed(field.value.trim()) : null);
  const take = (target) => {
    field.value = "";
    press(target);
  };
  field.addEventListener("pointerdown", () => (byHand = true));
  field.addEventListener("blur", () => (byHand = false));
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (byHand || !lone()) return;
    waiting = setTimeout(() => lone() && take(lone()), LONE_MS);
  });
  field.form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (field.value.trim() && !lone()) return;
    event.preventDefault();
    event.stopPropagation();
    if (lone()) take(lone());
  });
  // Both ask for the focus; what went wrong goes before the next scan.
  window.addEventListener("load", () => document.querySelector(".error-summary")?.focus());
}

document.addEventListener("keydown", onKey, true);
if (field) own();
