import { describe, expect, test } from "vitest";
import { type Ast, ExpressionError, evaluate, holds } from "../src/expr/evaluate";

const BOX = { label: "scratch", x: 4, y: 0, width: 12, height: 6, area: 72 };
const CASES: readonly [string, Ast, unknown][] = [
  [
    "width >= 8 && height >= 8",
    ["and", [">=", ["var", "width"], ["num", 8]], [">=", ["var", "height"], ["num", 8]]],
    false,
  ],
  ["x + width * 2", ["+", ["var", "x"], ["*", ["var", "width"], ["num", 2]]], 28],
  ["-x", ["neg", ["var", "x"]], -4],
  ["area / y is infinite", [">", ["/", ["var", "area"], ["var", "y"]], ["num", 1e300]], true],
  ["y / y compares false", [">=", ["/", ["var", "y"], ["var", "y"]], ["num", 0]], false],
  ["y / y differs from itself", ["!=", ["/", ["var", "y"], ["var", "y"]], ["/", ["var", "y"], ["var", "y"]]], true],
  ["label in the list", ["in", ["var", "label"], ["list", ["str", "crack"], ["str", "scratch"]]], true],
  ["label not in the list", ["in", ["var", "label"], ["list", ["str", "crack"]]], false],
  ["not (label == crack)", ["not", ["==", ["var", "label"], ["str", "crack"]]], true],
  ["or stops at the first", ["or", ["bool", true], ["var", "nothing"]], true],
  ["a number is never a text", ["==", ["num", 1], ["str", "1"]], false],
];

describe("a check's expression", () => {
  test.each(CASES)("%s", (_, ast, value) => {
    expect(evaluate(ast, BOX)).toBe(value);
  });

  test.each<[string, Ast]>([
    ["an unknown name", ["var", "weight"]],
    ["an unknown operator", ["**", ["num", 1], ["num", 2]]],
    ["a number where a yes is wanted", ["and", ["num", 1], ["bool", true]]],
    ["a text in a sum", ["+", ["str", "1"], ["num", 2]]],
    ["an order between a text and a number", ["<", ["str", "a"], ["num", 2]]],
  ])("is refused for %s", (_, ast) => {
    expect(() => evaluate(ast, BOX)).toThrow(ExpressionError);
  });

  test("holds only as a yes or a no", () => {
    expect(() => holds(["num", 1], BOX)).toThrow(ExpressionError);
  });
});
