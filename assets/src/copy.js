/** A button that copies what stands beside it. */
import { make, say } from "./site.js";

/** Return a button that copies what *text* gives, and says so. */
export function copyButton(text, label = say("copy")) {
  const said = make("span", { role: "status", class: "copied" });
  const button = make("button", { type: "button", class: "format" }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = say("copied");
    } catch {
      said.textContent = say("not-copied"); // where the browser does not let pages write there
    }
    setTimeout(() => {
      said.textContent = "";
    }, 4000);
  });
  return make("span", { class: "copy" }, button, " ", said);
}

/** Put a button after the summary of a query's text. */
export function enhance(element) {
  const code = element.querySelector("pre");
  code.before(
    make(
      "p",
      {},
      copyButton(() => code.textContent),
    ),
  );
}
