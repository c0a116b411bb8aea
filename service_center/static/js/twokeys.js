// A finding in two keys: F lays its components out under a letter each, then its causes; the verdict follows, Enter notes it.
const LETTERS = "ABCDEGHIJKLMOPQRSTUVWXYZ"; // F begins anew, N is the next ticket
const button = document.querySelector("[data-two-keys]");
const form = button?.form;

function options(list) {
  return [...list.options].filter((option) => option.value && !option.disabled);
}

function lay(list, chosen) {
  form.querySelector(".letters")?.remove();
  const pad = document.createElement("div");
  pad.className = "letters";
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", list.labels[0].textContent.trim());
  options(list).forEach((option, place) => {
    const letter = LETTERS[place] ?? "";
    const each = Object.assign(document.createElement("button"), { type: "button", className: "btn small" });
    const key = Object.assign(document.createElement("span"), { className: "key", textContent: letter });
    key.setAttribute("aria-hidden", "true");
    each.append(key, option.textContent.trim());
    if (letter) each.dataset.key = letter;
    each.addEventListener("click", () => {
      list.value = option.value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      pad.remove();
      chosen();
    });
    pad.append(each);
  });
  button.after(pad);
  pad.scrollIntoView({ block: "nearest" });
}

function begin() {
  const { component, cause } = form.elements;
  button.closest("details").open = true;
  lay(component, () => lay(cause, () => form.querySelector("button.primary").focus()));
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", begin);
}
