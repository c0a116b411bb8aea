// Keys press what carries data-key; Ctrl+Enter submits; a form goes out once.
import { isText, keyed, press } from "./keys.js";

const AGAIN_MS = 4000;

function onKey(event, page) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = page.querySelector("form[data-main]") ?? event.target.closest("form");
    if (form) event.preventDefault();
    form?.requestSubmit();
    return;
  }
  const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
  // Where there is a scan field, keys go through it: a scanned code may begin with any of them.
  if (!plain || isText(event.target) || page.querySelector("[data-scan]")) return;
  const target = keyed(event.key);
  if (!target) return;
  event.preventDefault();
  press(target);
}

export function start(page) {
  page.addEventListener("keydown", (event) => onKey(event, page));
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    else if (form.method === "post") {
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, AGAIN_MS); // an answer that is a file leaves the page standing
    }
  });
  // The browser's back button shows the page as it was left: its forms may go out again.
  window.addEventListener("pageshow", () => page.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
}
