// Pictures that come otherwise than by a file: from the phone that was handed the camera, from a webcam at the bench,
// and on the phone itself one after the other. Without scripts a file field and a button do the same.
const EVERY_MS = 3000;
const SHOT = "image/jpeg";

// --- the bench: the phone's code, and what it sends --------------------------------------------------------------

async function hand(form) {
  const place = document.querySelector(form.dataset.phone);
  const body = new FormData(form);
  body.delete("form_number"); // each press is a code of its own
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "phone" } }).catch(() => null);
  if (!answer?.ok) {
    if (answer) form.submit();
    return;
  }
  place.innerHTML = await answer.text();
  place.scrollIntoView({ block: "nearest" });
  listen(place.querySelector("[data-arriving]"));
}

async function listen(part) {
  const ends = Date.now() + Number(part.dataset.seconds) * 1000;
  const shown = part.querySelector("[data-shown]");
  while (part.isConnected && Date.now() < ends) {
    await new Promise((done) => setTimeout(done, EVERY_MS));
    const answer = document.hidden ? null : await fetch(part.dataset.arriving, { headers: { "X-Here": "1" } }).catch(() => null);
    if (answer?.ok && part.isConnected) shown.innerHTML = await answer.text();
    if (answer && [401, 403, 404].includes(answer.status)) break;
  }
  part.querySelector("[data-over]")?.removeAttribute("hidden");
  part.querySelector("[data-code]")?.setAttribute("hidden", "");
}

for (const form of document.querySelectorAll("form[data-phone]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hand(form);
  });
}

// --- the bench: a webcam -----------------------------------------------------------------------------------------

function snap(view) {
  const canvas = Object.assign(document.createElement("canvas"), { width: view.videoWidth, height: view.videoHeight });
  canvas.getContext("2d").drawImage(view, 0, 0);
  return new Promise((done) => canvas.toBlob(done, SHOT, 0.9));
}

function put(input, picture) {
  const files = new DataTransfer();
  if (input.multiple) for (const each of input.files) files.items.add(each);
  files.items.add(new File([picture], `${input.name}-${Date.now()}.jpg`, { type: SHOT }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function film(button) {
  const inputs = [...document.querySelectorAll(button.dataset.webcam)];
  const input = inputs.find((each) => !each.files.length) ?? inputs.at(-1);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1920 }, height: { ideal: 1080 } } }).catch(() => null);
  if (!stream) {
    button.disabled = true;
    return;
  }
  const box = document.createElement("dialog");
  const view = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
  const shoot = Object.assign(document.createElement("button"), { type: "button", className: "btn primary wide", textContent: button.dataset.shoot });
  box.className = "webcam";
  box.append(view, shoot);
  document.body.append(box);
  const stop = () => {
    stream.getTracks().forEach((track) => track.stop());
    box.remove();
  };
  box.addEventListener("close", stop);
  shoot.addEventListener("click", async () => {
    put(input, await snap(view));
    box.close();
  });
  box.showModal();
  await view.play();
}

if (navigator.mediaDevices?.getUserMedia) {
  for (const button of document.querySelectorAll("[data-webcam]")) {
    button.hidden = false;
    button.addEventListener("click", () => film(button));
  }
}

// --- the phone: every photograph leaves as soon as it is taken ------------------------------------------------------

const phone = document.querySelector("form[data-camera]");
if (phone) {
  phone.querySelector("input[type=file]").addEventListener("change", (event) => {
    if (!event.target.files.length) return;
    phone.classList.add("sending");
    phone.requestSubmit();
  });
}
