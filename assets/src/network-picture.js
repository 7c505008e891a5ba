/** The picture of the network: shapes by kind, colours by domain, a layout that keeps its place, labels that fit. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { graphSvg } from "./graph-svg.js";
import { palette } from "./palette.js";

cytoscape.use(fcose);

const SHAPES = {
  job: "round-rectangle",
  competence: "ellipse",
  factor: "diamond",
  "sub-sector": "hexagon",
  "job-group": "octagon",
};
const LINES = { optional: "dashed", emerging: "dotted" };
const SHEET = "__________cytoscape_stylesheet";
const FONT = 12;
const WIDEST = 120;
const MANY = 80;
/** With so many nodes the labels do not take part in the layout: those that fit are shown. */

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Return the style of the picture in the colours of the page. */
function styleOf(colours) {
  const tone = (node) =>
    (node.data("kind") === "factor" && colours[node.data("sorts")[0]]) ||
    colours[`kind-${node.data("kind")}`] ||
    colours["kind-sub-sector"];
  const faded = { opacity: 0.15, "text-opacity": 0.15 };
  return [
    {
      selector: "node",
      style: {
        shape: (node) => SHAPES[node.data("kind")],
        "background-color": tone,
        width: "data(size)",
        height: (node) => node.data("size") * (node.data("kind") === "job" ? 0.75 : 1),
        color: colours.ink,
        "font-family": "system-ui, sans-serif",
        "font-size": FONT,
        "text-valign": "bottom",
        "text-wrap": "wrap",
        "text-max-width": WIDEST,
        "text-background-color": colours.ground,
        "text-background-opacity": 0.85,
        "text-background-padding": 1,
        "overlay-opacity": 0,
        "border-width": 0,
        "z-index-compare": "manual",
        "z-index": (node) => (MAIN.has(node.data("kind")) ? 3 : 2),
      },
    },
    {
      selector: 'node[kind = "job-group"]',
      style: { "background-color": colours.ground, "border-width": 2.5, "border-color": colours["kind-job"] },
    },
    { selector: "node.named", style: { label: "data(label)" } },
    {
      selector: "node.centre",
      style: { "font-weight": "bold", "border-width": 3, "border-color": colours.ink, "border-opacity": 1 },
    },
    {
      selector: "edge",
      style: {
        width: 1.5,
        "line-color": colours.soft,
        "target-arrow-color": colours.soft,
        "curve-style": "bezier",
        opacity: (edge) => (edge.data("statedAs") === "inferred" ? 0.45 : 0.85),
        "line-style": (edge) => LINES[edge.data("level")] ?? "solid",
        "overlay-opacity": 0,
        "z-index-compare": "manual",
        "z-index": 1,
      },
    },
    { selector: 'edge[kind = "requires"]', style: { "line-color": colours["kind-competence"] } },
    { selector: 'edge[level = "essential"]', style: { width: 2.5 } },
    {
      selector: 'edge[kind = "affects"]',
      style: {
        "line-color": colours["kind-factor"],
        "target-arrow-color": colours["kind-factor"],
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
      },
    },
    { selector: 'edge[kind = "broader"]', style: { width: 1, "target-arrow-shape": "vee", "arrow-scale": 0.7 } },
    {
      selector: 'edge[kind = "near"]',
      style: { "line-color": colours["kind-job"], opacity: 0.35, width: (edge) => 2 + 8 * edge.data("score") },
    },
    { selector: ".faint", style: faded },
    {
      selector: "node.lit",
      style: { "border-width": 4, "border-color": colours.accent, "border-opacity": 1, "z-index": 10 },
    },
  ];
}

/** Return numbers from 0 to 1 that are the same every time, so that an address gives the same picture again. */
function sameNumbers() {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Run a layout with the same random numbers as always. It runs at once, so nobody else draws from them. */
function lay(cy, options) {
  const { random } = Math;
  Math.random = sameNumbers();
  try {
    cy.layout({ name: "fcose", animate: false, fit: false, packComponents: true, ...options }).run();
  } finally {
    Math.random = random;
  }
}

/** Break a label as the picture does, and return how wide and high it is in pixels of the screen. */
function measure(pen, label) {
  let [wide, line, lines] = [0, 0, 1];
  for (const word of label.split(" ")) {
    const width = pen.measureText(word).width;
    if (line && line + 3 + width > WIDEST) {
      lines += 1;
      line = 0;
    }
    line += width + (line ? 3 : 0);
    wide = Math.max(wide, line);
  }
  return { width: wide + 4, height: lines * FONT * 1.25 + 2 };
}

/** Tell whether two boxes do not touch. */
function apart(one, two) {
  return one.x2 <= two.x1 || two.x2 <= one.x1 || one.y2 <= two.y1 || two.y2 <= one.y1;
}

const MAIN = new Set(["job", "sub-sector"]);

/** How much a node is worth naming. */
function rank(node) {
  return (
    (node.hasClass("lit") ? 4000 : 0) +
    (node.hasClass("centre") ? 2000 : 0) -
    (node.hasClass("faint") ? 1000 : 0) +
    (MAIN.has(node.data("kind")) ? 500 : 0) +
    node.data("shown")
  );
}

const AWAY = 4;

/** A place for a label about its node: *valign* and *halign* as the library has them, and the box that it then takes. */
function side(valign, halign) {
  const along = { left: -1, center: 0, right: 1 }[halign];
  const down = { top: -1, center: 0, bottom: 1 }[valign];
  const gap = along && down ? 0 : AWAY; // at a corner it may come nearer
  return {
    valign,
    halign,
    x: along * gap,
    y: down * gap,
    box: ({ x, y, half }, { width, height }) => ({
      x1: x + along * (half.x + gap) + ((along - 1) * width) / 2,
      x2: x + along * (half.x + gap) + ((along + 1) * width) / 2,
      y1: y + down * (half.y + gap) + ((down - 1) * height) / 2,
      y2: y + down * (half.y + gap) + ((down + 1) * height) / 2,
    }),
  };
}

/** Where a label can stand, the best first. */
const SIDES = [
  ...[side("bottom", "center"), side("top", "center"), side("center", "right"), side("center", "left")],
  ...[side("bottom", "right"), side("bottom", "left"), side("top", "right"), side("top", "left")],
];

export class Picture {
  /** Draw in *container*; *onTap* is told the node that was chosen, or null where the ground was. */
  constructor(container, onTap) {
    this.colours = palette();
    // Its style element would be refused by the Content-Security-Policy; what it says is in network.css.
    if (!document.getElementById(SHEET))
      document.head.append(Object.assign(document.createElement("template"), { id: SHEET }));
    this.cy = cytoscape({
      container,
      style: styleOf(this.colours),
      minZoom: 0.08,
      maxZoom: 4,
      userZoomingEnabled: false, // the wheel scrolls the page until the picture has the focus
      boxSelectionEnabled: false,
      autounselectify: true,
    });
    this.pen = document.createElement("canvas").getContext("2d");
    this.pen.font = `bold ${FONT}px system-ui, sans-serif`;
    this.cy.on("tap", (event) => onTap(event.target === this.cy || event.target.isEdge() ? null : event.target.id()));
    this.cy.on("mouseover", "node", ({ target }) => this.focus(target.id()));
    this.cy.on("mouseout", "node", () => this.focus(this.chosen));
    this.cy.on("zoom pan", () => this.thinSoon());
    this.cy.on("dragpan scrollzoom pinchzoom", () => {
      this.isWhole = false;
    });
    this.cy.on("dragfree", () => this.thinSoon());
    this.chosen = null;
  }

  /** Show nodes and edges: what stays keeps its place, what is new comes beside what it is tied to. */
  show({ nodes, edges, centres }) {
    const { cy } = this;
    const wanted = new Set([...nodes, ...edges].map((one) => one.id));
    const isFirst = cy.nodes().empty();
    const kept = new Set(
      cy
        .nodes()
        .filter((node) => wanted.has(node.id()))
        .map((node) => node.id()),
    );
    cy.batch(() => {
      cy.edges().remove();
      cy.nodes()
        .filter((node) => !wanted.has(node.id()))
        .remove();
      for (const node of nodes) {
        const data = {
          ...node,
          size: 16 + Math.min(22, 3.2 * Math.sqrt(node.shown) * (node.kind === "job" ? 1.3 : 1)),
        };
        if (kept.has(node.id)) cy.getElementById(node.id).data(data);
        else cy.add({ group: "nodes", data, position: this.beside(node.id, edges, kept) });
      }
      for (const edge of edges) cy.add({ group: "edges", data: edge });
      for (const node of cy.nodes()) node.toggleClass("centre", centres.includes(node.id()));
    });
    const few = nodes.length <= MANY;
    cy.nodes().style({ "font-size": FONT, "text-max-width": WIDEST, "text-valign": "bottom", "text-halign": "center" });
    cy.nodes().toggleClass("named", few);
    const isNew = !kept.size || isFirst;
    const anew = cy.nodes().some((node) => !kept.has(node.id()));
    if (isNew || anew) {
      lay(cy, {
        randomize: isNew,
        quality: few ? "proof" : "default",
        nodeDimensionsIncludeLabels: few,
        nodeSeparation: few ? 110 : 130,
        idealEdgeLength: few ? 95 : 130,
        nodeRepulsion: few ? 9000 : 16000,
        numIter: few ? 2500 : 600,
        tilingPaddingVertical: 40,
        tilingPaddingHorizontal: 60,
        ...(isNew
          ? {}
          : {
              fixedNodeConstraint: [...kept].map((nodeId) => ({
                nodeId,
                position: { ...cy.getElementById(nodeId).position() },
              })),
            }),
      });
      this.whole(!isNew);
    }
    this.focus(cy.getElementById(this.chosen ?? "").nonempty() ? this.chosen : null);
  }

  /** Return a place for a new node: beside the first node that it is tied to. */
  beside(id, edges, kept) {
    const tie = edges.find(
      ({ source, target }) => (source === id && kept.has(target)) || (target === id && kept.has(source)),
    );
    if (!tie) return { x: 0, y: 0 };
    const at = this.cy.getElementById(tie.source === id ? tie.target : tie.source).position();
    const turn = this.cy.nodes().length * 2.4; // about the golden angle: nobody lands on another
    return { x: at.x + 60 * Math.cos(turn), y: at.y + 60 * Math.sin(turn) };
  }

  /** Make all of it seen. */
  whole(moves = true) {
    const { cy } = this;
    this.isWhole = true;
    const fit = () => {
      // Labels keep their size, so how far it zooms decides where they end: twice is near enough.
      for (let round = 0; round < 2; round += 1) {
        cy.fit(undefined, 24);
        if (cy.zoom() > 1.25) {
          cy.zoom(1.25);
          cy.center();
        }
        this.thin();
      }
    };
    if (!moves || calm.matches || cy.nodes().empty()) return fit();
    const before = { zoom: cy.zoom(), pan: { ...cy.pan() } };
    fit();
    const after = { zoom: cy.zoom(), pan: { ...cy.pan() } };
    cy.viewport(before);
    cy.animate(after, { duration: 300 });
  }

  /** Take the room that there is now; what was seen whole is so again. */
  resize() {
    this.cy.resize();
    if (this.isWhole) this.whole(false);
  }

  /** Move what is seen. */
  moveBy(x, y) {
    this.isWhole = false;
    this.cy.panBy({ x, y });
  }

  /** Zoom about the middle. */
  zoomBy(factor) {
    const { cy } = this;
    this.isWhole = false;
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  thinSoon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.thin();
    });
  }

  /**
   * Name the nodes whose labels find room on the screen, below, above or beside: centres first, then jobs and
   * sub-sectors, then those with the most ties. Among many nodes a name may lie on others' shapes, never on a name.
   */
  thin() {
    const { cy } = this;
    const zoom = cy.zoom();
    const seen = { x1: 0, y1: 0, x2: cy.width(), y2: cy.height() };
    const isCrowded = cy.nodes().length > MANY;
    const spots = cy.nodes().map((node) => {
      const { x, y } = node.renderedPosition();
      const half = { x: (node.width() * zoom) / 2 + 1, y: (node.height() * zoom) / 2 + 1 };
      return { node, x, y, half, box: { x1: x - half.x, x2: x + half.x, y1: y - half.y, y2: y + half.y } };
    });
    spots.sort((one, two) => rank(two.node) - rank(one.node));
    const placed = [];
    const named = new Map();
    for (const spot of spots) {
      const label = measure(this.pen, spot.node.data("label"));
      const isMain = spot.node.hasClass("lit") || MAIN.has(spot.node.data("kind"));
      const isFree = (box) =>
        placed.every((other) => apart(box, other)) &&
        ((isCrowded && isMain) || spots.every((other) => other === spot || apart(box, other.box)));
      const places = SIDES.map((at) => ({ at, box: at.box(spot, label) }));
      const found = places.find(({ box }) => isFree(box)) ?? (spot.node.hasClass("lit") ? places[0] : null);
      if (!found) continue;
      if (!apart(found.box, seen)) placed.push(found.box);
      named.set(spot.node.id(), found.at);
    }
    cy.batch(() => {
      for (const { node } of spots) {
        const at = named.get(node.id());
        node.toggleClass("named", Boolean(at));
        // Labels keep their size on the screen.
        node.style({
          "font-size": FONT / zoom,
          "text-max-width": WIDEST / zoom,
          "text-valign": at?.valign ?? "bottom",
          "text-halign": at?.halign ?? "center",
          "text-margin-x": (at?.x ?? 0) / zoom,
          "text-margin-y": (at?.y ?? 0) / zoom,
        });
      }
    });
    this.named = named.size;
  }

  /** Bring out a node with what it is tied to; all of them where that is null. */
  focus(id) {
    const { cy } = this;
    const node = cy.getElementById(id ?? "");
    cy.batch(() => {
      cy.elements().removeClass("faint lit");
      if (node.empty()) return;
      cy.elements().difference(node.closedNeighborhood()).addClass("faint");
      node.addClass("lit");
    });
    this.thinSoon();
  }

  /** Keep a node brought out. */
  choose(id) {
    this.chosen = id;
    this.focus(id);
  }

  /** Move so that a node is seen. */
  reveal(id) {
    const { cy } = this;
    const node = cy.getElementById(id);
    if (node.empty()) return;
    const { x, y } = node.renderedPosition();
    if (x > 20 && y > 20 && x < cy.width() - 20 && y < cy.height() - 20) return;
    if (calm.matches) cy.center(node);
    else cy.animate({ center: { eles: node } }, { duration: 250 });
  }

  /** Bring out the nodes whose label holds a text, and return their ids; all where it is empty. */
  search(text) {
    const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const wanted = fold(text.trim());
    if (!wanted) {
      this.focus(this.chosen);
      return null;
    }
    const found = this.cy.nodes().filter((node) => fold(node.data("label")).includes(wanted));
    this.cy.batch(() => {
      this.cy.elements().removeClass("lit").addClass("faint");
      found.removeClass("faint").addClass("lit");
    });
    this.thinSoon();
    return found.map((node) => node.id());
  }

  /** Draw in the colours that the page has now. */
  repaint() {
    this.colours = palette();
    this.cy.style(styleOf(this.colours)).update();
    this.thin();
  }

  svg() {
    return graphSvg(this.cy, this.colours.ground);
  }

  png() {
    return this.cy.png({
      output: "blob-promise",
      full: true,
      scale: 2,
      maxWidth: 6000,
      maxHeight: 6000,
      bg: this.colours.ground,
    });
  }
}
