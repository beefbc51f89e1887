/** The object form that registerEnumType wants, from the list of names that the domain keeps. */
export function enumOf<T extends string>(values: readonly T[]): { [V in T]: V } {
  return Object.fromEntries(values.map((value) => [value, value])) as { [V in T]: V };
}
