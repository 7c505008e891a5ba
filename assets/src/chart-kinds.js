/** What each kind of chart draws of the rows: `{values, left, summary, size}` and its marks in Vega-Lite. */
import { bars, cells, gathered, points } from "./chart-data.js";
import { amount, scaleOf } from "./chart-scales.js";
import { compare } from "./folding.js";
import { groupBy } from "./grouping.js";
import { number, say } from "./site.js";

const MOST_NAMED = 10;

/** Bars, the longest first, with the number at the end of each. */
export function bar(view, rows, columns, { colours, title, counted, width, toneOf }) {
  const { values, left } = bars(view, rows, columns);
  if (!values.length) return null;
  const measured = view.y ? title("y") : counted;
  const ends = new Set(); // the sum stands once at the end of each bar
  for (const part of values) {
    part.told = `${part.label}${view.colour ? `, ${part.group}` : ""}: ${number(part.value)}`;
    part.said = ends.has(part.label) ? "" : number(part.total);
    ends.add(part.label);
  }
  const labels = [...new Set(values.map(({ label }) => label))];
  const [most, least] = [values[0], values.at(-1)];
  return {
    values,
    left,
    summary: say("bar-summary", {
      x: title("x"),
      y: measured,
      count: number(labels.length),
      most: most.label,
      value: number(most.total),
      least: least.label,
      low: number(least.total),
    }),
    size: { height: { step: 26 } },
    encoding: {
      y: {
        field: "label",
        type: "nominal",
        sort: labels,
        title: null,
        axis: { labelLimit: width * 0.42, ticks: false, domain: false, labelPadding: 8 },
      },
    },
    layer: [
      {
        mark: { type: "bar", cornerRadiusEnd: 2, cursor: "pointer", height: { band: 0.72 } },
        encoding: {
          x: amount("total", measured, values, width * 0.6, { field: "value", stack: true }),
          color: view.colour
            ? { field: "group", type: "nominal", title: title("colour"), scale: scaleOf(values, toneOf, colours) }
            : { value: colours.accent },
          tooltip: { field: "told" },
        },
      },
      {
        mark: { type: "text", align: "left", dx: 5 },
        encoding: { x: { field: "total", type: "quantitative" }, text: { field: "said" } },
      },
    ],
  };
}

/** Coloured cells of two columns, with the number in each where there is room. */
export function heatmap(view, rows, columns, { colours, title, counted, width: room }) {
  const { values, xs, ys, left } = cells(view, rows, columns);
  if (!values.length) return null;
  const width = Math.max(room, xs.length * 36 + 320); // a narrow page scrolls
  const measured = view.colour ? title("colour") : counted;
  const highest = Math.max(...values.map(({ value }) => value));
  for (const cell of values) {
    cell.told = `${cell.y}, ${cell.x}: ${number(cell.value)}`;
    cell.said = number(cell.value, 2);
    cell.isDark = cell.value > highest / 2;
  }
  const most = values.reduce((a, b) => (b.value > a.value ? b : a));
  const longest = Math.max(...xs.map((label) => label.length)) * 7;
  const isWide = longest < (width * 0.6) / xs.length; // else the labels stand aslant
  const axis = { ticks: false, domain: false, labelPadding: 8 };
  const encoding = {
    x: {
      field: "x",
      type: "nominal",
      sort: xs,
      title: title("x"),
      axis: {
        ...axis,
        orient: "top",
        labelAngle: isWide ? 0 : -50,
        labelLimit: 170,
      },
    },
    y: {
      field: "y",
      type: "nominal",
      sort: ys,
      title: null,
      axis: { ...axis, labelLimit: Math.min(width * 0.38, 320) },
    },
    tooltip: { field: "told" },
  };
  const shade = { domain: [0, highest], range: [colours["scale-0"], colours["scale-1"]] };
  const legend = { title: measured, gradientLength: Math.min(220, width / 2), tickMinStep: 1 };
  const text = {
    text: { field: "said" },
    color: { condition: { test: "datum.isDark", value: colours.ground }, value: colours.ink },
  };
  const isRoomy = (width * 0.6) / xs.length > 22;
  return {
    values,
    left,
    summary: say("heatmap-summary", {
      x: title("x"),
      y: title("y"),
      z: measured,
      count: number(values.length),
      most: most.y,
      column: most.x,
      value: number(most.value),
    }),
    size: { width, height: { step: 30 }, padding: { left: 4, top: 4, bottom: 4, right: isWide ? 4 : 90 } },
    encoding,
    layer: [
      {
        mark: { type: "rect", cursor: "pointer", stroke: colours.ground, strokeWidth: 2 },
        encoding: { color: { field: "value", type: "quantitative", scale: shade, legend } },
      },
      ...(isRoomy ? [{ mark: { type: "text", cursor: "pointer" }, encoding: text }] : []),
    ],
  };
}

/** Lines over dates or numbers, a series each. */
export function line(view, rows, columns, { colours, title, toneOf }) {
  const { values, left } = points(view, rows, columns, 2);
  if (!values.length) return null;
  const isDated = values.every(({ x }) => typeof x === "string");
  for (const point of values)
    point.told = `${point.group || title("y")}, ${isDated ? point.x : number(point.x)}: ${number(point.y)}`;
  const x = isDated
    ? { field: "x", type: "temporal", title: title("x"), axis: { format: "%Y", tickCount: "year", grid: false } }
    : {
        field: "x",
        type: "quantitative",
        title: title("x"),
        scale: { zero: false },
        axis: { format: "d", tickMinStep: 1 },
      };
  const legend = { title: null, symbolSize: 120 };
  const series = view.colour
    ? {
        color: { field: "group", type: "nominal", scale: scaleOf(values, toneOf, colours), legend },
        shape: { field: "group", type: "nominal", legend },
      }
    : { color: { value: colours.accent } };
  const sorted = [...values].sort((a, b) => (a.x < b.x ? -1 : 1));
  return {
    values,
    left,
    summary: say("line-summary", {
      x: title("x"),
      y: title("y"),
      count: number(new Set(values.map(({ group }) => group)).size),
      first: sorted[0].told,
      last: sorted.at(-1).told,
    }),
    size: { height: 260 },
    encoding: {
      x,
      y: { field: "y", type: "quantitative", title: title("y") },
      color: series.color,
      tooltip: { field: "told" },
    },
    layer: [
      { mark: { type: "line", strokeWidth: 2.5 } },
      {
        mark: { type: "point", filled: true, size: 90, opacity: 1, cursor: "pointer" },
        encoding: series.shape ? { shape: series.shape } : {},
      },
    ],
  };
}

/** Points of two numbers; those of one place and group are one, the larger the more they are. */
export function scatter(view, rows, columns, { colours, title, width, toneOf }) {
  const { values: all, left } = points(view, rows, columns);
  if (!all.length) return null;
  const values = gathered(all);
  const places = groupBy(values, ({ x, y }) => `${x} ${y}`); // what different groups have at one place stands side by side
  for (const own of places.values()) {
    const names = new Set(own.flatMap((place) => place.names));
    for (const place of own) {
      place.told = `${place.names.join(", ")}: ${number(place.x)} / ${number(place.y)}`;
      place.shown = "";
    }
    own[0].shown = names.size > 1 ? say("so-many", { count: number(names.size) }) : shortened(own[0].names[0]);
  }
  const far = [...values].sort((a, b) => b.x + b.y - a.x - a.y);
  for (const place of far.slice(MOST_NAMED)) place.shown = "";
  const groups = [...new Set(values.map(({ group }) => group))].sort(compare);
  const legend = { title: title("colour") || null, symbolSize: 120 };
  const group = { field: "group", type: "nominal" };
  const marks = view.colour
    ? { color: { ...group, scale: scaleOf(values, toneOf, colours), legend }, shape: { ...group, legend } }
    : { color: { value: colours.accent } };
  const most = far[0];
  return {
    values,
    left,
    summary: say("scatter-summary", {
      x: title("x"),
      y: title("y"),
      count: number(all.length),
      most: most.names[0],
      value: number(most.x),
      other: number(most.y),
    }),
    size: { height: 420 },
    encoding: {
      x: amount("x", title("x"), values, width, { offset: 26 }),
      y: amount("y", title("y"), values, 420, { offset: 26 }),
      tooltip: { field: "told" },
    },
    layer: [
      ...groups.map((name, i) => ({
        transform: [{ filter: { field: "group", equal: name } }],
        mark: {
          type: "point",
          filled: true,
          opacity: 0.9,
          cursor: "pointer",
          xOffset: 9 * (i - (groups.length - 1) / 2),
        },
        encoding: {
          ...marks,
          size: { field: "size", type: "quantitative", legend: null, scale: { domain: [1, 12], range: [80, 600] } },
        },
      })),
      { mark: { type: "text", dy: -14, limit: 220 }, encoding: { text: { field: "shown" } } },
    ],
  };
}

function shortened(text) {
  return text.length > 34 ? `${text.slice(0, 33)}…` : text;
}
