/**
 * The editor of queries: YASGUI on this service alone. It completes from the prefixes, classes and properties that the
 * page names, and things by their labels from the search of the service; nothing is asked elsewhere.
 */
import Yasgui from "@zazuko/yasgui";
import { resultViews } from "./editor-results.js";
import { address, fetchJson, lang, make, say } from "./site.js";

const { Yasqe, Yasr } = Yasgui;
const MOST = 50;

/** Return the IRI completers of a query: classes after `a`, properties in their place, things elsewhere. */
function completers(vocabulary) {
  const among = (iris) => (_, token) => {
    const typed = token?.autocompletionString ?? "";
    return iris.filter((iri) => iri.startsWith(typed)).slice(0, MOST);
  };
  const iri = {
    bulk: false,
    autoShow: false,
    // A prefix of ours is known undeclared; what is chosen declares it.
    preProcessToken: (yasqe, token) => {
      const [, prefix, local] = token.string.match(/^([\w-]+):(.*)$/) ?? [];
      const base = prefix && (yasqe.getPrefixesFromQuery()[prefix] ?? vocabulary.prefixes[prefix]);
      if (!base) return Yasqe.Autocompleters.class.preProcessToken(yasqe, token);
      return Object.assign(token, {
        tokenPrefix: `${prefix}:`,
        tokenPrefixUri: base,
        autocompletionString: base + local,
      });
    },
    postProcessSuggestion: (yasqe, token, text) => Yasqe.Autocompleters.class.postProcessSuggestion(yasqe, token, text),
  };
  const { isValidCompletionPosition: isClassPlace } = Yasqe.Autocompleters.class;
  const { isValidCompletionPosition: isPropertyPlace } = Yasqe.Autocompleters.property;
  const bases = Object.values(vocabulary.prefixes).filter((base) => base.startsWith(vocabulary.base));
  const things = async (_, token) => {
    const typed = token?.autocompletionString ?? "";
    const base = bases.find((one) => typed.startsWith(one));
    if (!base || typed.length <= base.length) return [];
    const { hits } = await fetchJson(
      `/search?q=${encodeURIComponent(typed.slice(base.length).replaceAll("-", " "))}&limit=${MOST}`,
    );
    return hits.map((hit) => hit.iri).filter((found) => found.startsWith(base));
  };
  return [
    { ...iri, name: "classes-here", isValidCompletionPosition: isClassPlace, get: among(vocabulary.classes) },
    { ...iri, name: "properties-here", isValidCompletionPosition: isPropertyPlace, get: among(vocabulary.properties) },
    {
      ...iri,
      name: "things-here",
      isValidCompletionPosition: (yasqe) => {
        const { string } = yasqe.getCompleteToken();
        return /^([a-z-]+:|<)/.test(string) && !isClassPlace(yasqe) && !isPropertyPlace(yasqe);
      },
      get: things,
    },
    {
      name: "prefixes-here",
      bulk: false,
      autoShow: true,
      isValidCompletionPosition: (yasqe) => Yasqe.Autocompleters.prefixes.isValidCompletionPosition(yasqe),
      preProcessToken: (yasqe, token) => Yasqe.Autocompleters.prefixes.preProcessToken(yasqe, token),
      get: (_, token) =>
        Object.entries(vocabulary.prefixes)
          .map(([prefix, base]) => `${prefix}: <${base}>`)
          .filter((line) => line.startsWith((token?.autocompletionString ?? token?.string ?? "").trim())),
    },
  ];
}

/** Declare the prefixes of ours that a query has come to use. */
function declare(yasqe, prefixes) {
  const declared = yasqe.getPrefixesFromQuery();
  const bare = yasqe.getValue().replace(/"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|#[^\n]*/g, " ");
  for (const [, prefix] of bare.matchAll(/(?<![\w?$:/-])([a-z][\w-]*):[A-Za-z]/g))
    if (prefixes[prefix] && !declared[prefix]) yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
}

/** Name what the libraries leave without a name for who cannot see it. */
function nameParts(root) {
  const name = (selector, label) => {
    for (const element of root.querySelectorAll(selector)) {
      element.setAttribute("aria-label", label);
      if (element.title) element.title = label;
    }
  };
  name(".CodeMirror textarea", say("editor-text"));
  name(".yasqe_queryButton", say("editor-run"));
  name(".yasqe_share", say("editor-share"));
  name(".tabsList .closeTab", say("editor-close"));
  name(".tabsList .addTab", say("editor-new-tab"));
  for (const scroll of root.querySelectorAll(".CodeMirror-scroll")) scroll.tabIndex = 0; // it scrolls by keys, too
  // A list of tabs holds tabs alone: the button within it is for the mouse, another stands beside the list of queries.
  for (const button of root.querySelectorAll(".tabsList .addTab")) {
    button.setAttribute("aria-hidden", "true");
    button.tabIndex = -1;
  }
}

/** Return the address of this page with the query of an editor after its hash: to the service, `?query=` asks it. */
function link(yasqe) {
  const url = new URL(address("/sparql"), location.href);
  url.searchParams.set("lang", lang);
  url.hash = new URLSearchParams({ query: yasqe.getValue() });
  return url.href;
}

/** Read the text of a saved query, without its header. */
async function readSaved(name) {
  const answer = await fetch(address(`/queries/${encodeURIComponent(name)}.rq`));
  if (!answer.ok) throw new Error(`${answer.status} ${name}`);
  return (await answer.text()).replace(/^(#\+.*\n)+\s*/, "");
}

/** Put the editor in place of the plain form within *element*. */
export function enhance(element) {
  const form = element.querySelector("form");
  const vocabulary = JSON.parse(element.querySelector("#vocabulary").textContent);
  for (const completer of completers(vocabulary)) Yasqe.registerAutocompleter(completer, true);
  for (const [name, view] of Object.entries(resultViews(vocabulary.prefixes, () => yasgui.getTab().getQuery())))
    Yasr.registerPlugin(name, view);
  const named = Yasr.plugins.response;
  Yasr.registerPlugin(
    "response",
    class extends named {
      label = say("editor-response");
    },
  );
  Yasqe.defaults.autocompleters = ["prefixes-here", "classes-here", "properties-here", "things-here", "variables"];
  const chooser = element.querySelector("#editor-queries").content.cloneNode(true);
  const place = document.createElement("div");
  place.id = "yasgui";
  const picker = document.createElement("p");
  picker.className = "editor-queries";
  picker.append(chooser);
  form.hidden = true;
  form.before(picker, place);
  const yasgui = new Yasgui(place, {
    autofocus: false,
    tabName: say("editor-query"),
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    persistenceId: `metiers-kg-${lang}`,
    endpointCatalogueOptions: { getData: () => [] },
    requestConfig: { endpoint: new URL(address("/sparql"), location.href).href, method: "POST" },
    yasr: { defaultPlugin: "table" },
    yasqe: { createShareableLink: link, editorHeight: "22rem", resizeable: true },
  });
  const linked = new URLSearchParams(location.hash.slice(1)).get("query");
  const given = linked ?? form.elements.query.value;
  const isExample = linked === null && "example" in element.dataset;
  const tab = yasgui.getTab();
  if (tab && (!isExample || !tab.getQuery().includes("mkg:"))) {
    const target = isExample
      ? tab
      : (Object.values(yasgui._tabs).find((one) => one.getQuery() === given) ?? yasgui.addTab(true));
    yasgui.selectTabId(target.getId());
    target.setQuery(given);
  }
  picker.append(
    make("button", { type: "button", class: "format", onclick: () => yasgui.addTab(true) }, say("editor-new-tab")),
  );
  const select = picker.querySelector("select");
  select.addEventListener("change", async () => {
    if (!select.value) return;
    const title = select.selectedOptions[0].textContent;
    const text = await readSaved(select.value);
    const opened = yasgui.addTab(true, { name: title });
    opened.setQuery(text);
    select.value = "";
    nameParts(place);
  });
  yasgui.on("autocompletionClose", (_, changed) => declare(changed.getYasqe(), vocabulary.prefixes));
  yasgui.on("tabSelect", () => setTimeout(() => nameParts(place)));
  nameParts(place);
}
