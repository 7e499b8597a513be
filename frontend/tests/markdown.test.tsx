// @vitest-environment happy-dom
import { render } from "preact";
import { describe, expect, test } from "vitest";
import { Markdown } from "../src/markdown/Markdown";
import { plainly } from "../src/markdown/plain";

function html(text: string): string {
  const root = document.createElement("div");
  render(<Markdown text={text} />, root);
  return root.querySelector(".markdown")?.innerHTML ?? "";
}

describe("Markdown becomes", () => {
  test.each([
    ["headings", "# 一\n## 二 ##\n标题\n===", "<h3>一</h3><h4>二</h4><h3>标题</h3>"],
    ["paragraphs with their lines", "一行\n二行\n\n三行", "<p>一行\n二行</p><p>三行</p>"],
    [
      "strong, emphasis, struck out, code",
      "**a** *b* ~~c~~ `d*`",
      "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d*</code></p>",
    ],
    ["strong beside Chinese signs", "他说**“重点”**在此", "<p>他说<strong>“重点”</strong>在此</p>"],
    ["marks within marks", "***a*** **b *c* d**", "<p><em><strong>a</strong></em> <strong>b <em>c</em> d</strong></p>"],
    ["names with underlines as they are", "snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"],
    ["escapes and entities", "\\*a\\* &lt;b&gt; &amp;amp;", "<p>*a* &lt;b&gt; &amp;amp;</p>"],
    ["a list in a list", "- a\n  - b\n- c", "<ul><li><span>a</span><ul><li>b</li></ul></li><li>c</li></ul>"],
    ["numbers from where they begin", "3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'],
    ["a quote", "> a\n> b", "<blockquote><p>a\nb</p></blockquote>"],
    ["a rule, no heading", "a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"],
    ["hard breaks", "a  \nb", "<p>a<br>b</p>"],
    ["ticked tasks", "- [x] a", '<ul><li class="task"><span class="tick">☑ </span>a</li></ul>'],
  ])("%s", (_, text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test("code is shown as it was written, to the end where nothing closes it", () => {
    expect(html("```py\nif a < b:\n    **c**\n```\nd")).toBe(
      '<pre tabindex="0" dir="ltr" data-language="py"><code>if a &lt; b:\n    **c**</code></pre><p>d</p>',
    );
    expect(html("~~~\na")).toContain("<code>a</code>");
  });

  test("code within an entry of a list belongs to it", () => {
    expect(html("1. a\n\n   ```\n   b\n   ```\n2. c")).toBe(
      '<ol start="1"><li><span>a</span><pre tabindex="0" dir="ltr"><code>b</code></pre></li><li>c</li></ol>',
    );
  });

  test("a table with its sides, short rows filled up", () => {
    expect(html("| 项目 | 价 |\n|:--|--:|\n| **a** | 1 |\n| b |")).toBe(
      '<div class="scrolls"><table><thead><tr><th scope="col" style="text-align: left;">项目</th>' +
        '<th scope="col" style="text-align: right;">价</th></tr></thead><tbody>' +
        '<tr><td style="text-align: left;"><strong>a</strong></td><td style="text-align: right;">1</td></tr>' +
        '<tr><td style="text-align: left;">b</td><td style="text-align: right;"></td></tr></tbody></table></div>',
    );
  });

  test("links to the web, which say where they lead", () => {
    expect(html("[a](https://b.c/d_(e)) https://f.g/h。")).toBe(
      '<p><a href="https://b.c/d_(e)" target="_blank" rel="noopener noreferrer nofollow" title="https://b.c/d_(e)">a</a> ' +
        '<a href="https://f.g/h" target="_blank" rel="noopener noreferrer nofollow" title="https://f.g/h">https://f.g/h</a>。</p>',
    );
  });
});

describe("nothing that an answer says is run or fetched", () => {
  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<b>)",
    "![a](https://b.c/d.png)",
    "<javascript:alert(1)>",
    "| a |\n|--|\n| <svg onload=alert(1)> |",
    '[a](https://b.c "><script>")',
    "```\n</code><script>\n```",
  ])("%s", (text) => {
    const root = document.createElement("div");
    render(<Markdown text={text} />, root);
    expect(root.querySelector("script, img, svg, iframe")).toBeNull();
    for (const link of root.querySelectorAll("a")) expect(link.getAttribute("href")).toMatch(/^https:/);
  });

  test("a text that would make a careless parser run for ever is read at once", () => {
    const begun = performance.now();
    for (const sign of ["*", "_", "[", "`", "> ", "- ", "**a", "<", "(", "\\", "~~", "| "]) html(sign.repeat(3000));
    html(`${"[a](".repeat(500)}`);
    html("- a\n".repeat(2000));
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});

test("the beginning in plain words", () => {
  expect(plainly("# 标题\n\n- **一**\n- 二 `三`", 60)).toBe("标题 一 二 三");
  expect(plainly("很长的一句话", 4)).toBe("很长的…");
});
