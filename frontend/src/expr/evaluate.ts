/**
 * Checks are expressions in the rulebook's own small grammar, sent as JSON: `["op", operand…]`.
 * The server runs them over NumPy columns; here one unit (a shape, or a whole answer) at a time, with the same
 * IEEE arithmetic: a division by zero is infinite and a comparison with NaN is false.
 */
export type Value = number | string | boolean;
export type Ast = readonly [string, ...unknown[]];
/** What a name can stand for: a value, or (behind `in` alone) several texts. */
export type Told = Value | readonly string[];
export type Env = Readonly<Record<string, Told>>;

export class ExpressionError extends Error {}

export function evaluate(ast: Ast, env: Env): Value {
  const [op, ...args] = ast;
  const at = (index: number): Value => evaluate(node(args[index], op), env);
  const number = (index: number): number => asNumber(at(index), op);
  switch (op) {
    case "num":
    case "str":
    case "bool":
      return literal(args[0], op);
    case "var":
      return variable(String(args[0]), env);
    case "and":
      return truth(at(0), op) && truth(at(1), op);
    case "or":
      return truth(at(0), op) || truth(at(1), op);
    case "not":
      return !truth(at(0), op);
    case "neg":
      return -number(0);
    case "in":
      return members(node(args[1], op), env).includes(at(0));
    default:
      return op in ARITHMETIC ? arithmetic(op, number(0), number(1)) : compare(op, at(0), at(1));
  }
}

/** Whether `ast` holds; an expression that is not a yes or a no is an error of the rulebook. */
export function holds(ast: Ast, env: Env): boolean {
  return truth(evaluate(ast, env), "check");
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

function arithmetic(op: string, a: number, b: number): number {
  const run = ARITHMETIC[op];
  if (!run) throw new ExpressionError(`unknown operator ${op}`);
  return run(a, b);
}

function compare(op: string, a: Value, b: Value): boolean {
  if (op === "==") return a === b;
  if (op === "!=") return a !== b;
  if (typeof a !== typeof b) throw new ExpressionError(`${op} wants two values of one type`);
  switch (op) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      throw new ExpressionError(`unknown operator ${op}`);
  }
}

function node(value: unknown, op: string): Ast {
  if (Array.isArray(value) && typeof value[0] === "string") return value as unknown as Ast;
  throw new ExpressionError(`${op} wants an expression`);
}

function literal(value: unknown, op: string): Value {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  throw new ExpressionError(`${op} wants a plain value`);
}

function variable(name: string, env: Env): Value {
  const value = env[name];
  if (value === undefined) throw new ExpressionError(`unknown name ${name}`);
  if (typeof value === "object") throw new ExpressionError(`${name} is several texts`);
  return value;
}

function members(list: Ast, env: Env): Value[] {
  const named = list[0] === "var" ? env[String(list[1])] : undefined;
  if (typeof named === "object") return [...named];
  if (list[0] !== "list") throw new ExpressionError("in wants a list");
  return list.slice(1).map((each) => evaluate(node(each, "list"), env));
}

function truth(value: Value, op: string): boolean {
  if (typeof value === "boolean") return value;
  throw new ExpressionError(`${op} wants a yes or a no`);
}

function asNumber(value: Value, op: string): number {
  if (typeof value === "number") return value;
  throw new ExpressionError(`${op} wants a number`);
}
