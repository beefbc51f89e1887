import { type UrlSpec, writeUrlState } from '../../lib/url-state';
import type { TableChoice } from '../table/columns';

/** What a saved view keeps: the list's part of the address, and the columns with their density. */
export type ViewState = { search: string; choice: TableChoice };

export function viewStateText(spec: UrlSpec, params: URLSearchParams, choice: TableChoice): string {
  return JSON.stringify({ search: ownParams(spec, params).toString(), ...choice });
}

/** Read with care: an older console may have kept it, and lists and columns change. null = nothing to be made of it. */
export function parseViewState(text: string): ViewState | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { search, hidden, density } = value as { search?: unknown; hidden?: unknown; density?: unknown };
    if (typeof search !== 'string' || !Array.isArray(hidden)) return null;
    return {
      search,
      choice: {
        hidden: hidden.filter((key): key is string => typeof key === 'string'),
        density: density === 'compact' ? 'compact' : 'regular',
      },
    };
  } catch {
    return null;
  }
}

/** The address with the view's filter and order instead of its own; what is not the list's (an opened row) stays. */
export function applyView(spec: UrlSpec, params: URLSearchParams, search: string): URLSearchParams {
  // An empty patch still leads back to the first page: behind another filter the old cursor means nothing.
  const next = writeUrlState(spec, params, {});
  for (const name of Object.keys(spec)) next.delete(name);
  for (const [name, value] of ownParams(spec, new URLSearchParams(search))) next.set(name, value);
  return next;
}

/** Of an address what the list's fields can read and would write again. */
function ownParams(spec: UrlSpec, params: URLSearchParams): URLSearchParams {
  const values = Object.fromEntries(Object.entries(spec).map(([name, field]) => [name, field.read(params.get(name))]));
  return writeUrlState(spec, new URLSearchParams(), values as never);
}
