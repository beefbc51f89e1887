import { describe, expect, it } from '@jest/globals';
import { EXPORT_ROWS_MAX, type ExportProgress, exportRows } from './export-rows';
import type { Rows } from './use-list';

const columns = [{ title: '名称', text: (row: { name: string }) => row.name }];

async function* pagesOf(total: number, size: number): AsyncGenerator<Rows<{ name: string }>> {
  for (let from = 0; from < total; from += size) {
    const rows = Array.from({ length: Math.min(size, total - from) }, (_, index) => ({ name: `n${from + index}` }));
    yield { totalCount: total, pageInfo: { hasNextPage: from + size < total, endCursor: String(from) }, rows };
  }
}

describe('exportRows', () => {
  it('reads every page of the filter and says how far it is', async () => {
    const seen: ExportProgress[] = [];
    const file = await exportRows(
      columns,
      pagesOf(250, 100),
      (progress) => seen.push(progress),
      () => false,
    );
    expect(file?.header).toEqual(['名称']);
    expect(file?.cells.map(([name]) => name)).toEqual(Array.from({ length: 250 }, (_, index) => `n${index}`));
    expect(seen.map(({ done }) => done)).toEqual([100, 200, 250]);
  });

  it('stops at the most that a file holds, and says how many there are', async () => {
    let asked = 0;
    async function* counted() {
      for await (const page of pagesOf(EXPORT_ROWS_MAX + 5_000, 999)) {
        asked += 1;
        yield page;
      }
    }
    const file = await exportRows(
      columns,
      counted(),
      () => undefined,
      () => false,
    );
    expect(file?.cells).toHaveLength(EXPORT_ROWS_MAX);
    expect(file?.total).toBe(EXPORT_ROWS_MAX + 5_000);
    expect(asked).toBe(Math.ceil(EXPORT_ROWS_MAX / 999));
  });

  it('makes no file once it was stopped', async () => {
    expect(
      await exportRows(
        columns,
        pagesOf(300, 100),
        () => undefined,
        () => true,
      ),
    ).toBeNull();
  });
});
