/** How texts are compared: without regard to accents, case, ligatures and the form of the apostrophe. */
import { lang } from "./site.js";

/** Return a text as it is looked for: `fold("Œuvre d’été")` is `oeuvre d'ete`. */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replaceAll("’", "'");
}

/** Return a test that a folded text has every word of what is typed, in any order. */
export function finder(typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return (folded) => words.every((word) => folded.includes(word));
}

/** Compare texts as the language of the page orders them, numbers in them by their size. */
export const { compare } = new Intl.Collator(lang, { sensitivity: "base", numeric: true });
