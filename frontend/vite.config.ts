import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { messageIds } from "./src/msgids";

const here = import.meta.dirname;

/** The sources whose words the server must put into a page's boot data. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

export default defineConfig({
  root: here,
  // Relative, so that the built files work under whatever path the server mounts them.
  base: "./",
  // htmx minified by its authors is a fifth smaller than its module minified here; it only lacks the export.
  resolve: { alias: { "htmx.org": join(here, "node_modules/htmx.org/dist/htmx.min.js") } },
  plugins: [
    {
      name: "guiju-htmx",
      transform: (code, id) =>
        id.endsWith("htmx.min.js") ? { code: `${code}\nexport default htmx;`, map: null } : null,
    },
    {
      name: "guiju-msgids",
      generateBundle() {
        const source = JSON.stringify(messageIds(sources(join(here, "src"))), null, 1);
        this.emitFile({ type: "asset", fileName: "msgids.json", source });
      },
    },
  ],
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    outDir: join(here, "../src/guiju/web/static/app"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        workbench: join(here, "src/workbench/main.tsx"),
        review: join(here, "src/review/main.tsx"),
        site: join(here, "src/site/main.ts"),
        map: join(here, "src/map/main.ts"),
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  test: { include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"], environment: "node" },
});
