/** Colours and axes of charts. */
import { compare } from "./folding.js";

const MEANT = ["technological", "economic", "regulatory", "societal", "content-change", "growth", "emergence"];
const OTHERS = ["kind-job", "technological", "economic", "societal", "kind-competence", "regulatory", "emergence"];

/**
 * The colour of each value in the column of colours: that of its meaning where it has one, else the next of a row. It is
 * chosen from all rows, so that panels of one chart agree.
 */
export function tones(view, rows, columns) {
  if (!view.colour || view.chart === "heatmap") return new Map();
  const { index } = columns.find(({ name }) => name === view.colour);
  const codes = new Map(rows.map(({ cells }) => [cells[index].text, cells[index].code]));
  const sorted = [...codes].sort(([a], [b]) => compare(a, b));
  return new Map(
    sorted.map(([text, code], i) => [
      text,
      MEANT.find((name) => code.toLowerCase().includes(name)) ?? OTHERS[i % OTHERS.length],
    ]),
  );
}

/** The scale of the colours that *values* have. */
export function scaleOf(values, toneOf, colours) {
  const domain = [...new Set(values.map(({ group }) => group))].sort(compare);
  return { domain, range: domain.map((group) => colours[toneOf.get(group)] ?? colours.accent) };
}

/** The encoding of a number on an axis *length* pixels long: whole numbers have no ticks between them. */
export function amount(field, title, values, length, { offset = 0, ...extra } = {}) {
  const isWhole = values.every((value) => Number.isInteger(value[field]));
  const axis = { tickCount: Math.max(3, Math.round(length / 90)), offset, ...(isWhole ? { tickMinStep: 1 } : {}) };
  return { field, type: "quantitative", title, axis, ...extra };
}
