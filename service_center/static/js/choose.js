// A list with boxes: the row shows that it is chosen, the bar counts, the first box chooses all.
function choose(table) {
  const bar = document.querySelector(".bulk");
  const all = table.querySelector("thead input[type=checkbox]");
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr").classList.toggle("is-selected", box.checked);
    if (all) all.checked = chosen > 0 && chosen === boxes.length;
    if (all) all.indeterminate = chosen > 0 && chosen < boxes.length;
    bar?.classList.toggle("is-on", chosen > 0);
    for (const count of bar?.querySelectorAll("[data-count]") ?? []) count.textContent = String(chosen);
  };
  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  table.addEventListener("change", show);
  show();
}

for (const table of document.querySelectorAll("table[data-choose]")) choose(table);
