/**
 * The heat map of overlaps, a table that reads without this script: what a cell says is told beside, arrows move from
 * cell to cell, weak pairs can be hidden, and the map can be taken away as a picture.
 */
import { palette } from "./palette.js";
import { takeAway } from "./picture.js";
import { lang, make, number, say } from "./site.js";

const CELL = 26;
const FONT = "12px system-ui, sans-serif";

/** What the map is made of as a picture: its size, rectangles with their fill, and texts with their place. */
function compose(table) {
  const colours = palette();
  const rows = [...table.tBodies[0].rows];
  const names = rows.map((row) => row.cells[0].textContent.trim());
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = FONT;
  const room = Math.ceil(Math.max(...names.map((name) => pen.measureText(name).width))) + 16;
  const side = room + names.length * CELL + 8;
  const boxes = [{ x: 0, y: 0, width: side, height: side, fill: colours.ground }];
  const texts = [];
  names.forEach((words, place) => {
    const at = room + place * CELL + CELL / 2;
    texts.push({ words, x: room - 8, y: at + 4, fill: colours.ink, align: "end" });
    texts.push({ words, x: at + 4, y: room - 8, fill: colours.ink, align: "start", isUpright: true });
  });
  rows.forEach((row, y) => {
    [...row.cells].slice(1).forEach((cell, x) => {
      if (!cell.dataset.value || cell.classList.contains("faint")) return;
      const style = getComputedStyle(cell);
      const [left, top] = [room + x * CELL, room + y * CELL];
      boxes.push({ x: left, y: top, width: CELL - 1, height: CELL - 1, fill: plain(style.backgroundColor) });
      const middle = { x: left + (CELL - 1) / 2, y: top + CELL / 2 + 4, align: "middle" };
      texts.push({ words: cell.textContent.trim(), fill: plain(style.color), ...middle });
    });
  });
  return { side, boxes, texts };
}

/** Return the map as an SVG. */
function writeSvg({ side, boxes, texts }) {
  const plainly = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const shapes = boxes.map(
    ({ x, y, width, height, fill }) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`,
  );
  const words = texts.map(({ words, x, y, fill, align, isUpright }) => {
    const place = isUpright ? `transform="translate(${x} ${y}) rotate(-90)"` : `x="${x}" y="${y}"`;
    return `<text ${place} fill="${fill}" text-anchor="${align}">${plainly(words)}</text>`;
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}"`;
  return `${head} font-family="system-ui, sans-serif" font-size="12" lang="${lang}">${shapes.join("")}${words.join("")}</svg>`;
}

/** Return a computed colour as #rrggbb: programs that open an SVG do not all know `color(srgb …)`. */
function plain(colour) {
  const mixed = colour.match(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/);
  const parts = mixed
    ? mixed.slice(1, 4).map((part) => Number(part) * 255)
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  return `#${parts
    .slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0"))
    .join("")}`;
}

export function enhance(map) {
  const table = map.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const cells = rows.flatMap((row) => [...row.cells].slice(1)).filter((cell) => cell.dataset.value);
  const told = make("p", { class: "heat-told", "data-told": "" }, say("heat-hint"));
  const slider = make("input", { type: "range", min: 0, max: 100, step: 5, value: 0 });
  const least = make("output", {}, number(0));
  const tools = make(
    "div",
    { class: "heat-tools" },
    make("label", {}, say("heat-least"), slider, least),
    takeAway(map.dataset.name, () => writeSvg(compose(table))),
  );
  map.prepend(tools, told);
  map.querySelector(".hint").hidden = false;

  let here = [];
  const tell = (cell) => {
    for (const head of here) head.classList.remove("here");
    const row = cell.parentElement;
    here = [row.cells[0], heads[cell.cellIndex]];
    for (const head of here) head.classList.add("here");
    const [job, other] = here.map((head) => head.textContent.trim());
    const value = cell.dataset.value ? number(Number(cell.dataset.value), 2) : say("heat-none");
    told.textContent = say("heat-cell", { job, other, value });
  };
  table.addEventListener("pointerover", ({ target }) => {
    const cell = target.closest("td.shade");
    if (cell && cell.cellIndex !== cell.parentElement.rowIndex) tell(cell);
  });
  table.addEventListener("focusin", ({ target }) => target.closest("td.shade") && tell(target.closest("td")));

  slider.addEventListener("input", () => {
    const from = Number(slider.value) / 100;
    for (const cell of cells) cell.classList.toggle("faint", Number(cell.dataset.value) < from);
    least.textContent = `${number(from, 2)} – ${say("heat-shown-pairs", { count: number(cells.filter(isShown).length) })}`;
    settle();
  });

  const isShown = (cell) => !cell.classList.contains("faint");
  const links = () =>
    cells
      .filter(isShown)
      .map((cell) => cell.querySelector("a"))
      .filter(Boolean);
  // One cell is in the order of Tab; the arrows go on from it (ARIA Authoring Practices: grid).
  const settle = (chosen) => {
    const open = links();
    const one = open.includes(chosen) ? chosen : open[0];
    for (const link of table.querySelectorAll("td a")) link.tabIndex = link === one ? 0 : -1;
  };
  const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.shade");
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    let [y, x] = [cell.parentElement.sectionRowIndex, cell.cellIndex];
    const move = MOVES[event.key];
    let found = null;
    if (move) {
      do {
        y += move[0];
        x += move[1];
        found = x > 0 ? rows[y]?.cells[x]?.querySelector("a") : null;
      } while (rows[y]?.cells[x] && x > 0 && (!found || !isShown(found.closest("td"))));
    } else if (event.key === "Home" || event.key === "End") {
      const line = links().filter((link) => link.closest("tr") === cell.parentElement);
      found = event.key === "Home" ? line[0] : line.at(-1);
    } else return;
    event.preventDefault();
    if (!found) return;
    settle(found);
    found.focus();
    found.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  settle();
}
