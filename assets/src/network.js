/**
 * The network of jobs and competences as a picture to explore. The page itself says all of it in lists; expanding,
 * filtering and going back fetch that page again, so address, picture and lists are always of one mind.
 */
import { Picture } from "./network-picture.js";
import { onThemeChange } from "./palette.js";
import { takeAway } from "./picture.js";
import { address, lang, make, number, say } from "./site.js";

const TOLD = ["network-told", "network-lists", "network-expanded", "network-heading"];
const MOST_TIES = 12;
const STEP = 60;

/** Return the address of what the form asks, without what is left empty or as it is unless said. */
function addressOf(form) {
  const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  for (const [name, values] of Object.entries(JSON.parse(form.dataset.defaults)))
    if (given.getAll(name).join() === values.join()) given.delete(name);
  return `${form.getAttribute("action")}?${given}`;
}

export function enhance(root) {
  const stage = root.querySelector(".net-stage");
  const form = document.getElementById("network-form");
  let data = read(document);

  const canvas = make("div", { class: "net-canvas", tabindex: 0, role: "application" });
  const panel = make("aside", { class: "net-panel", hidden: true, "aria-live": "polite" });
  const status = make("span", { role: "status" });
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const button = (sign, words, act) =>
    make("button", { type: "button", title: words, "aria-label": words, onclick: act }, sign);
  stage.append(make("div", { class: "net-tools" }), make("div", { class: "net-frame" }, canvas, panel));
  stage.hidden = false;

  const picture = new Picture(canvas, (id) => choose(id));
  stage.firstChild.append(
    button("+", say("net-larger"), () => picture.zoomBy(1.3)),
    button("−", say("net-smaller"), () => picture.zoomBy(1 / 1.3)),
    button("⤢", say("net-whole"), () => picture.whole()),
    takeAway(
      "network",
      () => picture.svg(),
      () => picture.png(),
    ),
    make("label", {}, say("net-search"), field),
    status,
  );

  /** Tell what is in the picture, and draw it. */
  const draw = () => {
    const counts = { nodes: number(data.nodes.length), links: number(data.edges.length) };
    canvas.setAttribute("aria-label", say("net-canvas", counts));
    const begun = performance.now();
    picture.show(data);
    root.dataset.drawn = Math.round(performance.now() - begun);
    if (picture.chosen && !data.nodes.some(({ id }) => id === picture.chosen)) choose(null);
    else if (picture.chosen) tell(picture.chosen);
  };

  const entry = (id) => root.querySelector(`[data-node="${CSS.escape(id)}"]`);

  /** Bring out a node and tell of it in the panel; nothing where that is null. */
  const choose = (id) => {
    root.querySelector(".net-nodes .lit")?.classList.remove("lit");
    picture.choose(id);
    if (id) tell(id);
    if (panel.hidden === Boolean(id)) {
      panel.hidden = !id;
      picture.resize();
    }
  };

  const tell = (id) => {
    const node = data.nodes.find((one) => one.id === id);
    const item = entry(id);
    if (!node || !item) return;
    item.classList.add("lit");
    const acts = item.querySelector(".acts")?.cloneNode(true) ?? "";
    const words = [data.words[node.kind], ...node.sorts.map((sort) => data.words[sort])].join(" · ");
    const own = data.edges.filter(({ source, target }) => source === id || target === id);
    const page = local(node.href);
    const slug = id.slice(id.indexOf("/") + 1);
    panel.replaceChildren(
      make(
        "button",
        { type: "button", class: "close", "aria-label": say("net-close"), onclick: () => choose(null) },
        "×",
      ),
      make("p", { class: "kind" }, words),
      make("h2", {}, make("a", { href: page, lang: node.lang }, node.label)),
      make(
        "p",
        {},
        make("a", { href: page }, say("net-page")),
        ...(node.kind === "job"
          ? [" · ", make("a", { href: local(`/overlap?job=${encodeURIComponent(slug)}`) }, say("net-nearest"))]
          : []),
      ),
      acts,
      make("h3", {}, `${say("net-ties")} (${number(own.length)})`),
      make("ul", {}, ...own.slice(0, MOST_TIES).map((edge) => tie(edge, id))),
      own.length > MOST_TIES
        ? make("p", { class: "where" }, say("net-more-ties", { count: number(own.length - MOST_TIES) }))
        : "",
    );
  };

  /** One tie of a node: what it is, to what, and where that is said. */
  const tie = (edge, id) => {
    const other = data.nodes.find((one) => one.id === (edge.source === id ? edge.target : edge.source));
    const from = edge.source === id;
    const level = edge.level ? ` (${data.words[edge.level]})` : "";
    const score = edge.score === undefined ? "" : ` ${number(edge.score, 2)}`;
    const what = `${edge.relation || data.words[edge.kind]}${score}${level}`;
    const to = make(
      "a",
      {
        href: local(other.href),
        lang: other.lang,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          choose(other.id);
          picture.reveal(other.id);
        },
      },
      other.label,
    );
    return make(
      "li",
      {},
      make("span", { class: "where" }, from ? `${what} → ` : `← ${what} `),
      to,
      ...(edge.href
        ? [
            " ",
            make(
              "a",
              { class: "why", href: local(edge.href) },
              edge.kind === "near" ? say("net-compare") : say("net-said"),
            ),
          ]
        : []),
      ...(edge.why ? [" ", make("a", { class: "why", href: local(edge.why) }, say("net-why"))] : []),
    );
  };

  /** Fetch another state of this page and show it. */
  let fetching = null;
  const go = async (href, { keeps = false } = {}) => {
    fetching?.abort();
    fetching = new AbortController();
    status.textContent = say("net-loading");
    try {
      const answer = await fetch(href, { headers: { Accept: "text/html" }, signal: fetching.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.getElementById("network")) throw new Error(`${answer.status} ${href}`);
      const active = document.activeElement?.closest?.("[data-node]")?.dataset.node;
      for (const id of TOLD) document.getElementById(id).replaceWith(page.getElementById(id));
      document.title = page.title;
      if (keeps) history.replaceState(null, "", href);
      data = read(document);
      draw();
      status.textContent = document.getElementById("network-told").textContent.trim();
      if (active) entry(active)?.querySelector("a")?.focus();
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = say("net-failed");
      location.assign(href);
    }
  };

  const visit = (href) => {
    history.pushState(null, "", href);
    go(href);
  };
  addEventListener("popstate", () => location.reload());

  // What the lists and the panel offer: expand, collapse, put at the centre.
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-act]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.dataset.act === "around") return; // another page, with a form of its own
    event.preventDefault();
    visit(link.href);
  });
  root.addEventListener("focusin", ({ target }) => {
    const item = target.closest("[data-node]");
    if (!item) return;
    choose(item.dataset.node);
    picture.reveal(item.dataset.node);
  });

  // Filters act at once; centres when asked.
  form.addEventListener("change", ({ target }) => {
    if (target.closest(".net-filters")) go(addressOf(form), { keeps: true });
  });
  form.addEventListener("submit", (event) => {
    if (!document.activeElement?.closest(".net-filters")) return;
    event.preventDefault();
    go(addressOf(form), { keeps: true });
  });

  field.addEventListener("input", () => {
    const found = picture.search(field.value);
    status.textContent = found ? say("net-found", { count: number(found.length) }) : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const [first] = picture.search(field.value) ?? [];
    if (!first) return;
    choose(first);
    picture.reveal(first);
  });

  // The picture by keyboard. The wheel zooms once the picture has the focus, and scrolls the page before.
  const MOVES = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = MOVES[event.key];
    if (move) picture.moveBy(...move);
    else if (event.key === "+" || event.key === "=") picture.zoomBy(1.3);
    else if (event.key === "-") picture.zoomBy(1 / 1.3);
    else if (event.key === "0") picture.whole();
    else if (event.key === "Escape") choose(null);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  canvas.addEventListener("focus", () => picture.cy.userZoomingEnabled(true));
  canvas.addEventListener("blur", () => picture.cy.userZoomingEnabled(false));
  canvas.addEventListener("touchstart", ({ touches }) => picture.cy.userZoomingEnabled(touches.length > 1), {
    passive: true,
  });
  onThemeChange(() => picture.repaint());
  draw();
}

/** Return what the picture of a page is drawn from. */
function read(page) {
  return JSON.parse(page.getElementById("network-data").textContent);
}

/** Return a path of the service in the language of the page. */
function local(path) {
  return `${address(path)}${path.includes("?") ? "&" : "?"}lang=${lang}`;
}
