/** The colours of the pages for pictures: they are those of the style sheet, so a picture follows light and dark. */

const DOMAINS = ["technological", "economic", "regulatory", "societal"];
const CATEGORIES = ["content-change", "growth", "emergence"];

/** Return the value of a custom property of the style sheet, such as `--ink`. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Return the colours by role: ink, soft, line, ground, raised, link, and those of domains, categories and kinds. */
export function palette() {
  const names = ["ground", "raised", "ink", "soft", "line", "field", "link", "accent", "on-accent", "sure", "care"];
  const kinds = ["job", "competence", "factor", "sub-sector"].map((kind) => `kind-${kind}`);
  const all = [...names, ...DOMAINS, ...CATEGORIES, ...kinds, "scale-0", "scale-1"];
  return Object.fromEntries(all.map((name) => [name, colour(name)]));
}

/** Call *redraw* whenever the reader changes between light and dark. */
export function onThemeChange(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}
