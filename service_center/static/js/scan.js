// The scan field owns the keyboard unless a text field has the focus. A scanner types fast; a lone character is a key.
import { isText, keyed, press } from "./keys.js";

const LONE_MS = 450;

function readKeys(field) {
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
}

export function start(page) {
  const field = page.querySelector("[data-scan]");
  if (!field) return;
  readKeys(field);
  if (!isText(page.activeElement)) field.focus({ preventScroll: true });
  const own = (event) => {
    const typing = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (typing && !isText(page.activeElement)) field.focus({ preventScroll: true });
  };
  page.addEventListener("keydown", own, true);
}
