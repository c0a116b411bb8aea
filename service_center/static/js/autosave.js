// Keeps a half-filled form on the server; "saved" is said only in the server's own words, after it answered.
const PAUSE_MS = 1200;

async function save(form, said) {
  const words = new FormData(form);
  for (const [name, value] of [...words]) if (value instanceof File) words.delete(name);
  let sentence = said?.dataset.unsaved ?? "";
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: words, headers: { Accept: "text/plain", "X-Live": "1" } });
    if (answer.ok && !answer.redirected) sentence = await answer.text();
  } catch {
    // Offline: the sentence stays "not saved".
  }
  if (said) said.textContent = sentence;
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-saved]");
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => save(form, said), PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
