// The error summary takes the focus, as a screen reader expects.
export function start(page) {
  page.querySelector(".error-summary")?.focus();
}
