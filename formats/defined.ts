/** The object without its undefined properties: absent terms are absent keys (engine/invoice.ts). */
export function defined<T extends object>(values: T): Defined<T> {
  const result: Partial<T> = {};
  for (const key of Object.keys(values) as (keyof T)[]) if (values[key] !== undefined) result[key] = values[key];
  return result as unknown as Defined<T>;
}

/** Properties that may be undefined become optional ones. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
