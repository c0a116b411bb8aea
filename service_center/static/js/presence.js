// Says every few seconds that this ticket's page is open, and shows who else has it open. It is no act of a person.
const EVERY_MS = 20000;

function follow(place) {
  const token = document.querySelector("input[name=csrf_token]")?.value ?? "";
  const say = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.company, {
        method: "POST", body: new URLSearchParams({ csrf_token: token }), headers: { Accept: "text/html", "X-Here": "1" },
      });
      if (!answer.ok || answer.redirected) return;
      const words = await answer.text();
      if (words.trim() !== place.innerHTML.trim()) place.innerHTML = words;
    } catch {
      // Offline: the page keeps what it knew last.
    }
  };
  say();
  setInterval(say, EVERY_MS);
  document.addEventListener("visibilitychange", say);
}

for (const place of document.querySelectorAll("[data-company]")) follow(place);
