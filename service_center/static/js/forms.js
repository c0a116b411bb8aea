// Ctrl+Enter submits; a form goes out once; a button prints.
const AGAIN_MS = 4000;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form:not([role=search])") ?? document.querySelector("form[data-main]");
  if (form) event.preventDefault();
  form?.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if (form.method === "post") {
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, AGAIN_MS); // an answer that is a file leaves the page standing
  }
});

// The browser's back button shows the page as it was left: its forms may go out again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
