/**
 * Pickers of the forms: a long list to choose from becomes a field that completes what is typed, several choices are
 * chips that can be taken away. The select or text field of the form stays what the form sends.
 */
import { among, combobox } from "./combobox.js";
import { make, say } from "./site.js";

const FEW = 12; // a shorter list is quicker to choose from as it is

/** Enhance a field of a form: a select, or a text field with a list. */
export function enhance(field) {
  const select = field.querySelector("select");
  const listed = field.querySelector("input[list]");
  if (listed) fromList(listed);
  else if (select?.multiple) severalOf(field, select);
  else if (select && select.options.length > FEW) oneOf(field, select);
}

function choicesOf(select) {
  return [...select.options]
    .filter(({ value }) => value)
    .map((option) => ({ value: option.value, label: option.label }));
}

/** A text field that stands in for *select*, with its label, its descriptions and its place. */
function standIn(field, select) {
  const input = make("input", { type: "text", id: `${select.id}-text` });
  for (const name of ["aria-describedby", "aria-invalid"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  field.querySelector(`label[for="${select.id}"]`).htmlFor = input.id;
  select.hidden = true;
  select.before(input);
  return input;
}

/** A text field whose list is one of the page: the browser's own list gives way to ours, which folds accents. */
function fromList(input) {
  const choices = [...input.list.options].map(({ value }) => ({ value, label: value }));
  input.removeAttribute("list");
  combobox(input, { fetch: among(choices), minimum: 0 });
}

function oneOf(field, select) {
  const choices = choicesOf(select);
  const input = standIn(field, select);
  const byLabel = new Map(choices.map(({ value, label }) => [label, value]));
  const isAsked = select.required;
  select.required = false; // a hidden field cannot say what it lacks
  input.required = isAsked;
  input.value = select.value ? select.selectedOptions[0].label : "";
  if (!isAsked) input.placeholder = select.options[0]?.value ? "" : select.options[0].label;
  const settle = () => {
    const value = byLabel.get(input.value.trim());
    if (!value && !input.value.trim() && [...select.options].some((option) => !option.value)) select.value = "";
    else if (value) select.value = value;
    input.setCustomValidity(value || !input.value.trim() ? "" : say("choose-from-list"));
  };
  input.addEventListener("input", settle);
  combobox(input, {
    fetch: among(choices),
    minimum: 0,
    onChoose: ({ label }) => {
      input.value = label;
      settle();
    },
  });
}

function severalOf(field, select) {
  const input = standIn(field, select);
  const isAsked = select.required;
  select.required = false;
  const chips = make("ul", { class: "chips", "aria-label": say("chosen") });
  input.before(chips);
  for (const hint of field.querySelectorAll(".by-keys")) hint.hidden = true; // how to choose several in a select
  const search = (text) =>
    among(
      [...select.options]
        .filter(({ value, selected }) => value && !selected)
        .map(({ value, label }) => ({ value, label })),
    )(text);
  combobox(input, { fetch: search, minimum: 0, onChoose: add });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !input.value && select.selectedOptions.length)
      remove([...select.selectedOptions].at(-1));
  });
  input.addEventListener("change", () => input.setCustomValidity(input.value.trim() ? say("choose-from-list") : ""));
  input.addEventListener("input", () => input.setCustomValidity(""));
  show();

  function add({ value }) {
    [...select.options].find((option) => option.value === value).selected = true;
    input.value = "";
    input.setCustomValidity("");
    show();
    return false;
  }

  function remove(option) {
    option.selected = false;
    show();
    input.focus();
  }

  function show() {
    chips.replaceChildren(
      ...[...select.selectedOptions].map((option) =>
        make(
          "li",
          { class: "chip" },
          option.label,
          make(
            "button",
            {
              type: "button",
              class: "take-away",
              "aria-label": say("take-out", { label: option.label }),
              onclick: () => remove(option),
            },
            "×",
          ),
        ),
      ),
    );
    chips.hidden = select.selectedOptions.length === 0;
    input.required = isAsked && select.selectedOptions.length === 0;
  }
}
