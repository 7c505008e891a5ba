/** The Vega-Lite specification of a chart, in the colours of the page and the numbers of its language. */
import { bar, heatmap, line, scatter } from "./chart-kinds.js";
import { palette } from "./palette.js";
import { lang, say } from "./site.js";

const KINDS = { bar, heatmap, line, scatter };
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** What Vega-Lite takes for all charts of the page. */
function config(colours) {
  const text = { labelColor: colours.ink, titleColor: colours.ink, labelFontSize: 13, titleFontSize: 13 };
  const [decimal, thousands] = { en: [".", ","], fr: [",", "\u202f"] }[lang] ?? [",", "."];
  return {
    background: colours.ground,
    font: FONT,
    aria: false, // the frame around it has its words
    locale: { number: { decimal, thousands, grouping: [3], currency: ["", ""] } },
    view: { stroke: null },
    axis: {
      ...text,
      gridColor: colours.line,
      domainColor: colours.field,
      tickColor: colours.field,
      titleFontWeight: 600,
    },
    legend: { ...text, orient: "bottom", columns: 3, labelLimit: 220, symbolStrokeWidth: 2 },
    text: { color: colours.ink, fontSize: 12 },
  };
}

/**
 * Return `{spec, summary, left}` of a chart of *rows*, *width* pixels wide; null where there is nothing to draw.
 * *summary* says in a sentence what it shows, *left* how many things it leaves out.
 */
export function specify(view, rows, columns, width, toneOf) {
  const colours = palette();
  const titles = Object.fromEntries(columns.map(({ name, title }) => [name, title]));
  const title = (key) => titles[view[key]] ?? "";
  const counted = view.count ? say("number-of", { what: title("count") }) : say("number-of-rows");
  const drawn = KINDS[view.chart](view, rows, columns, { colours, title, counted, width, toneOf });
  if (!drawn?.values.length) return null;
  const { values, left, summary, size, ...marks } = drawn;
  return {
    left,
    summary,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width,
      autosize: { type: "fit-x", contains: "padding" },
      data: { values },
      config: config(colours),
      ...size,
      ...marks,
    },
  };
}
