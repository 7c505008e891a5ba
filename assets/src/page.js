/**
 * What the pages do beyond reading. An element names its behaviour in `data-uses`, and the module that knows it is
 * loaded when the element comes near the eye: a page without pictures loads none of their libraries. Without this
 * script every page still reads, asks and answers.
 */
const BEHAVIOURS = {
  answer: () => import("./answer.js"),
  catalogue: () => import("./catalogue.js"),
  copy: () => import("./copy.js"),
  pick: () => import("./pick.js"),
  share: () => import("./share.js"),
  cells: () => import("./cells.js"),
  suggest: () => import("./suggest.js"),
  editor: () => import("./editor.js"),
  "heat-map": () => import("./heat-map.js"),
  network: () => import("./network.js"),
};

/** Load a behaviour and give it its element. What fails leaves the page as it was without scripts. */
async function enhance(element) {
  for (const name of element.dataset.uses.split(" ")) {
    const load = BEHAVIOURS[name];
    if (!load) continue;
    try {
      const { enhance: begin } = await load();
      await begin(element);
      element.dataset.ready = `${element.dataset.ready ?? ""} ${name}`.trim();
    } catch (error) {
      element.dataset.failed = name;
      console.error(`${name}:`, error);
    }
  }
}

const near = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      enhance(target);
    }
  },
  { rootMargin: "200px" },
);

for (const element of document.querySelectorAll("[data-uses]")) near.observe(element);
document.documentElement.classList.add("scripted");
