// What a reader chose (filters, tabs, the opened row) lives in the URL: it survives a reload and can be sent to a colleague.

export type UrlField<T> = { read: (text: string | null) => T; write: (value: T) => string | null };
/** Any set of fields. `never` takes a field of whatever value; UrlValues gives each its own type back. */
export type UrlSpec = Record<
  string,
  { read: (text: string | null) => unknown; write: (value: never) => string | null }
>;
export type UrlValues<S extends UrlSpec> = { [K in keyof S]: ReturnType<S[K]['read']> };

/** Longer than any search a person types; a pasted book must not become a query. */
const LONGEST_TEXT = 200;

export const urlText = (): UrlField<string> => ({
  read: (text) => (text ?? '').slice(0, LONGEST_TEXT),
  write: (value) => value || null,
});

/** Unknown values are dropped, not passed on: links outlive enum values. */
export const urlManyOf = <T extends string>(allowed: readonly T[]): UrlField<T[]> => ({
  read: (text) => (text ?? '').split(',').filter((value): value is T => (allowed as readonly string[]).includes(value)),
  write: (values) => (values.length > 0 ? values.join(',') : null),
});

export const urlOneOf = <T extends string>(allowed: readonly T[], fallback: T): UrlField<T> => ({
  read: (text) => allowed.find((value) => value === text) ?? fallback,
  write: (value) => (value === fallback ? null : value),
});

export function readUrlState<S extends UrlSpec>(spec: S, params: URLSearchParams): UrlValues<S> {
  const entries = Object.entries(spec).map(([name, field]) => [name, field.read(params.get(name))]);
  return Object.fromEntries(entries) as UrlValues<S>;
}

/** The next query string: fields of the patch replaced, everything else of the URL kept. */
export function writeUrlState<S extends UrlSpec>(
  spec: S,
  params: URLSearchParams,
  patch: Partial<UrlValues<S>>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  // Another filter is another list: it begins at its first page. Where `from` is a choice of the page itself, it stays.
  for (const place of ['after', 'from']) if (!(place in spec)) next.delete(place);
  for (const [name, value] of Object.entries(patch)) {
    const text = spec[name]?.write(value as never) ?? null;
    if (text === null) next.delete(name);
    else next.set(name, text);
  }
  return next;
}
