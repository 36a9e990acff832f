import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const folder = join(__dirname, "page");

/** The page's files, by their path on the console. */
export interface Bundle {
  readonly "/": string;
  readonly "/page.js": string;
  readonly "/page.css": string;
}

let made: Promise<Bundle> | undefined;

/** Compiles the page with its libraries, once a process. */
export function bundle(): Promise<Bundle> {
  made ??= compile();
  return made;
}

async function compile(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page.tsx"), join(folder, "page.css")],
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    write: false,
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return {
    "/": readFileSync(join(folder, "index.html"), "utf8"),
    "/page.js": text(".js"),
    "/page.css": text(".css"),
  };
}
