// A button that prints the page.
export function start(page) {
  for (const button of page.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
}
