// build.mjs FOLDER - bundles the page into FOLDER, as the files that the node serves. Same sources and packages (package-lock.json), same bytes.
// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const folder = process.argv[2];
const common = { bundle: true, minify: true, legalComments: "none", charset: "utf8", target: ["chrome123", "firefox121", "safari17.5"], logLevel: "warning" };

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "assets"), { recursive: true });
const { metafile } = await build({
    ...common,
    entryPoints: ["src/main.js"],
    outdir: join(folder, "assets"),
    format: "esm",
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    metafile: true,
});
const entry = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === "src/main.js");
const address = (path) => `/assets/${path.split("/").pop()}`;
const page = readFileSync("index.html", "utf8").replace("{script}", address(entry[0])).replace("{style}", address(entry[1].cssBundle));
writeFileSync(join(folder, "index.html"), page.replace(/\n\s*/g, "\n"));
for (const name of ["icon.svg", "manifest.webmanifest"]) writeFileSync(join(folder, name), readFileSync(name));

// The licences of what is in it have to come with it.
const used = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
const licence = (name) => readFileSync(join("node_modules", name, readdirSync(join("node_modules", name)).find((file) => /^licen[cs]e/i.test(file))), "utf8");
writeFileSync(join(folder, "licenses.txt"), [...used].sort().map((name) => `${name}\n\n${licence(name)}`).join("\n\n"));

// The service worker knows the files by name, and is another one when any of them is.
const assets = readdirSync(join(folder, "assets")).sort();
const paths = ["/", "/icon.svg", "/manifest.webmanifest", ...assets.map((name) => `/assets/${name}`)];
const version = createHash("sha256").update(page).update(assets.join()).update(readFileSync("icon.svg")).digest("hex").slice(0, 16);
await build({ ...common, entryPoints: ["src/sw.js"], outfile: join(folder, "sw.js"), define: { VERSION: JSON.stringify(version), PATHS: JSON.stringify(paths) } });
