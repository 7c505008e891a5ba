/** What every behaviour knows of the page: its language, its words, the addresses of the service. */

const root = document.documentElement;

/** The language of the page, as a BCP 47 tag. */
export const lang = root.lang;

const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** Return the text of the pages under *key* (section `script` of the texts), with `{name}` filled in from *values*. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Return a path of this service as the browser reaches it, below the root path of a proxy if there is one. */
export function address(path) {
  return path.startsWith("/") ? (root.dataset.root ?? "") + path : path;
}

/** Fetch JSON from a path of this service in the page's language. Throws where the answer is an error. */
export async function fetchJson(path, { signal } = {}) {
  const url = new URL(address(path), location.href);
  if (!url.searchParams.has("lang")) url.searchParams.set("lang", lang);
  const answer = await fetch(url, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok) throw new Error(`${answer.status} ${url.pathname}`);
  return answer.json();
}

/** Return the number in the way of the page's language, with at most *digits* after the comma. */
export function number(value, digits = 3) {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);
}

/** Make an element: `make("a", {href: "/"}, "Home")`. Attributes with the value null, undefined or false are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
