/** A small graph of triples: things by their labels, coloured by kind, with a list of them beside it to reach each by keyboard. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { compare } from "./folding.js";
import { graphSvg } from "./graph-svg.js";
import { groupBy } from "./grouping.js";
import { onThemeChange, palette } from "./palette.js";
import { takeAway } from "./picture.js";
import { address, lang, make, number, say } from "./site.js";

cytoscape.use(fcose);
cytoscape.warnings(false); // of links between things that overlap, before they are laid out

const BASE = "https://w3id.org/metiers-kg/";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABELS = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label"];
const MOST = 300; // things; more is a picture of nothing
const SHAPES = ["ellipse", "round-rectangle", "diamond", "hexagon", "triangle", "pentagon", "octagon"];
const MEANT = ["job", "competence", "factor", "sub-sector"]; // kinds of address with a colour of their own
const TONES = ["societal", "technological", "regulatory", "emergence", "content-change"];

/** Where to read about a thing: a page of this service for its own, else its address. */
function pageOf(iri) {
  if (iri.startsWith(BASE)) return address(`/${iri.slice(BASE.length)}?lang=${lang}`);
  return /^https?:/.test(iri) ? iri : "";
}

/** The label of a thing in the page's language, or else in French, in English, in any. */
function labelOf(thing) {
  const labels = LABELS.flatMap((property) => thing[property] ?? []);
  for (const wanted of [lang, "fr", "en"]) {
    const found = labels.find((label) => label["@language"] === wanted);
    if (found) return found["@value"];
  }
  return labels[0]?.["@value"] ?? thing["@id"].replace(/^.*[/#]/, "");
}

/** What kind a thing is: that of its address, such as job, or the name of its class. */
function kindOf(thing, words) {
  const type = thing["@type"]?.[0] ?? thing[TYPE]?.[0]["@id"] ?? "";
  return words[type] ?? (type.replace(/^.*[/#]/, "") || say("other-things"));
}

/** Nodes and edges of JSON-LD as the service writes it: literals are folded into the things that they are said of. */
function readGraph(document, words) {
  const things = new Map(document.map((thing) => [thing["@id"], thing]));
  const edges = [];
  for (const thing of document)
    for (const [property, values] of Object.entries(thing)) {
      if (property.startsWith("@") || property === TYPE) continue;
      for (const { "@id": target } of values) {
        if (!target) continue;
        if (!things.has(target)) things.set(target, { "@id": target });
        edges.push({ source: thing["@id"], target, label: words[property] ?? property.replace(/^.*[/#]/, "") });
      }
    }
  const degree = new Map();
  for (const { source, target } of edges)
    for (const end of [source, target]) degree.set(end, (degree.get(end) ?? 0) + 1);
  const nodes = [...things.values()]
    .filter((thing) => degree.has(thing["@id"]))
    .sort((a, b) => degree.get(b["@id"]) - degree.get(a["@id"]))
    .map((thing) => ({
      id: thing["@id"],
      label: labelOf(thing),
      kind: kindOf(thing, words),
      href: pageOf(thing["@id"]),
    }));
  const kept = new Set(nodes.slice(0, MOST).map(({ id }) => id));
  return {
    left: Math.max(0, nodes.length - MOST),
    nodes: nodes.slice(0, MOST),
    edges: edges.filter(({ source, target }) => kept.has(source) && kept.has(target)),
  };
}

/** The style of the drawing in the colours of the page; *tones* gives the colour and shape of each kind. */
function style(tones) {
  const colours = palette();
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        "font-family": "system-ui, sans-serif",
        "font-size": 12,
        color: colours.ink,
        "text-wrap": "wrap",
        "text-max-width": 130,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "min-zoomed-font-size": 7,
        "text-background-color": colours.ground,
        "text-background-opacity": 0.8,
        "text-background-padding": 1,
        width: 20,
        height: 20,
        "background-color": (node) => colours[tones.get(node.data("kind")).tone],
        shape: (node) => tones.get(node.data("kind")).shape,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.5,
        "line-color": colours.line,
        "target-arrow-color": colours.field,
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "bezier",
        "font-size": 10,
        color: colours.soft,
        "text-background-color": colours.ground,
        "text-background-opacity": 0.9,
      },
    },
    { selector: ".near", style: { "border-width": 4, "border-color": colours.link, "font-weight": 700, "z-index": 9 } },
    { selector: "edge.near", style: { "line-color": colours.link, label: "data(label)", width: 2.5 } },
    { selector: ".far", style: { opacity: 0.2 } },
  ];
}

/** Draw into *container* the graph that JSON-LD at *from* has; *words* are the labels of properties and classes. */
export async function drawGraph(container, { from, words, name }) {
  const answer = await fetch(address(from), { headers: { Accept: "application/ld+json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${from}`);
  const { nodes, edges, left } = readGraph(await answer.json(), words);
  const kinds = [...groupBy(nodes, ({ kind }) => kind)].sort(([a], [b]) => compare(a, b));
  const tones = new Map(
    kinds.map(([kind, [{ id }]], i) => {
      const meant = MEANT.find((name) => id.startsWith(`${BASE}${name}/`));
      return [kind, { tone: meant ? `kind-${meant}` : TONES[i % TONES.length], shape: SHAPES[i % SHAPES.length] }];
    }),
  );
  // Cytoscape leaves its own style element away where there is one of that name: the pages allow none.
  if (!document.getElementById("__________cytoscape_stylesheet"))
    document.head.append(make("link", { id: "__________cytoscape_stylesheet" }));
  const canvas = make("div", {
    class: "graph-canvas",
    role: "img",
    "aria-label": say("graph-summary", { count: number(nodes.length), links: number(edges.length) }),
  });
  const list = make("div", { class: "graph-list" });
  const buttons = make("p", { class: "graph-tools" });
  const about = say("graph-about") + (left ? ` ${say("chart-left", { count: number(left) })}` : "");
  container.replaceChildren(
    make("p", { class: "about" }, about),
    buttons,
    make("div", { class: "graph" }, canvas, list),
  );

  const elements = [
    ...nodes.map((data) => ({ data })),
    ...edges.map((edge, i) => ({ data: { id: `e${i}`, ...edge } })),
  ];
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const graph = cytoscape({
    container: canvas,
    elements,
    style: style(tones),
    wheelSensitivity: undefined,
    userZoomingEnabled: false, // the wheel scrolls the page; buttons zoom
    layout: {
      name: "fcose",
      animate: false,
      quality: "proof",
      randomize: true,
      nodeSeparation: 120,
      idealEdgeLength: 110,
      nodeDimensionsIncludeLabels: true,
    },
  });
  graph.on("tap", "node", ({ target }) => target.data("href") && location.assign(target.data("href")));
  graph.on("mouseover", "node", ({ target }) => light(target));
  graph.on("mouseout", "node", () => light(null));
  onThemeChange(() => {
    graph.style(style(tones));
    legend();
  });
  const zoom = (factor) => () =>
    graph.animate(
      {
        zoom: {
          level: graph.zoom() * factor,
          renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 },
        },
      },
      { duration: isCalm ? 0 : 150 },
    );
  for (const [label, act] of [
    ["zoom-in", zoom(1.3)],
    ["zoom-out", zoom(1 / 1.3)],
    ["zoom-fit", () => graph.fit(undefined, 20)],
  ])
    buttons.append(make("button", { type: "button", class: "format", onclick: act }, labelled(label)), " ");
  legend();
  container.append(
    takeAway(
      name,
      () => graphSvg(graph, palette().ground),
      () => graph.png({ full: true, scale: 2, bg: palette().ground, output: "blob-promise" }),
    ),
  );

  /** Bring out one thing and what it is linked to, or everything again. */
  function light(node) {
    graph.elements().removeClass("near far");
    if (!node) return;
    const near = node.closedNeighborhood();
    near.addClass("near");
    graph.elements().not(near).addClass("far");
  }

  /** The kinds with their colour and shape, each with the list of its things as links. */
  function legend() {
    const colours = palette();
    const opened = new Set([...list.querySelectorAll("details[open]")].map((details) => details.dataset.kind));
    list.replaceChildren(
      ...kinds.map(([kind, things]) => {
        const { tone, shape } = tones.get(kind);
        const mark = make("span", { class: `mark ${shape}`, "aria-hidden": "true" });
        mark.style.background = colours[tone];
        const links = things
          .sort((a, b) => compare(a.label, b.label))
          .map(({ id, label, href }) => {
            const link = href ? make("a", { href }, label) : make("span", {}, label);
            for (const event of ["focus", "mouseenter"])
              link.addEventListener(event, () => light(graph.getElementById(id)));
            for (const event of ["blur", "mouseleave"]) link.addEventListener(event, () => light(null));
            return make("li", {}, link);
          });
        return make(
          "details",
          { "data-kind": kind, open: opened.has(kind) },
          make("summary", {}, mark, ` ${kind} `, make("span", { class: "count" }, number(things.length))),
          make("ul", { class: "plain" }, ...links),
        );
      }),
    );
  }
}

function labelled(key) {
  return { "zoom-in": say("zoom-in"), "zoom-out": say("zoom-out"), "zoom-fit": say("zoom-fit") }[key];
}
