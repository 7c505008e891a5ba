/** The search box suggests things by their names while one types: the project's own first, then ESCO's and ROME's. */
import { combobox } from "./combobox.js";
import { address, fetchJson, lang } from "./site.js";

const MOST = 8;
// What people look for; statements about these are found by the whole search.
const KINDS = ["job", "job-group", "competence", "factor", "sub-sector", "category", "indicator", "strategy"];
const OTHERS = ["recruitment", "organisation", "place", "activity", "source", "term", "rome", "other"];

/** Enhance the form of the search: a suggestion leads to its page, an Enter without one to all that is found. */
export function enhance(form) {
  const input = form.querySelector("input[type=search]");
  const names = JSON.parse(form.dataset.kinds);
  const kinds = [...KINDS, ...OTHERS].map((kind) => `kind=${kind}`).join("&");
  combobox(input, {
    minimum: 2,
    most: MOST,
    fetch: async (text, { signal }) => {
      const { hits } = await fetchJson(`/search?q=${encodeURIComponent(text)}&limit=${MOST}&${kinds}`, { signal });
      return hits.map(({ label, matched, kind, href }) => ({
        value: href,
        label,
        kind: names[kind] ?? names.other,
        note: matched === label ? "" : matched,
      }));
    },
    onChoose: ({ value }) => {
      const place = new URL(address(value), location.href);
      if (place.origin === location.origin) place.searchParams.set("lang", lang);
      location.assign(place);
    },
  });
}
