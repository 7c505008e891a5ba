/** In the synthesis table, a job that stands in several cells is marked in all of them while it is pointed at. */

/** Mark the links to the same thing within *table*. */
export function enhance(table) {
  const links = [...table.querySelectorAll("a[data-thing]")];
  const mark = (thing) => {
    const same = thing ? links.filter((link) => link.dataset.thing === thing) : [];
    for (const link of links) link.classList.toggle("same", same.length > 1 && same.includes(link));
  };
  for (const kind of ["pointerover", "focusin"]) {
    table.addEventListener(kind, (event) => mark(event.target.closest?.("a[data-thing]")?.dataset.thing));
  }
  for (const kind of ["pointerleave", "focusout"]) table.addEventListener(kind, () => mark(null));
}
