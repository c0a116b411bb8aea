// Copies a ticket code with one tap.
const SHOWN_MS = 2000;

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = button.querySelector("[role=status]");
    button.classList.add("is-done");
    said.textContent = button.dataset.done;
    setTimeout(() => {
      button.classList.remove("is-done");
      said.textContent = "";
    }, SHOWN_MS);
  });
}
