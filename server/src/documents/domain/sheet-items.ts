/** Decides which things of a delivery sheet a page of it shows. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { Page } from '../../kernel/page.js';

export interface ListedThing {
  /** Missing in what was confirmed while sheets listed machines only. */
  readonly kind?: LineKind;
  readonly resourceId: string;
  readonly code: string;
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface ThingFilter {
  /** Empty = all. */
  readonly kinds: readonly LineKind[];
  /** Only those with an objection that waits for its answer. */
  readonly openObjection: boolean;
  /** In code, name and addresses. */
  readonly search: string | null;
}

/** A thing with its place on the whole sheet, from 0: the same whatever is left out. */
export interface PlacedThing<T> {
  readonly place: number;
  readonly thing: T;
}

export const ALL_THINGS: ThingFilter = { kinds: [], openObjection: false, search: null };

export function kindOfThing({ kind }: Pick<ListedThing, 'kind'>): LineKind {
  return kind ?? 'VM';
}

/**
 * Of the things that pass the filter so many from a place on.
 * @param after the place of the last one of the page before, -1 = none.
 */
export function pageOfThings<T extends ListedThing>(
  things: readonly T[],
  openlyObjectedTo: ReadonlySet<string>,
  filter: ThingFilter,
  { first, after }: { readonly first: number; readonly after: number },
): Page<PlacedThing<T>> {
  const search = filter.search?.toLowerCase() ?? null;
  const passing = things.flatMap((thing, place): PlacedThing<T>[] => {
    if (filter.kinds.length > 0 && !filter.kinds.includes(kindOfThing(thing))) return [];
    if (filter.openObjection && !openlyObjectedTo.has(thing.resourceId)) return [];
    const { code, name, addresses } = thing;
    if (search !== null && ![code, name, ...addresses].some((text) => text.toLowerCase().includes(search))) return [];
    return [{ place, thing }];
  });
  const rest = passing.filter(({ place }) => place > after);
  return { rows: rest.slice(0, first), totalCount: passing.length, hasNextPage: rest.length > first };
}
