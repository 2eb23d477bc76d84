import { z } from "zod";

/** Returns the regular expression of a pattern, which counts characters where it can. */
function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}

/** A string. Lengths count characters, as JSON Schema does, and not the halves of pairs. */
export function text(rules: { minLength?: number; maxLength?: number; pattern?: string }): z.ZodType<string> {
  const { minLength = 0, maxLength = Infinity, pattern } = rules;
  const matches = pattern === undefined ? undefined : expression(pattern);
  return z.string().superRefine((value, context) => {
    const length = [...value].length;
    if (length < minLength) context.addIssue({ code: "custom", message: `must have at least ${minLength} characters` });
    if (length > maxLength) context.addIssue({ code: "custom", message: `must have at most ${maxLength} characters` });
    if (matches !== undefined && !matches.test(value)) context.addIssue({ code: "custom", message: `must match ${matches}` });
  });
}

/** A number. */
export function number(rules: {
  integer: boolean;
  minimum?: number;
  maximum?: number;
  above?: number;
  below?: number;
  multipleOf?: number;
}): z.ZodType<number> {
  const { minimum = -Infinity, maximum = Infinity, above = -Infinity, below = Infinity, multipleOf } = rules;
  return z.number().superRefine((value, context) => {
    if (rules.integer && !Number.isInteger(value)) context.addIssue({ code: "custom", message: "must be an integer" });
    if (value < minimum || value <= above) context.addIssue({ code: "custom", message: "is too small" });
    if (value > maximum || value >= below) context.addIssue({ code: "custom", message: "is too large" });
    if (multipleOf !== undefined && !isMultiple(value, multipleOf)) context.addIssue({ code: "custom", message: `must be a multiple of ${multipleOf}` });
  });
}

/** Whether a value is a multiple of another one, as far as numbers of 64 bits tell. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return !Number.isFinite(quotient) || Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * Number.EPSILON * 4;
}

/** Whether two JSON values are the same. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

/**
 * An object whose members are its own. zod alone reads toString and the like from the prototype where they are missing, and
 * takes any __proto__.
 */
export function own<T>(object: z.ZodType<T>): z.ZodType<T> {
  const shape = object instanceof z.ZodObject ? (object.shape as { readonly [name: string]: z.ZodType }) : {};
  const proto = Object.hasOwn(shape, "__proto__") ? shape["__proto__"] : undefined;
  const parts = (value: unknown): [z.ZodType, unknown, string[]][] => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [[object, value, []]];
    const bare: object = Object.assign(Object.create(null), value);
    const isMissing = !Object.hasOwn(bare, "__proto__");
    const all: [z.ZodType, unknown, string[]][] = [[object, bare, []]];
    if (proto !== undefined && !(isMissing && proto._zod.optin === "optional")) all.push([proto, Reflect.get(bare, "__proto__"), ["__proto__"]]);
    return all;
  };
  const checked = z.unknown().superRefine((value, context) => {
    for (const [schema, part, path] of parts(value)) {
      for (const issue of schema.safeParse(part).error?.issues ?? []) {
        context.addIssue({ code: "custom", message: issue.message, path: [...path, ...issue.path] });
      }
    }
  });
  return checked as z.ZodType<unknown> as z.ZodType<T>;
}

/** One of several values, which may be lists and objects. */
export function literals<T>(values: readonly T[]): z.ZodType<T> {
  return z.custom<T>((given) => values.some((value) => isEqual(value, given)), "must be one of the values that are listed");
}

/** A list. */
export function list<T>(item: z.ZodType<T>, rules: { unique: boolean; minItems?: number; maxItems?: number }): z.ZodType<T[]> {
  const { minItems = 0, maxItems = Infinity } = rules;
  return z.array(item).superRefine((items, context) => {
    if (items.length < minItems) context.addIssue({ code: "custom", message: `must have at least ${minItems} items` });
    if (items.length > maxItems) context.addIssue({ code: "custom", message: `must have at most ${maxItems} items` });
    if (rules.unique && items.some((item, i) => items.slice(0, i).some((other) => isEqual(item, other)))) {
      context.addIssue({ code: "custom", message: "must not have an item twice" });
    }
  });
}
