/** The flow picture of a saved query: its rows are paths, and the columns that its view names are the stages. */
import { drawFlow } from "./flow.js";
import { onThemeChange } from "./palette.js";
import { takeAway } from "./picture.js";
import { make, number, say } from "./site.js";

const STAGES = ["from", "via", "then", "to"];
const DOMAINS = ["technological", "economic", "regulatory", "societal"];
const KINDS = ["soft", "soft", "kind-job", "kind-competence"];
const LEAST_WIDTH = 1040; // a narrower picture has no room for names: it scrolls
const SIZES = [12, 18, 30, 60];

/** Return the paths that the rows of a table are; a row that lacks a stage is none. */
export function readPaths(view, rows, columns) {
  const places = STAGES.filter((stage) => view[stage]).map((stage) => columns.find(({ name }) => name === view[stage]));
  const paths = rows
    .map(({ cells }) =>
      places.map(({ index }) => {
        const { text, code, href } = cells[index];
        // A picture that is taken away keeps its links.
        return {
          id: code,
          label: text,
          href: href && new URL(href, location.href).href,
          tone: DOMAINS.includes(code) ? code : "",
        };
      }),
    )
    .filter((path) => path.every(({ label }) => label));
  // A factor has the colour of its domain; jobs and competences have those of their kinds.
  for (const path of paths) {
    path[1].tone ||= path[0].tone;
    for (const [stage, thing] of path.entries()) thing.tone ||= KINDS[stage];
  }
  return { heads: places.map(({ title }) => title), paths };
}

/**
 * Draw into *container* the flow of *view* from the rows of a table; the same promise as `drawChart` of charts. Returns
 * a function that draws it again.
 */
export async function drawChart(container, { view, rows, name }) {
  const size = make(
    "select",
    { id: `most-${name}` },
    ...SIZES.map((most) => make("option", { value: most, selected: most === 18 }, number(most))),
  );
  const status = make("p", { class: "about", role: "status" });
  const frame = make("div", {
    class: "frame-of-picture",
    tabindex: "0",
    role: "region",
    "aria-label": say("flow-region"),
  });
  const draw = () => {
    const { heads, paths } = readPaths(view, rows.rows(), rows.columns);
    status.textContent = paths.length ? say("flow-about", { count: number(paths.length) }) : say("chart-empty");
    const width = Math.max(LEAST_WIDTH, Math.floor(container.clientWidth) - 2);
    frame.replaceChildren(
      ...(paths.length ? [drawFlow(paths, heads, { width, most: Number(size.value), title: status.textContent })] : []),
    );
  };
  size.addEventListener("change", draw);
  container.replaceChildren(
    make("p", { class: "flow-tools" }, make("label", { for: size.id }, say("flow-most")), size),
    status,
    frame,
    takeAway(name, () => new XMLSerializer().serializeToString(frame.querySelector("svg"))),
  );
  draw();
  onThemeChange(draw);
  return draw;
}
