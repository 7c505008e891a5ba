/** The answer of a saved query: its table sorts and filters, and it may be drawn; what is heavy waits until it is asked for. */
import { make, say } from "./site.js";
import { sortable } from "./table.js";
import { readState, writeState } from "./view-state.js";

/** Enhance an answer: `data-chart` has what its chart is drawn from, `data-graph` the words of its graph. */
export function enhance(answer) {
  const scroll = answer.querySelector(".scroll");
  const { chart, graph, all, name } = answer.dataset;
  const place = make("div", { class: "rows-place" });
  scroll.before(place);
  place.append(scroll);
  if (all)
    place.before(
      make("p", { class: "note part" }, say("only-these-rows"), " ", make("a", { href: all }, say("show-all-rows"))),
    );
  let redraw = () => {};
  const rows =
    graph === undefined ? sortable(answer.querySelector("table"), { place, onChange: () => redraw() }) : null;
  if (!chart && graph === undefined) return;

  const picture = make("div", { class: "picture" });
  const draw = async () => {
    if (graph !== undefined) {
      const { drawGraph } = await import("./graph.js");
      await drawGraph(picture, { from: answer.dataset.from, words: JSON.parse(graph), name });
    } else {
      const view = JSON.parse(chart);
      const { drawChart } = await (view.chart === "flow" ? import("./flow-chart.js") : import("./chart.js"));
      redraw = await drawChart(picture, { view, rows, name });
    }
  };
  const kind = graph !== undefined ? "graph" : "chart";
  tabs(
    answer,
    place,
    [
      { name: "table", label: kind === "graph" ? say("tab-facts") : say("tab-table"), panel: place },
      { name: kind, label: kind === "graph" ? say("tab-graph") : say("tab-chart"), panel: picture, begin: draw },
    ],
    kind === "graph" ? "graph" : "table",
  );
}

/** Put tabs before *place*, as the ARIA Authoring Practices have them; which one is open stands in the address. */
function tabs(answer, place, entries, usual) {
  const list = make("div", { role: "tablist", class: "tabs", "aria-labelledby": "results" });
  for (const entry of entries) {
    entry.tab = make(
      "button",
      { type: "button", role: "tab", id: `tab-${entry.name}`, "aria-controls": `panel-${entry.name}` },
      entry.label,
    );
    entry.tab.addEventListener("click", () => choose(entry));
    entry.tab.addEventListener("keydown", (event) => step(event, entry));
    Object.assign(entry.panel, { id: `panel-${entry.name}` });
    entry.panel.setAttribute("role", "tabpanel");
    entry.panel.setAttribute("aria-labelledby", entry.tab.id);
    list.append(entry.tab);
  }
  place.before(list);
  place.after(...entries.map(({ panel }) => panel).filter((panel) => panel !== place));
  const restore = () =>
    open(entries.find(({ name }) => name === readState().get("tab")) ?? entries.find(({ name }) => name === usual));
  window.addEventListener("hashchange", restore);
  restore();

  function choose(entry) {
    writeState({ tab: entry.name === usual ? null : entry.name });
    open(entry);
  }

  function step(event, entry) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const target =
      { Home: entries[0], End: entries.at(-1) }[event.key] ??
      (move && entries.at((entries.indexOf(entry) + move) % entries.length));
    if (!target) return;
    event.preventDefault();
    choose(target);
    target.tab.focus();
  }

  async function open(chosen) {
    for (const entry of entries) {
      const isOpen = entry === chosen;
      entry.tab.setAttribute("aria-selected", isOpen);
      entry.tab.tabIndex = isOpen ? 0 : -1;
      entry.panel.hidden = !isOpen;
    }
    if (!chosen.begin) return;
    const { begin } = chosen;
    chosen.begin = null;
    chosen.panel.setAttribute("aria-busy", "true");
    try {
      await begin();
    } catch (error) {
      chosen.panel.append(make("p", { class: "note" }, say("not-drawn")));
      console.error(error);
    }
    chosen.panel.removeAttribute("aria-busy");
    answer.dataset.drawn = chosen.name;
  }
}
