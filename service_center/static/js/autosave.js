// Keeps a half-filled form on the server; "saved" is said only in the server's own words, after it answered.
const PAUSE_MS = 1200;

export function start(page) {
  for (const form of page.querySelectorAll("form[data-autosave]")) {
    const said = form.querySelector("[data-saved]");
    let waiting = 0;
    const save = async () => {
      const words = new FormData(form);
      for (const [name, value] of [...words]) if (value instanceof File) words.delete(name);
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: words, headers: { Accept: "text/plain" } });
        if (said) said.textContent = answer.ok ? await answer.text() : said.dataset.unsaved ?? "";
      } catch {
        if (said) said.textContent = said.dataset.unsaved ?? "";
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(save, PAUSE_MS);
    });
    form.addEventListener("submit", () => clearTimeout(waiting));
  }
}
