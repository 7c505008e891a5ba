/** The catalogue of questions, searched by words as they are typed; themes without a question that has them go away. */
import { finder, fold } from "./folding.js";
import { number, say } from "./site.js";

/** Enhance the form of the search: `data-in` names what holds the themes, and the status says how many are left. */
export function enhance(form) {
  const input = form.querySelector("input[type=search]");
  const themes = [...document.querySelectorAll(form.dataset.in)].map((theme) => ({
    theme,
    entries: [...theme.querySelectorAll("li")].map((entry) => ({
      entry,
      folded: fold(`${entry.textContent} ${entry.dataset.words ?? ""}`),
    })),
  }));
  const status = form.querySelector("[role=status]");
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", show);
  if (input.value) show();

  function show() {
    const matches = finder(input.value);
    let count = 0;
    for (const { theme, entries } of themes) {
      const left = entries.filter(({ entry, folded }) => {
        entry.hidden = !matches(folded);
        return !entry.hidden;
      });
      theme.hidden = left.length === 0;
      count += left.length;
    }
    status.textContent = input.value.trim() ? say("questions-left", { count: number(count) }) : "";
    const url = new URL(location.href);
    if (input.value.trim()) url.searchParams.set("q", input.value.trim());
    else url.searchParams.delete("q");
    history.replaceState(null, "", url);
  }
}
