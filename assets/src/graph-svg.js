/** A graph of the drawing library as SVG text, from what it tells of its nodes and edges: places, shapes, colours, labels. */

const LINE = 1.2; // height of a line of a label, in font sizes
const SIDES = { triangle: 3, diamond: 4, pentagon: 5, hexagon: 6, octagon: 8 };
const TURNED = { hexagon: 0, octagon: Math.PI / 8 }; // the first corner, where it is not at the top

const pen = document.createElement("canvas").getContext("2d");
const escaped = (text) =>
  String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const round = (value) => Math.round(value * 100) / 100;
const size = (element, name) => Number.parseFloat(element.style(name)) || 0;

/** An element of SVG as text; what is undefined is left out. */
function tag(name, attributes, inside = "") {
  const told = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const words = told.map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? round(value) : value)}"`);
  return `<${name}${words.join("")}>${inside}</${name}>`;
}

/** The corners of a regular polygon, stretched to a width and a height. */
function corners(sides, start, { x, y }, width, height) {
  const turns = Array.from({ length: sides }, (_, at) => start + (2 * Math.PI * at) / sides);
  const stretched = (values, middle, length) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => round(middle + ((value - least) / (most - least) - 0.5) * length));
  };
  const across = stretched(turns.map(Math.cos), x, width);
  const down = stretched(turns.map(Math.sin), y, height);
  return across.map((value, at) => `${value},${down[at]}`).join(" ");
}

/** The lines of a label, broken where the picture breaks them. */
function lines(element) {
  const text = element.style("label") ?? "";
  if (element.style("text-wrap") !== "wrap") return text ? [text] : [];
  const widest = size(element, "text-max-width") || Infinity;
  const found = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    if (found.length && pen.measureText(longer).width <= widest) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

/** The label of a node or edge about its place, on a ground that keeps it readable. */
function label(element, { x, y }, half = { x: 0, y: 0 }) {
  const font = size(element, "font-size");
  const weight = element.style("font-weight");
  pen.font = `${weight} ${font}px system-ui, sans-serif`;
  const told = lines(element);
  const shown = element.effectiveOpacity() * Number(element.style("text-opacity"));
  if (!told.length || !shown) return "";
  const across = { left: -1, right: 1 }[element.style("text-halign")] ?? 0;
  const down = { top: -1, bottom: 1 }[element.style("text-valign")] ?? 0;
  const anchor = { "-1": "end", 0: "middle", 1: "start" }[across];
  const height = told.length * font * LINE;
  const left = x + across * half.x + size(element, "text-margin-x");
  const top = y + down * half.y + size(element, "text-margin-y") + ((down - 1) * height) / 2;
  const rows = told.map((text, at) => tag("tspan", { x: left, y: top + (at + 0.8) * font * LINE }, escaped(text)));
  const halo = { stroke: element.style("text-background-color"), "stroke-width": 3, "paint-order": "stroke" };
  return tag(
    "text",
    {
      ...(Number(element.style("text-background-opacity")) ? { ...halo, "stroke-linejoin": "round" } : {}),
      fill: element.style("color"),
      "font-size": font,
      "font-weight": weight,
      "text-anchor": anchor,
      opacity: shown,
    },
    rows.join(""),
  );
}

function drawNode(node) {
  const at = node.position();
  const [width, height] = [node.width(), node.height()];
  const paint = {
    fill: node.style("background-color"),
    "fill-opacity": Number(node.style("background-opacity")),
    opacity: node.effectiveOpacity(),
    stroke: size(node, "border-width") ? node.style("border-color") : undefined,
    "stroke-width": size(node, "border-width") || undefined,
  };
  const shape = node.style("shape");
  const box = { x: at.x - width / 2, y: at.y - height / 2, width, height };
  if (SIDES[shape])
    return tag("polygon", {
      points: corners(SIDES[shape], TURNED[shape] ?? -Math.PI / 2, at, width, height),
      ...paint,
    });
  if (shape.endsWith("rectangle"))
    return tag("rect", { ...box, rx: shape.startsWith("round") ? Math.min(width, height) / 4 : 0, ...paint });
  return tag("ellipse", { cx: at.x, cy: at.y, rx: width / 2, ry: height / 2, ...paint });
}

const middle = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

function drawEdge(edge) {
  const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  const bends = edge.controlPoints() ?? [];
  const point = ({ x, y }) => `${round(x)} ${round(y)}`;
  const ends = bends.map((bend, at) => (bends[at + 1] ? middle(bend, bends[at + 1]) : to));
  const path = bends.length ? bends.map((bend, at) => `Q${point(bend)} ${point(ends[at])}`).join("") : `L${point(to)}`;
  const drawn = tag("path", {
    d: `M${point(from)}${path}`,
    fill: "none",
    stroke: edge.style("line-color"),
    "stroke-width": size(edge, "width"),
    "stroke-dasharray": { dashed: "6 3", dotted: "1 2" }[edge.style("line-style")],
    opacity: edge.effectiveOpacity() * Number(edge.style("line-opacity")),
  });
  if (edge.style("target-arrow-shape") === "none") return drawn;
  const before = bends.at(-1) ?? from;
  const turn = (Math.atan2(to.y - before.y, to.x - before.x) * 180) / Math.PI;
  const length = 9 * (size(edge, "arrow-scale") || 1);
  return (
    drawn +
    tag("path", {
      d: `M0 0L${-length} ${round(-length / 2)}V${round(length / 2)}Z`,
      transform: `translate(${point(to)}) rotate(${round(turn)})`,
      fill: edge.style("target-arrow-color"),
      opacity: edge.effectiveOpacity(),
    })
  );
}

/** The whole graph as SVG text on a ground: edges, then nodes, then labels, each lower one first. */
export function graphSvg(graph, ground) {
  const margin = 10;
  const { x1, y1, w, h } = graph.elements().boundingBox();
  const frame = { x: x1 - margin, y: y1 - margin, width: Math.ceil(w + 2 * margin), height: Math.ceil(h + 2 * margin) };
  const shown = (elements) =>
    elements.filter((one) => one.visible()).sort((a, b) => a.style("z-index") - b.style("z-index"));
  const [nodes, edges] = [shown(graph.nodes()), shown(graph.edges())];
  const parts = [
    tag("rect", { ...frame, fill: ground }),
    ...edges.map(drawEdge),
    ...nodes.map(drawNode),
    ...edges.map((edge) => label(edge, edge.midpoint())),
    ...nodes.map((node) => label(node, node.position(), { x: node.outerWidth() / 2, y: node.outerHeight() / 2 })),
  ];
  const { x, y, width, height } = frame;
  return tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: [x, y, width, height].map(round).join(" "),
      "font-family": "system-ui, sans-serif",
    },
    parts.join(""),
  );
}
