// Which elements are being written in, and pressing what carries a key.
const WRITTEN = new Set(["text", "search", "email", "tel", "url", "number", "password", "date", "time", "month"]);

export function isText(element) {
  if (element.tagName === "INPUT") return WRITTEN.has(element.type);
  return element.tagName === "TEXTAREA" || element.tagName === "SELECT" || element.isContentEditable;
}

export function keyed(key) {
  return document.querySelector(`[data-key="${CSS.escape(key.toUpperCase())}"]`);
}

export function press(target) {
  target.focus();
  target.click();
  target.closest("details[open]")?.querySelector("textarea")?.focus();
}
