/** The beginning of a Markdown text in plain words, for a line in a list. */
import { type Block, blocks } from "./blocks";
import type { Inline } from "./inline";

const LOOKED_AT = 600;

export function plainly(text: string, most: number): string {
  const said = blocks(text.slice(0, LOOKED_AT)).map(ofBlock).join(" ").replace(/\s+/g, " ").trim();
  const points = [...said];
  return points.length > most ? `${points.slice(0, most - 1).join("")}…` : said;
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case "code":
      return block.text;
    case "quote":
      return block.inside.map(ofBlock).join(" ");
    case "list":
      return block.entries.map((entry) => entry.inside.map(ofBlock).join(" ")).join(" ");
    case "table":
      return block.rows.map((row) => row.map(ofLine).join(" ")).join(" ");
    case "rule":
      return "";
    default:
      return ofLine(block.inside);
  }
}

const ofLine = (pieces: readonly Inline[]): string =>
  pieces.map((piece) => ("inside" in piece ? ofLine(piece.inside) : piece.text)).join("");
