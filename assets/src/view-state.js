/**
 * What a reader has made of a page (sort, filters, tab) stands in the fragment of its address, such as
 * `#sort=-jobs&find=bio`: a link to it gives the same view, and nothing of it reaches the server.
 */

/** Return the state in the address. A fragment that names a place of the page has none. */
export function readState() {
  const text = location.hash.slice(1);
  return new URLSearchParams(text.includes("=") ? text : "");
}

/** Change the state: null or "" takes a key away. The address changes in its place, and the page is told. */
export function writeState(changes) {
  const state = readState();
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") state.delete(key);
    else state.set(key, value);
  }
  const text = state.toString();
  history.replaceState(null, "", `${location.pathname}${location.search}${text ? `#${text}` : ""}`);
  document.dispatchEvent(new CustomEvent("viewchange"));
}
