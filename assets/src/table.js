/** A table that sorts, filters and hides columns. It stays the table that the server wrote, with its links. */
import { compare, finder, fold } from "./folding.js";
import { make, number, say } from "./site.js";
import { readState, writeState } from "./view-state.js";

const MOST_CHOICES = 12; // a column with more values is filtered by words
const MOST_CHOOSERS = 5;

/** Return what an address names, the same in every language: `competence/biologie`, `ontology#Skill`. */
function nameOf(href) {
  const { pathname, hash } = new URL(href, location.href);
  return pathname.split("/").slice(-2).filter(Boolean).join("/") + hash;
}

/** Return what a cell says: its text without links to "why?", the number or the code behind it, where it leads. */
function readCell(cell) {
  const said = cell.cloneNode(true);
  for (const aside of said.querySelectorAll(".why, .hidden, .none, meter")) aside.remove();
  const link = cell.querySelector("a:not(.why)");
  const text = said.textContent.trim();
  const href = link?.getAttribute("href") ?? "";
  const code = cell.dataset.value ?? (href ? nameOf(href) : text);
  return { text, href, code, value: cell.classList.contains("number") && text ? Number(cell.dataset.value) : null };
}

/** Return the rows of a table body, each with its cells and the text that words are looked for in. */
function readRows(table) {
  return [...table.tBodies[0].rows].map((element, place) => {
    const cells = [...element.cells].map(readCell);
    return { element, place, cells, folded: fold(cells.map((cell) => cell.text).join("\n")) };
  });
}

/** Order two cells; empty ones come last whatever the direction. */
function order(a, b, direction) {
  if (!a.text || !b.text) return Number(!a.text) - Number(!b.text);
  return direction * (a.value !== null && b.value !== null ? a.value - b.value : compare(a.text, b.text));
}

/**
 * Enhance *table* and put its tools before *place*. Returns `{columns, rows()}`, where `rows()` are those that are shown,
 * in their order; `onChange` is called whenever they change.
 */
export function sortable(table, { place, onChange = () => {} }) {
  const all = readRows(table);
  const columns = [...table.tHead.rows[0].cells].map((head, index) => ({
    head,
    index,
    name: head.dataset.column,
    title: (head.firstChild?.textContent ?? "").trim(),
    isNumber: head.classList.contains("number"),
  }));
  let shown = all;

  const find = make("input", { type: "search", id: "rows-find", autocomplete: "off", spellcheck: "false" });
  const status = make("p", { class: "about", role: "status" });
  const choosers = columns
    .map((column) => chooser(column, all))
    .filter(Boolean)
    .slice(0, MOST_CHOOSERS);
  const sorter = make("select", { id: "rows-sort" }, make("option", { value: "" }, say("sort-given")));
  const hiders = new Map();
  const reset = make("button", { type: "button", class: "format", onclick: clear }, say("reset-view"));

  for (const column of columns) {
    const { head, name, title } = column;
    const button = make("button", { type: "button", class: "sort", onclick: () => turn(column) });
    button.append(...head.childNodes);
    head.append(button);
    sorter.append(
      make("option", { value: name }, say("sort-up", { column: title })),
      make("option", { value: `-${name}` }, say("sort-down", { column: title })),
    );
    const box = make("input", { type: "checkbox", id: `show-${name}`, onchange: hide });
    hiders.set(name, box);
  }
  find.addEventListener("input", () => ask({ find: find.value }));
  sorter.addEventListener("change", () => ask({ sort: sorter.value }));
  for (const { select, key } of choosers) select.addEventListener("change", () => ask({ [key]: select.value }));

  const tools = make(
    "div",
    { class: "tools" },
    make("div", {}, make("label", { for: "rows-find" }, say("filter-rows")), find),
    ...choosers.map(({ select, title }) => make("div", {}, make("label", { for: select.id }, title), select)),
    make("div", { class: "narrow" }, make("label", { for: "rows-sort" }, say("sort-by")), sorter),
    make(
      "details",
      { class: "columns" },
      make("summary", {}, say("columns")),
      make(
        "ul",
        { class: "boxes" },
        ...columns.map(({ name, title }) =>
          make("li", {}, hiders.get(name), make("label", { for: `show-${name}` }, title)),
        ),
      ),
    ),
    reset,
  );
  place.before(tools, status);
  restore();
  window.addEventListener("hashchange", restore);

  function ask(changes) {
    writeState(changes);
    apply();
  }

  /** Sort by a column: a first time from the greatest number or the first letter, then the other way, then as given. */
  function turn({ name, isNumber }) {
    const turns = isNumber ? [`-${name}`, name, ""] : [name, `-${name}`, ""];
    ask({ sort: turns[turns.indexOf(readState().get("sort") ?? "") + 1] ?? turns[0] });
  }

  function hide() {
    const away = columns.filter(({ name }) => !hiders.get(name).checked).map(({ name }) => name);
    writeState({ hide: away.length < columns.length ? away.join(",") : null });
    restore();
  }

  function clear() {
    writeState(
      Object.fromEntries(["find", "sort", "hide", ...choosers.map(({ key }) => key)].map((key) => [key, null])),
    );
    restore();
    find.focus();
  }

  /** Take the state of the address into the tools. */
  function restore() {
    const state = readState();
    const away = new Set((state.get("hide") ?? "").split(","));
    find.value = state.get("find") ?? "";
    sorter.value = state.get("sort") ?? "";
    for (const { select, key } of choosers) select.value = state.get(key) ?? "";
    for (const { index, name, head } of columns) {
      hiders.get(name).checked = !away.has(name);
      head.hidden = away.has(name);
      for (const { element } of all) element.cells[index].hidden = away.has(name);
    }
    apply();
  }

  /** Show the rows that the filters leave, in the order asked for. */
  function apply() {
    const state = readState();
    const sort = state.get("sort") ?? "";
    const matches = finder(find.value);
    const chosen = choosers.filter(({ select }) => select.value);
    shown = all.filter(
      (row) => matches(row.folded) && chosen.every(({ index, select }) => row.cells[index].code === select.value),
    );
    const by = columns.find(({ name }) => name === sort.replace(/^-/, ""));
    const direction = sort.startsWith("-") ? -1 : 1;
    if (by) shown.sort((a, b) => order(a.cells[by.index], b.cells[by.index], direction) || a.place - b.place);
    else shown.sort((a, b) => a.place - b.place);
    for (const { head, name } of columns) {
      if (by?.name === name) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    table.tBodies[0].replaceChildren(...shown.map(({ element }) => element));
    const isWhole = shown.length === all.length;
    status.textContent = isWhole ? "" : say("rows-left", { count: number(shown.length), all: number(all.length) });
    reset.hidden = isWhole && !by && !state.get("hide");
    onChange();
  }

  return { columns, rows: () => shown };
}

/** Return the choice of one value of a column with few values that come again, or null for other columns. */
function chooser({ name, index, title, isNumber }, rows) {
  if (isNumber || !title) return null;
  const counts = new Map();
  for (const { cells } of rows) {
    const { code, text } = cells[index];
    if (!text) continue;
    const entry = counts.get(code) ?? { code, text, count: 0 };
    entry.count += 1;
    counts.set(code, entry);
    if (counts.size > MOST_CHOICES) return null;
  }
  if (counts.size < 2 || counts.size * 2 > rows.length) return null;
  const select = make("select", { id: `rows-only-${name}` }, make("option", { value: "" }, say("all-values")));
  for (const { code, text, count } of [...counts.values()].sort((a, b) => compare(a.text, b.text)))
    select.append(make("option", { value: code }, `${text} (${number(count)})`));
  return { select, index, title, key: `only.${name}` };
}
