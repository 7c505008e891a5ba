/** Charts of tables: the rows that the reader's filters leave, drawn by Vega without evaluating any code of its own. */
import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import { panels } from "./chart-data.js";
import { tones } from "./chart-scales.js";
import { specify } from "./chart-spec.js";
import { onThemeChange } from "./palette.js";
import { takeAway } from "./picture.js";
import { make, number, say } from "./site.js";

/** Vega-Lite warns of what it does of itself, such as leaving the height to the number of rows. */
const QUIET = Object.fromEntries(["level", "warn", "info", "debug", "error"].map((name) => [name, () => QUIET]));

/** Draw one chart and return its view. A click on what stands for a thing goes to it. */
async function show(picture, spec) {
  const frame = picture.appendChild(make("div", { "aria-hidden": "true" })); // the picture around it has its words

  const view = new View(parse(compile(spec, { logger: QUIET }).spec, {}, { ast: true }), {
    renderer: "svg",
    container: frame,
    hover: false,
    expr: expressionInterpreter,
  });
  view.addEventListener("click", (event, item) => {
    const href = item?.datum?.href;
    if (href && (event.ctrlKey || event.metaKey || document.querySelector("base[target]")))
      window.open(href, "_blank", "noopener");
    else if (href) location.assign(href);
  });
  await view.runAsync();
  return view;
}

/**
 * Draw into *container* the chart of *view* (the header's `view`) from the rows of a table (`sortable` gives them).
 * Returns a function that draws it again.
 */
export async function drawChart(container, { view, rows, name }) {
  let drawn = [];
  let width = 0;
  let waiting = 0;
  let turn = 0;

  async function draw() {
    const mine = ++turn;
    width = Math.floor(container.clientWidth);
    if (!width) return; // its tab is closed
    for (const old of drawn) old.finalize();
    drawn = [];
    const pieces = [];
    let left = 0;
    const toneOf = tones(view, rows.rows(), rows.columns);
    const found = panels(view, rows.rows(), rows.columns)
      .map(({ label, rows: own }) => ({ label, ...specify(view, own, rows.columns, width, toneOf) }))
      .filter(({ spec }) => spec)
      .sort((a, b) => b.spec.data.values.length - a.spec.data.values.length);
    for (const { label, spec, summary, left: more } of found) {
      left += more;
      const frame = make("div", {
        role: "img",
        "aria-label": `${label ? `${label}. ` : ""}${summary}`,
      });
      const chart = await show(frame, spec);
      if (mine !== turn) {
        chart.finalize(); // another drawing has begun
        return;
      }
      drawn.push(chart);
      const file = label ? `${name}-${drawn.length}` : name;
      const png = async () =>
        new Promise((resolve) => chart.toCanvas(2).then((canvas) => canvas.toBlob(resolve, "image/png")));
      pieces.push(
        ...(label ? [make("h3", {}, label)] : []),
        make("div", { class: "frame-of-picture", tabindex: spec.width > width ? "0" : null }, frame),
        takeAway(file, () => chart.toSVG(), png),
      );
    }
    const about = pieces.length ? say("chart-about") : say("chart-empty");
    const rest = left ? ` ${say("chart-left", { count: number(left) })}` : "";
    container.replaceChildren(make("p", { class: "about" }, about + rest), ...pieces);
  }

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  };
  await draw();
  new ResizeObserver(() => Math.floor(container.clientWidth) !== width && later()).observe(container);
  onThemeChange(later);
  return later;
}
