import { badInput } from './errors.js';

/** Longer than any name or code; a longer text finds nothing and only costs the database. */
const SEARCH_LENGTH_MAX = 100;

/** The words of a search box; null = nothing was typed. Throws BAD_INPUT. */
export function searchText(search: string | null | undefined): string | null {
  const text = search?.trim() ?? '';
  if (text.length > SEARCH_LENGTH_MAX) throw badInput(`search has at most ${SEARCH_LENGTH_MAX} characters`);
  return text === '' ? null : text;
}
