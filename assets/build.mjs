// Bundle the scripts and styles of the pages into the package, with the licences of what they are made of.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "metiers_kg", "web", "static", "built");
const aside = `${out}.new`; // so that a failure leaves the last bundles as they were

/** The package that a bundled file comes from, as the path of its folder; "" for our own. */
function packageOf(input) {
  const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  return found ? found[1] : "";
}

/** The licence texts of all packages that went into the bundles, sorted by name. */
function licences(metafile) {
  const folders = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
  const told = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
    const file = readdirSync(join(here, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(here, folder, file), "utf8").trim() : "(no licence text in the package)";
    return `${name} ${version} (${license ?? "licence not named"})\n\n${text}\n`;
  });
  return told.sort().join(`\n${"-".repeat(80)}\n\n`);
}

rmSync(aside, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { page: "src/page.js", editor: "src/editor.css" },
  outdir: aside,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none", // the licences are told in one file
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".svg": "file", ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file" },
  metafile: true,
  logLevel: "warning",
});
writeFileSync(join(aside, "LICENCES.txt"), licences(metafile));
rmSync(out, { recursive: true, force: true });
renameSync(aside, out);
