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

export function toCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** undefined = the text is no cursor with that many parts. */
export function parseCursor(cursor: string, parts: number): string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(key) && key.length === parts && key.every((k) => typeof k === 'string') ? key : undefined;
  } catch {
    return undefined;
  }
}
