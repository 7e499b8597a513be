// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { drawn, RegionBox, readBox } from "../src/site/region";

const SIZE = { width: 400, height: 200 };

test("a box is drawn in the picture's pixels, whichever corner comes first, never beyond its edges or too small", () => {
  expect(drawn({ x: 90, y: 80.4 }, { x: 10, y: 20 }, SIZE)).toEqual({ x: 10, y: 20, w: 80, h: 60 });
  expect(drawn({ x: 400, y: 200 }, { x: 399, y: 199 }, SIZE)).toEqual({ x: 392, y: 192, w: 8, h: 8 });
});

test("what is written beside the picture is a box only where it lies inside", () => {
  expect(readBox(" 10, 20，30,40", SIZE)).toEqual({ x: 10, y: 20, w: 30, h: 40 });
  for (const said of ["", "1,2,3", "a,b,c,d", "390,0,20,20", "-1,0,20,20", "0,0,0,20"]) {
    expect(readBox(said, SIZE), said).toBeNull();
  }
});

test("pointer and keys write the field of the form, and the box lies where the field says", () => {
  document.body.innerHTML = `<form><region-box data-width="400" data-height="200"></region-box><input name="region"></form>`;
  customElements.define("region-box", RegionBox); // as in a page: the script comes when all is there
  const box = document.querySelector("region-box") as RegionBox;
  const field = document.querySelector("input") as HTMLInputElement;
  const mark = box.querySelector("i") as HTMLElement;
  expect(mark.hidden).toBe(true);
  box.getBoundingClientRect = () => ({ left: 100, top: 50, width: 200, height: 100 }) as DOMRect;
  box.setPointerCapture = () => undefined;
  const point = (kind: string, clientX: number, clientY: number) =>
    box.dispatchEvent(new PointerEvent(kind, { clientX, clientY, button: 0, pointerId: 1 }));
  point("pointerdown", 110, 60);
  point("pointermove", 160, 90);
  point("pointerup", 160, 90);
  point("pointermove", 250, 130);
  expect(field.value).toBe("20,20,100,60");
  expect([mark.style.left, mark.style.width]).toEqual(["5%", "25%"]);
  const press = (key: string, shiftKey = false) => box.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey }));
  press("ArrowRight");
  press("ArrowDown", true);
  expect(field.value).toBe("24,20,100,64");
  field.value = "nonsense";
  field.dispatchEvent(new Event("input"));
  expect(mark.hidden).toBe(true);
});
