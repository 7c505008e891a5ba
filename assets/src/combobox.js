/**
 * A text field with suggestions, as the ARIA Authoring Practices have it (combobox with a list, manual selection):
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
import { fold } from "./folding.js";
import { make, number, say } from "./site.js";

let lists = 0;

/** Return *text* with what was typed in it marked; where letters fold into several it is left as it is. */
function marked(text, typed) {
  const wanted = fold(typed.trim());
  const letters = [...text];
  const at = letters.every((letter) => fold(letter).length === 1) ? fold(text).indexOf(wanted) : -1;
  if (!wanted || at < 0) return [text];
  const cut = (from, to) => letters.slice(from, to).join("");
  return [cut(0, at), make("mark", {}, cut(at, at + wanted.length)), cut(at + wanted.length)].filter(Boolean);
}

/**
 * Make a combobox of *input*.
 *
 * `fetch(text, {signal})` gives, or promises, the suggestions `[{value, label, kind, note, href}]` for what is typed, the
 * best first; `onChoose(choice)` is told of the one that is chosen, and may return false to leave the text alone. With
 * `minimum: 0` the list opens on an empty field. Suggestions that come late are dropped. Returns `{close(), destroy()}`.
 */
export function combobox(input, { fetch, onChoose = () => {}, minimum = 1, wait = 120, most = 50 }) {
  const id = `suggestions-${++lists}`;
  const list = make("ul", {
    id,
    role: "listbox",
    class: "suggestions",
    hidden: true,
    "aria-label": input.labels?.[0]?.textContent?.trim() || say("suggestions"),
  });
  const status = make("span", { class: "hidden", role: "status" });
  const box = make("span", { class: "combobox" });
  input.replaceWith(box);
  box.append(input, list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    autocomplete: "off",
    spellcheck: "false",
  }))
    input.setAttribute(name, value);

  let choices = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  const ends = new AbortController();
  const on = (target, event, act) => target.addEventListener(event, act, { signal: ends.signal });
  on(input, "input", () => later(wait));
  on(input, "keydown", press);
  on(input, "click", () => list.hidden && minimum === 0 && later(0));
  on(input, "blur", close);
  on(list, "mousedown", (event) => event.preventDefault()); // the field keeps the focus
  on(list, "click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(choices[[...list.children].indexOf(option)]);
  });

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  }

  async function ask() {
    asking?.abort();
    const typed = input.value;
    if (typed.trim().length < minimum) {
      close();
      return;
    }
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await fetch(typed, { signal });
      if (!signal.aborted && document.activeElement === input) show(found.slice(0, most), typed, found.length);
    } catch (error) {
      if (!signal.aborted) {
        close();
        console.error(error);
      }
    }
  }

  function show(found, typed, count) {
    choices = found;
    list.replaceChildren(
      ...found.map(({ label, kind, note, tone }, i) =>
        make(
          "li",
          { role: "option", id: `${id}-${i}`, "aria-selected": "false" },
          make("span", { class: "label" }, ...marked(label, typed)),
          kind ? make("span", { class: `kind-of ${tone ?? ""}` }, kind) : null,
          note ? make("span", { class: "note-of" }, note) : null,
        ),
      ),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    move(-1);
    status.textContent = count ? say("suggestions-count", { count: number(count) }) : say("suggestions-none");
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    choices = [];
    input.setAttribute("aria-expanded", "false");
    move(-1);
  }

  function move(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const option = list.children[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function choose(choice) {
    if (!choice) return;
    close();
    if (onChoose(choice) !== false) input.value = choice.label;
    status.textContent = "";
  }

  function press(event) {
    const last = choices.length - 1;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) later(0);
      else if (event.key === "ArrowDown") move(active < last ? active + 1 : 0);
      else move(active > 0 ? active - 1 : last);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault(); // an Enter without a choice sends the form
      choose(choices[active]);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else if (event.key === "Tab" && active >= 0) choose(choices[active]);
  }

  function destroy() {
    close();
    ends.abort();
    box.replaceWith(input);
  }

  return { close, destroy };
}

/** Return a `fetch` for `combobox` that looks in a list of choices: first what begins with the text, then what has its words. */
export function among(choices) {
  const known = choices.map((choice) => ({ choice, folded: fold(`${choice.label} ${choice.note ?? ""}`) }));
  return (text) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const rank = (folded) => (folded.startsWith(words[0] ?? "") ? 0 : folded.includes(` ${words[0]}`) ? 1 : 2);
    return known
      .filter(({ folded }) => words.every((word) => folded.includes(word)))
      .sort((a, b) => rank(a.folded) - rank(b.folded))
      .map(({ choice }) => choice);
  };
}
