/** From the rows of a table to what a chart draws: the parts of each bar, the cells of a heat map, the points of a line. */
import { groupBy } from "./grouping.js";

const MOST_BARS = 40;
const MOST_CELLS = 40; // in a row or a column of a heat map

/** Return a function that reads a row by the columns of *view*: `read(row, "x")` is the cell that stands for x. */
export function reader(view, columns) {
  const places = Object.fromEntries(columns.map(({ name, index }) => [name, index]));
  return (row, key) => row.cells[places[view[key]]];
}

/** What a chart measures in rows: how many different things, the sum of a number, or how many rows. */
function measure(view, read, numberKey) {
  if (view.count) return (rows) => new Set(rows.map((row) => read(row, "count").code).filter(Boolean)).size;
  if (view[numberKey]) return (rows) => rows.reduce((sum, row) => sum + (read(row, numberKey).value ?? 0), 0);
  return (rows) => rows.length;
}

/** Put rows together by what *key* gives; rows without it are left out. */
function grouped(rows, cell) {
  const groups = new Map();
  for (const row of rows) {
    const { code, text, href } = cell(row);
    if (!text) continue;
    if (!groups.has(code)) groups.set(code, { code, label: text, href, rows: [] });
    groups.get(code).rows.push(row);
  }
  return [...groups.values()];
}

/** Parts of bars `{label, href, group, code, value, total}`, the longest bar first; `left` bars are left out. */
export function bars(view, rows, columns) {
  const read = reader(view, columns);
  const size = measure(view, read, "y");
  const all = grouped(rows, (row) => read(row, "x")).map((bar) => {
    const parts = view.colour ? grouped(bar.rows, (row) => read(row, "colour")) : [bar];
    const sized = parts.map((part) => ({ group: part.label, code: part.code, value: size(part.rows) }));
    return { ...bar, parts: sized, total: sized.reduce((sum, part) => sum + part.value, 0) };
  });
  all.sort((a, b) => b.total - a.total);
  const values = all
    .slice(0, MOST_BARS)
    .flatMap(({ label, href, total, parts }) => parts.map((part) => ({ label, href, total, ...part })));
  return { values, left: Math.max(0, all.length - MOST_BARS) };
}

/** Cells `{x, y, value, href}` of a heat map, and the order of its rows and columns: those with most first. */
export function cells(view, rows, columns) {
  const read = reader(view, columns);
  const size = measure(view, read, "colour");
  const order = (key) => grouped(rows, (row) => read(row, key)).sort((a, b) => size(b.rows) - size(a.rows));
  const [across, down] = [order("x"), order("y")];
  const xs = across.slice(0, MOST_CELLS);
  const ys = down.slice(0, MOST_CELLS);
  const values = ys.flatMap((y) =>
    grouped(y.rows, (row) => read(row, "x"))
      .filter(({ code }) => xs.some((x) => x.code === code))
      .map((cell) => ({ x: cell.label, y: y.label, href: y.href || cell.href, value: size(cell.rows) })),
  );
  const left = across.length - xs.length + down.length - ys.length;
  return { values, xs: xs.map(({ label }) => label), ys: ys.map(({ label }) => label), left };
}

/** Points `{x, y, group, code, href, name}`; a line of one point is none, so such are left out where *atLeast* is 2. */
export function points(view, rows, columns, atLeast = 1) {
  const read = reader(view, columns);
  const found = rows
    .map((row) => {
      const [x, y] = [read(row, "x"), read(row, "y")];
      const colour = view.colour ? read(row, "colour") : { text: "", code: "", href: "" };
      const named = view.label ? read(row, "label") : colour;
      const place = x.value ?? x.text;
      return { x: place, y: y.value, group: colour.text, code: colour.code, name: named.text, href: named.href };
    })
    .filter(({ x, y }) => x !== "" && y !== null);
  const series = groupBy(found, ({ code }) => code);
  const long = [...series.values()].filter((line) => new Set(line.map(({ x }) => x)).size >= atLeast);
  return { values: long.flat(), left: series.size - long.length };
}

/** Part rows by the values of the column of panels; one panel without a title where there is none. */
export function panels(view, rows, columns) {
  if (!view.panels) return [{ label: "", rows }];
  return grouped(rows, (row) => reader(view, columns)(row, "panels"));
}

/** Put points of the same place and colour together: `names` are what stands there, the first its link. */
export function gathered(values) {
  const places = new Map();
  for (const point of values) {
    const key = JSON.stringify([point.x, point.y, point.code]);
    const place = places.get(key) ?? { ...point, names: [] };
    if (!place.names.includes(point.name)) place.names.push(point.name);
    places.set(key, place);
  }
  return [...places.values()].map((place) => ({
    ...place,
    size: place.names.length,
    href: place.names.length > 1 ? "" : place.href,
  }));
}
