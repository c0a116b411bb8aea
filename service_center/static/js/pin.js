// The PIN of a badge: typed, tapped on the keypad, or scanned as cards of digits (*1 … *ENTER, *UNDO). Another badge that
// is scanned meanwhile goes to the server as it is.
const form = document.querySelector("form[data-pin]");
const field = form?.querySelector("input[name=pin]");
const CARD = /^(.*?)[*(]([0-9]|ENTER|UNDO)$/i;

function scanned() {
  const card = CARD.exec(field.value);
  if (!card) return false;
  const [, before, sign] = card;
  field.value = /^[0-9]$/.test(sign) ? before + sign : before;
  if (sign.toUpperCase() === "UNDO") field.value = before.slice(0, -1);
  if (sign.toUpperCase() === "ENTER") form.submit();
  return true;
}

function tapped(digit) {
  field.value = digit ? field.value + digit : field.value.slice(0, -1);
  field.focus({ preventScroll: true });
}

if (form) {
  field.inputMode = "none"; // the keypad is on the page
  form.addEventListener("submit", (event) => scanned() && event.preventDefault());
  for (const key of form.querySelectorAll("[data-digit]")) key.addEventListener("click", () => tapped(key.dataset.digit));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && /[*(]/.test(field.value)) {
      event.preventDefault(); // a scanner that ends with Tab
      form.requestSubmit();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && document.activeElement !== field) {
      field.focus({ preventScroll: true });
    } else if (event.key === "Enter" && document.activeElement !== field && !document.activeElement?.closest("a")) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
