// The preliminary verdict follows the form: what is typed is posted to data-live and the panel replaced.
const PAUSE_MS = 400;

function typed(form) {
  const words = new FormData(form);
  for (const [name, value] of [...words]) if (value instanceof File) words.delete(name);
  return words;
}

function follow(form, place) {
  let waiting = 0;
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const question = { method: "POST", body: typed(form), headers: { Accept: "text/html", "X-Live": "1" }, signal: asking.signal };
    try {
      const answer = await fetch(form.dataset.live, question);
      if (!answer.ok || answer.redirected) return;
      const words = await answer.text();
      const held = place.contains(document.activeElement) ? document.activeElement.id : "";
      place.innerHTML = words;
      if (held) document.getElementById(held)?.focus();
    } catch {
      // Offline, or overtaken by a newer question: the panel keeps what it said last.
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => clearTimeout(waiting));
}

for (const form of document.querySelectorAll("form[data-live]")) {
  const place = form.querySelector("[data-live-here]") ?? document.querySelector("[data-live-here]");
  if (place) follow(form, place);
}
