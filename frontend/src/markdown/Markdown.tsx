import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type Block, blocks, type Entry } from "./blocks";
import type { Inline } from "./inline";

/** A text in Markdown. It is drawn piece by piece: what looks like HTML in it is shown as it was written. */
export function Markdown({ text }: { text: string }) {
  const read = useMemo(() => blocks(text), [text]);
  return (
    <div class="markdown" dir="auto">
      {read.map(drawn)}
    </div>
  );
}

function drawn(block: Block, key: number): JSX.Element {
  switch (block.kind) {
    case "heading":
      return heading(block.level, line(block.inside), key);
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines of code are scrolled with the keyboard
        <pre key={key} tabIndex={0} dir="ltr" {...(block.language && { "data-language": block.language })}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return <blockquote key={key}>{block.inside.map(drawn)}</blockquote>;
    case "list":
      return block.first === null ? (
        <ul key={key}>{block.entries.map(entry)}</ul>
      ) : (
        <ol key={key} start={block.first}>
          {block.entries.map(entry)}
        </ol>
      );
    case "table":
      return <Table key={key} block={block} />;
    case "rule":
      return <hr key={key} />;
    default:
      return <p key={key}>{line(block.inside)}</p>;
  }
}

/** The page has headings of its own above these: an answer's first is a third one. */
function heading(level: number, inside: ComponentChildren, key: number): JSX.Element {
  if (level === 1) return <h3 key={key}>{inside}</h3>;
  if (level === 2) return <h4 key={key}>{inside}</h4>;
  return level === 3 ? <h5 key={key}>{inside}</h5> : <h6 key={key}>{inside}</h6>;
}

function entry({ done, inside }: Entry, key: number): JSX.Element {
  const [only] = inside;
  const tight = inside.length === 1 && only?.kind === "paragraph";
  return (
    <li key={key} class={done === null ? undefined : "task"}>
      {done !== null && <span class="tick">{done ? "☑" : "☐"} </span>}
      {tight ? line(only.inside) : inside.map((block, at) => softly(block, at))}
    </li>
  );
}

/** The first words of an entry stand on its own line. */
const softly = (block: Block, at: number): JSX.Element =>
  at === 0 && block.kind === "paragraph" ? <span key={at}>{line(block.inside)}</span> : drawn(block, at);

function Table({ block }: { block: Extract<Block, { kind: "table" }> }) {
  const [head = [], ...body] = block.rows;
  const style = (column: number) => {
    const align = block.align[column];
    return align ? { textAlign: align } : undefined;
  };
  return (
    <div class="scrolls">
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" style={style(column)}>
                {line(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} style={style(column)}>
                  {line(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function line(pieces: readonly Inline[]): ComponentChildren {
  return pieces.map(piece);
}

function piece(one: Inline, key: number): ComponentChildren {
  switch (one.kind) {
    case "code":
      return <code key={key}>{one.text}</code>;
    case "break":
      return <br key={key} />;
    case "strong":
      return <strong key={key}>{line(one.inside)}</strong>;
    case "em":
      return <em key={key}>{line(one.inside)}</em>;
    case "del":
      return <del key={key}>{line(one.inside)}</del>;
    case "link":
      return (
        <a key={key} href={one.to} target="_blank" rel="noopener noreferrer nofollow" title={one.to}>
          {line(one.inside)}
        </a>
      );
    default:
      return one.text;
  }
}
