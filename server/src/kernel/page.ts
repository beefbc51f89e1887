/** Keyset paging: a page is asked by size and by the sort key of the last row seen, never by offset. */
export const PAGE_SIZE_MAX = 100;

export interface PageRequest {
  readonly first: number;
  /** Sort key of the last row of the page before; its parts in the order of the sort. */
  readonly after: readonly string[] | null;
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
}

/**
 * What is made of every row of a list, page by page: for what no index can sort or tell, and so has to be looked at whole.
 * Others write meanwhile: a row that comes now may be missed, none is given twice.
 */
export async function ofEveryPage<Row, Made>(
  list: {
    readonly pageOf: (page: PageRequest) => Promise<Page<Row>>;
    readonly keyOf: (row: Row) => readonly string[];
    readonly atOnce: number;
  },
  make: (rows: readonly Row[]) => Promise<readonly Made[]>,
): Promise<Made[]> {
  const all: Made[] = [];
  for (let after: readonly string[] | null = null; ; ) {
    const { rows, hasNextPage }: Page<Row> = await list.pageOf({ first: list.atOnce, after });
    all.push(...(await make(rows)));
    const last = rows.at(-1);
    if (!hasNextPage || last === undefined) return all;
    after = list.keyOf(last);
  }
}

export function toCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** The last part of every sort key is an id, a code or a number; the database does not compare its column with other text. */
const LAST_PART = /^[\x20-\x7e]{1,400}$/;

/** undefined = the text is no cursor with that many parts. */
export function parseCursor(cursor: string, parts: number): string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(key) || key.length !== parts || !key.every((k) => typeof k === 'string')) return undefined;
    return LAST_PART.test(key.at(-1) ?? '') ? key : undefined;
  } catch {
    return undefined;
  }
}
