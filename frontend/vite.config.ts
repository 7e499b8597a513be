import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "vitest/config";
import { messageIds } from "./src/msgids";

const here = import.meta.dirname;

/** The sources whose words the server must put into a page's boot data. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** What the server sets PDF documents in (OFL-1.1): a bare machine has no Chinese font. */
const FONTS = {
  "noto-sans-sc": ["400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"],
  "noto-emoji": ["400Regular/NotoEmoji_400Regular.ttf"],
};

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
    {
      name: "guiju-fonts",
      generateBundle() {
        for (const [family, files] of Object.entries(FONTS)) {
          const folder = join(here, "node_modules/@expo-google-fonts", family);
          for (const file of files) {
            this.emitFile({
              type: "asset",
              fileName: `fonts/${basename(file)}`,
              source: readFileSync(join(folder, file)),
            });
          }
          const licence = readFileSync(join(folder, "LICENSE_FONT"));
          this.emitFile({ type: "asset", fileName: `fonts/${family}-licence.txt`, source: licence });
        }
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
        practice: join(here, "src/practice/main.tsx"),
        exam: join(here, "src/exam/main.tsx"),
        site: join(here, "src/site/main.ts"),
        map: join(here, "src/map/main.ts"),
        rulebook: join(here, "src/rulebook/main.ts"),
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
