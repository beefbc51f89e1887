import { useCallback, useMemo } from 'react';
import { type CombinedError, type TypedDocumentNode, useClient, useQuery } from 'urql';
import { readUrlState, type UrlSpec, type UrlValues, writeUrlState } from '../../lib/url-state';
import { useKeyPaging } from '../../lib/use-key-paging';
import { useUrlState } from '../../lib/use-url-state';
import type { TablePaging } from '../table/ResourceTable';

/** Rows shown at once. */
const PAGE_SIZE = 50;
/** Rows asked for at once while a file is made: the most that the server gives. */
const EXPORT_PAGE_SIZE = 100;

/** Of a list's address: what orders it does not narrow it. */
const ORDER = 'order';
const NOTHING: readonly string[] = [];

/** Some rows of a list, as its query brings them. */
export type Rows<Row> = {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  rows: readonly Row[];
};

/** What one list is at this moment, wherever its rows come from: `ListPage` draws it. */
export type List<Row, S extends UrlSpec = UrlSpec> = {
  /** Names what the browser and the server keep for it, and its exported file. */
  name: string;
  spec: S;
  /** Names the choice of columns that goes with an address. */
  tableNameOf: (params: URLSearchParams) => string;
  filter: UrlValues<S>;
  setFilter: (patch: Partial<UrlValues<S>>) => void;
  /** Whether anything narrows it. */
  filtered: boolean;
  clear: () => void;
  rows: readonly Row[] | null;
  paging: TablePaging;
  busy: boolean;
  error: CombinedError | undefined;
  retry: () => void;
  /** Every row of the whole filter, page after page; the caller stops it by asking for no more. */
  readAll: () => AsyncGenerator<Rows<Row>, void, void>;
};

/** What `ListPage` needs of it; the filter itself is the feature's. */
export type ShownList<Row> = Omit<List<Row>, 'filter' | 'setFilter'>;

type PageVariables = { first: number; after?: string | null };

type Options<S extends UrlSpec, Data, Variables, Row> = {
  name: string;
  /** What of the address is this list's; a constant outside the component. A field `order` orders and does not narrow. */
  spec: S;
  /** Where the filter decides which columns there are: their choice goes by this name instead. */
  tableName?: (filter: UrlValues<S>) => string;
  /** What of it says of what the list is, and does not narrow it: clearing the filter leaves it. A constant, too. */
  keeps?: readonly string[];
  query: TypedDocumentNode<Data, Variables>;
  /** The query's variables besides `first` and `after`. */
  variables: (filter: UrlValues<S>) => Omit<Variables, keyof PageVariables>;
  rows: (data: Data) => Rows<Row>;
};

/** Also gives `data`: what the page's one query brought besides the rows. */
export function useList<S extends UrlSpec, Data, Variables extends PageVariables, Row>(
  options: Options<S, Data, Variables, Row>,
): List<Row, S> & { data: Data | undefined } {
  const { name, spec, query } = options;
  const client = useClient();
  const state = useListState(spec, options.keeps);
  const keys = useKeyPaging();
  const asking = (first: number, after: string | null): Variables =>
    ({ ...options.variables(state.filter), first, after }) as Variables;
  const [{ data, error, fetching }, ask] = useQuery({
    query,
    requestPolicy: 'cache-and-network',
    variables: asking(PAGE_SIZE, keys.after),
  });
  const page = data && options.rows(data);
  const endCursor = page?.pageInfo.endCursor;

  async function* readAll(): AsyncGenerator<Rows<Row>, void, void> {
    let after: string | null = null;
    do {
      // Fresh from the server: a file is kept and compared, so it must not hold what the cache remembers.
      const answer: { data?: Data; error?: CombinedError } = await client.query(
        query,
        asking(EXPORT_PAGE_SIZE, after),
        {
          requestPolicy: 'network-only',
        },
      );
      if (!answer.data) throw answer.error ?? new Error('An answer without data and without error.');
      const part: Rows<Row> = options.rows(answer.data);
      yield part;
      after = part.pageInfo.hasNextPage ? part.pageInfo.endCursor : null;
    } while (after !== null);
  }

  return {
    name,
    spec,
    tableNameOf: (params) => options.tableName?.(readUrlState(spec, params)) ?? name,
    ...state,
    data,
    rows: page?.rows ?? null,
    paging: {
      from: keys.from,
      totalCount: page?.totalCount ?? 0,
      onNext: page?.pageInfo.hasNextPage && endCursor ? () => keys.next(endCursor, page.rows.length) : null,
      onPrevious: keys.previous,
    },
    busy: fetching,
    error: page ? undefined : error,
    retry: () => ask({ requestPolicy: 'network-only' }),
    readAll,
  };
}

type WholeOptions<S extends UrlSpec, Row> = {
  name: string;
  spec: S;
  /** null = still on its way. */
  rows: ((filter: UrlValues<S>) => readonly Row[]) | null;
  error: CombinedError | undefined;
  retry: () => void;
};

/** A list so short that it comes at once and is narrowed here. */
export function useWholeList<S extends UrlSpec, Row>(options: WholeOptions<S, Row>): List<Row, S> {
  const { name, spec, error, retry } = options;
  const state = useListState(spec);
  const rows = options.rows?.(state.filter) ?? null;
  const totalCount = rows?.length ?? 0;
  async function* readAll(): AsyncGenerator<Rows<Row>, void, void> {
    yield { totalCount, pageInfo: { hasNextPage: false, endCursor: null }, rows: rows ?? [] };
  }
  return {
    name,
    spec,
    tableNameOf: () => name,
    ...state,
    rows,
    paging: { from: 1, totalCount, onNext: null, onPrevious: null },
    busy: false,
    error: rows ? undefined : error,
    retry,
    readAll,
  };
}

/** The filter in the address, and the way back to none. */
function useListState<S extends UrlSpec>(spec: S, keeps = NOTHING) {
  const [filter, setFilter] = useUrlState(spec);
  const unfiltered = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(spec)
          .filter(([field]) => field !== ORDER && !keeps.includes(field))
          .map(([field, { read }]) => [field, read(null)]),
      ) as Partial<UrlValues<S>>,
    [spec, keeps],
  );
  const clear = useCallback(() => setFilter(unfiltered), [setFilter, unfiltered]);
  // A link's unknown values narrow nothing and count as none.
  const filtered = useMemo(() => {
    const written = writeUrlState(spec, new URLSearchParams(), filter);
    for (const field of [ORDER, ...keeps]) written.delete(field);
    return written.size > 0;
  }, [spec, filter, keeps]);
  return { filter, setFilter, filtered, clear };
}
