/** Where a view is found again: its permanent link and the frame for another site, both with what the reader has made of it. */
import { copyButton } from "./copy.js";
import { make, say } from "./site.js";

/** Put fields to copy from under the two links, kept in step with the view. */
export function enhance(element) {
  const link = element.querySelector(".permalink");
  const embedded = element.querySelector(".embedded");
  const bases = [link, embedded].map((anchor) => anchor.href.split("#")[0]);
  const address = make("input", { type: "text", readonly: true, "aria-label": say("permalink-field") });
  const frame = make("textarea", { readonly: true, rows: "3", "aria-label": say("frame-field") });
  for (const field of [address, frame]) field.addEventListener("focus", () => field.select());
  link.parentElement.after(
    make(
      "div",
      { class: "to-copy" },
      address,
      copyButton(() => address.value),
    ),
  );
  embedded.parentElement.after(
    make(
      "div",
      { class: "to-copy" },
      frame,
      copyButton(() => frame.value),
    ),
  );
  tell();
  document.addEventListener("viewchange", tell);
  window.addEventListener("hashchange", tell);

  function tell() {
    const hash = location.hash.includes("=") ? location.hash : "";
    [link.href, embedded.href] = bases.map((base) => base + hash);
    address.value = link.href;
    const made = make("iframe", {
      src: embedded.href,
      title: element.dataset.title,
      width: "100%",
      height: "640",
      loading: "lazy",
      referrerpolicy: "no-referrer",
    });
    frame.value = made.outerHTML;
    // Another language of the same page shows the same view.
    for (const other of document.querySelectorAll(".languages a")) other.hash = hash;
  }
}
