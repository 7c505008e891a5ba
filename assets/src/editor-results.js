/** The results of the editor: a table with links, a chart of two of its columns, a graph of what a CONSTRUCT gives. */
import { compare, finder, fold } from "./folding.js";
import { address, lang, make, number, say } from "./site.js";

const MOST = 1000; // rows of a table on a page; the download has them all
const NUMBER = /#(integer|decimal|double|float|int|long|short|nonNegativeInteger|positiveInteger)$/;
const OWN = "https://w3id.org/metiers-kg/";

/** Return what a cell says and where it leads, of a value of SPARQL results and the prefixes of the page. */
function readValue(value, prefixes) {
  if (!value) return { text: "", href: "", code: "", value: null };
  if (value.type !== "uri") {
    const isNumber = NUMBER.test(value.datatype ?? "") && Number.isFinite(Number(value.value));
    return { text: value.value, href: "", code: value.value, value: isNumber ? Number(value.value) : null };
  }
  const iri = value.value;
  const prefix = Object.keys(prefixes).find(
    (name) => iri.startsWith(prefixes[name]) && iri.length > prefixes[name].length,
  );
  const text = prefix ? `${prefix}:${iri.slice(prefixes[prefix].length)}` : iri;
  if (iri.startsWith(OWN)) return { text, href: `${address(iri.slice(OWN.length - 1))}`, code: text, value: null };
  return { text, href: /^https?:/.test(iri) ? iri : "", code: text, value: null };
}

/** Return the columns and rows of results, as the charts of the pages take them. */
function readRows(results, prefixes) {
  const names = results.getVariables();
  const rows = results
    .getBindings()
    .map((binding) => ({ cells: names.map((name) => readValue(binding[name], prefixes)) }));
  const columns = names.map((name, index) => ({
    name,
    index,
    title: name,
    isNumber:
      rows.some(({ cells }) => cells[index].value !== null) &&
      rows.every(({ cells }) => cells[index].value !== null || !cells[index].text),
  }));
  return { columns, rows };
}

/** An icon of the library's kind: it wants one for each view. */
function icon() {
  return make("span", { "aria-hidden": "true" });
}

/** Return the views for the results of YASR: IRIs are shortened by *prefixes*, `asked()` gives the query that was asked. */
export function resultViews(prefixes, asked) {
  class View {
    constructor(yasr) {
      this.yasr = yasr;
    }
    getIcon() {
      return icon();
    }
    get variables() {
      const { results } = this.yasr;
      return results && !results.hasError() ? (results.getVariables() ?? []) : [];
    }
  }

  class Table extends View {
    priority = 10;
    label = say("editor-table");

    canHandleResults() {
      return this.variables.length > 0;
    }

    draw() {
      const { columns, rows } = readRows(this.yasr.results, prefixes);
      const id = `editor-find-${++Table.drawn}`;
      const find = make("input", { type: "search", id, autocomplete: "off" });
      const status = make("p", { class: "about", role: "status" });
      const body = make("tbody");
      let sorted = { index: -1, direction: 1 };
      const heads = columns.map(({ title, index, isNumber }) => {
        const button = make("button", { type: "button", class: "sort", onclick: () => turn(index) }, title);
        return make("th", { scope: "col", class: isNumber && "number" }, button);
      });
      const table = make("table", { class: "rows" }, make("thead", {}, make("tr", {}, ...heads)), body);
      const lines = rows.map(({ cells }) => ({ cells, folded: fold(cells.map(({ text }) => text).join("\n")) }));

      const turn = (index) => {
        sorted = { index, direction: sorted.index === index ? -sorted.direction : 1 };
        for (const [i, head] of heads.entries()) {
          if (i === index) head.setAttribute("aria-sort", sorted.direction > 0 ? "ascending" : "descending");
          else head.removeAttribute("aria-sort");
        }
        fill();
      };
      const fill = () => {
        const fits = finder(find.value);
        const shown = lines.filter(({ folded }) => fits(folded));
        const { index, direction } = sorted;
        if (index >= 0)
          shown.sort(({ cells: a }, { cells: b }) => {
            const [x, y] = [a[index], b[index]];
            return direction * (x.value !== null && y.value !== null ? x.value - y.value : compare(x.text, y.text));
          });
        body.replaceChildren(...shown.slice(0, MOST).map(({ cells }) => make("tr", {}, ...cells.map(cellOf))));
        const left = shown.length > MOST ? ` ${say("editor-first", { count: number(MOST) })}` : "";
        status.textContent = say("editor-rows", { count: number(shown.length), total: number(lines.length) }) + left;
      };
      const cellOf = ({ text, href, value }) =>
        make("td", { class: value !== null && "number" }, href ? make("a", { href }, text) : text);
      find.addEventListener("input", fill);
      fill();
      this.yasr.resultsEl.append(
        make("p", { class: "editor-find" }, make("label", { for: id }, say("editor-find")), find),
        status,
        make("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": say("editor-table") }, table),
      );
    }
  }
  Table.drawn = 0;

  class Chart extends View {
    priority = 5;
    label = say("editor-chart");

    canHandleResults() {
      if (this.variables.length < 2) return false;
      return readRows(this.yasr.results, prefixes).columns.some(({ isNumber }) => isNumber);
    }

    async draw() {
      const { drawChart } = await import("./chart.js");
      const { columns, rows } = readRows(this.yasr.results, prefixes);
      const numbers = columns.filter(({ isNumber }) => isNumber);
      const others = columns.filter(({ isNumber }) => !isNumber);
      // The label of a thing reads better than its IRI.
      const words = others.find(({ name }) => name.endsWith("Label")) ?? others[0] ?? numbers[0];
      const options = (chosen) => columns.map(({ name }) => make("option", { selected: name === chosen.name }, name));
      const kind = make(
        "select",
        {},
        make("option", { value: "bar" }, say("editor-bar")),
        make("option", { value: "line" }, say("editor-line")),
        make("option", { value: "scatter" }, say("editor-scatter")),
      );
      const x = make("select", {}, ...options(words));
      const y = make(
        "select",
        {},
        ...numbers.map(({ name }) => make("option", { selected: name === numbers.at(-1).name }, name)),
      );
      const picture = make("div", { class: "picture" });
      const redraw = () =>
        drawChart(picture, {
          view: { chart: kind.value, x: x.value, y: y.value },
          rows: { columns, rows: () => rows },
          name: "sparql",
        });
      for (const select of [kind, x, y]) select.addEventListener("change", redraw);
      this.yasr.resultsEl.append(
        make(
          "p",
          { class: "editor-find" },
          make("label", {}, `${say("editor-kind")} `, kind),
          make("label", {}, "x ", x),
          make("label", {}, "y ", y),
        ),
        picture,
      );
      await redraw();
    }
  }

  class Graph extends View {
    priority = 10;
    label = say("editor-graph");

    canHandleResults() {
      const { results } = this.yasr;
      return Boolean(results && !results.hasError() && results.getStatements()?.length);
    }

    async draw() {
      const { drawGraph } = await import("./graph.js");
      const picture = make("div", { class: "picture" });
      this.yasr.resultsEl.append(picture);
      const query = new URLSearchParams({ query: asked(), format: "jsonld", lang });
      await drawGraph(picture, { from: `/sparql?${query}`, words: {}, name: "sparql" });
    }
  }

  return { table: Table, chart: Chart, graph: Graph };
}
