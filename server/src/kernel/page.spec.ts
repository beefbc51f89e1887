import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ofEveryPage, type PageRequest } from './page.js';

describe('ofEveryPage', () => {
  it('makes something of every row once and in order, whatever the size of a page, and keeps no more at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 12 }), async (total, atOnce) => {
        const rows = Array.from({ length: total }, (_, at) => at);
        const sizes: number[] = [];
        const pageOf = async ({ first, after }: PageRequest) => {
          const from = after === null ? 0 : rows.indexOf(Number(after[0])) + 1;
          const page = rows.slice(from, from + first);
          return { rows: page, totalCount: total, hasNextPage: from + first < total };
        };
        const made = await ofEveryPage({ pageOf, keyOf: (row) => [String(row)], atOnce }, async (page) => {
          sizes.push(page.length);
          return page.flatMap((row) => (row % 3 === 0 ? [] : [`${row}`]));
        });
        expect(made).toEqual(rows.filter((row) => row % 3 !== 0).map(String));
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(atOnce);
      }),
    );
  });
});
