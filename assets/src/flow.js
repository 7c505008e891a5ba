/**
 * A flow picture: paths through stages (domain, factor, job, competence) as ribbons as wide as there are paths. It is an
 * SVG that stands alone: every colour and font is an attribute, so that it can go into a report as it is.
 */
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { palette } from "./palette.js";
import { number, say } from "./site.js";

const SVG = "http://www.w3.org/2000/svg";
const STEP = 22; // the height of a label with its room, in pixels
const LABEL = 34; // the letters of the longest label that is shown whole
const MARGIN = { top: 34, right: 236, bottom: 8, left: 8 }; // the names of the last stage stand to its right

/** Make an SVG element with its attributes and children. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Return the keys of the things at one stage that have a place of their own: the *most* with most paths. */
function kept(paths, stage, most) {
  const weights = new Map();
  for (const path of paths) weights.set(path[stage].id, (weights.get(path[stage].id) ?? 0) + 1);
  if (weights.size <= most) return { ids: new Set(weights.keys()), others: 0 };
  const first = [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most - 1);
  return { ids: new Set(first.map(([id]) => id)), others: weights.size - first.length };
}

/** Gather paths into nodes and links; what has no place of its own goes into one node of others at its stage. */
export function gather(paths, most) {
  const stages = paths[0].length;
  const nodes = new Map();
  const links = new Map();
  const places = Array.from({ length: stages }, (_, stage) => kept(paths, stage, most));
  const nodeOf = (thing, stage) => {
    const { ids, others } = places[stage];
    const key = ids.has(thing.id) ? `${stage} ${thing.id}` : `${stage} others`;
    if (!nodes.has(key)) {
      nodes.set(
        key,
        ids.has(thing.id) ? { key, stage, ...thing } : { key, stage, label: say("flow-others", { count: others }) },
      );
    }
    return key;
  };
  for (const path of paths) {
    for (let stage = 0; stage + 1 < stages; stage += 1) {
      const source = nodeOf(path[stage], stage);
      const target = nodeOf(path[stage + 1], stage + 1);
      const tone = path[0].tone ?? "";
      const key = `${source} > ${target} ${tone}`;
      const link = links.get(key) ?? { source, target, tone, value: 0 };
      link.value += 1;
      links.set(key, link);
    }
  }
  return { nodes: [...nodes.values()], links: [...links.values()] };
}

const shortened = (text) => (text.length > LABEL ? `${text.slice(0, LABEL - 1).trimEnd()}…` : text);

function labelOf(node, colours) {
  const text = draw("text", {
    x: node.x1 + 6,
    y: (node.y0 + node.y1) / 2,
    dy: "0.35em",
    fill: colours.ink,
    stroke: colours.ground,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  text.textContent = shortened(node.label);
  return text;
}

function boxOf(node, colours) {
  const box = draw("rect", {
    x: node.x0,
    y: node.y0,
    width: node.x1 - node.x0,
    height: Math.max(2, node.y1 - node.y0),
    fill: colours[node.tone] ?? colours.soft,
    rx: 1,
  });
  const title = draw("title");
  title.textContent = `${node.label} (${number(node.value)})`;
  const parts = [title, box, labelOf(node, colours)];
  if (!node.href) return draw("g", {}, ...parts);
  return draw("a", { href: node.href, "aria-label": title.textContent }, ...parts);
}

function ribbonOf(link, colours) {
  const title = draw("title");
  title.textContent = `${link.source.label} → ${link.target.label} (${number(link.value)})`;
  return draw(
    "path",
    {
      d: sankeyLinkHorizontal()(link),
      fill: "none",
      stroke: colours[link.tone] ?? colours.soft,
      "stroke-opacity": 0.35,
      "stroke-width": Math.max(1, link.width),
    },
    title,
  );
}

/**
 * Draw paths as a flow.
 *
 * @param paths Arrays of things `{id, label, href, tone}`, one thing a stage, all of the same length; not empty.
 * @param heads What each stage is called.
 * @param width The width in pixels; the height follows from how much there is.
 * @param most The things of a stage that have a place of their own.
 * @param title What the picture shows, for who cannot see it.
 */
export function drawFlow(paths, heads, { width = 1120, most = 18, title = "" } = {}) {
  const colours = palette();
  const graph = gather(paths, most);
  const tallest = Math.max(...heads.map((_, stage) => graph.nodes.filter((node) => node.stage === stage).length));
  const height = MARGIN.top + MARGIN.bottom + Math.max(8, tallest) * STEP;
  sankey()
    .nodeId((node) => node.key)
    .nodeAlign((node) => node.stage)
    .nodeWidth(10)
    .nodePadding(Math.min(14, STEP - 8))
    .extent([
      [MARGIN.left, MARGIN.top],
      [width - MARGIN.right, height - MARGIN.bottom],
    ])(graph);
  const headings = heads.map((head, stage) => {
    const node = graph.nodes.find((one) => one.stage === stage);
    const text = draw("text", {
      x: node.x0,
      y: 16,
      fill: colours.soft,
      "font-weight": 600,
    });
    text.textContent = head;
    return text;
  });
  return draw(
    "svg",
    {
      xmlns: SVG,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "group",
      "aria-label": title,
      "font-family": "system-ui, sans-serif",
      "font-size": 12,
    },
    draw("rect", { width, height, fill: colours.ground }),
    draw("g", {}, ...graph.links.map((link) => ribbonOf(link, colours))),
    draw("g", {}, ...graph.nodes.map((node) => boxOf(node, colours))),
    ...headings,
  );
}
