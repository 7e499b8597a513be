import { expect, test } from "vitest";
import { withTexts } from "../src/workbench/texts";
import { task } from "./cast";

const long = (slot: number) => {
  const item = { id: slot, media: "text", name: "t", text: null, url: `/t/${slot}`, width: null, height: null };
  return task(slot, { item });
};

test("a long text is fetched whole, its first mark counted; images and short texts are left alone", async () => {
  const asked: string[] = [];
  const get = async (url: string) => {
    asked.push(url);
    return new Response("\ufeff字".repeat(9000));
  };
  const [fetched, image] = await withTexts([long(1), task(2)], get);
  expect(fetched?.item.text).toBe("\ufeff字".repeat(9000));
  expect(image).toEqual(task(2));
  expect(asked).toEqual(["/t/1"]);
});

test.each(["dialogue", "comparison"])("a long %s is fetched whole too", async (media) => {
  const [fetched] = await withTexts([{ item: { ...long(1).item, media } }], async () => new Response("{}"));
  expect(fetched?.item.text).toBe("{}");
});

test("a text that cannot be had is no item to work on", async () => {
  await expect(withTexts([long(1)], async () => new Response("", { status: 404 }))).rejects.toThrow("404");
});
