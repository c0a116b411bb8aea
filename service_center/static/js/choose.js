// A list with boxes: the row shows that it is chosen, the bar counts, the first box chooses all.
export function start(page) {
  for (const table of page.querySelectorAll("table[data-choose]")) {
    const bar = page.querySelector(".bulk");
    const all = table.querySelector("thead input[type=checkbox]");
    const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
    const show = () => {
      const chosen = boxes.filter((box) => box.checked);
      for (const box of boxes) box.closest("tr").classList.toggle("is-selected", box.checked);
      if (all) {
        all.checked = boxes.length > 0 && chosen.length === boxes.length;
        all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
      }
      if (bar) {
        bar.classList.toggle("is-on", chosen.length > 0);
        for (const count of bar.querySelectorAll("[data-count]")) count.textContent = String(chosen.length);
      }
    };
    all?.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
    table.addEventListener("change", show);
    show();
  }
}
