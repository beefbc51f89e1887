import { Cells } from '../../server/src/imports/domain/cells.js';
import type { TableImport } from '../../server/src/imports/import-kind.types.js';
import { say } from '../../server/src/kernel/bilingual.js';
import { ok, refuse } from '../../server/src/kernel/result.js';

export interface Thing {
  readonly code: string;
  readonly watts: number;
  readonly colour: string | null;
}

/** Where a kind of import for tests keeps its rows: a table of the test's own, or nowhere. */
export interface Things {
  existing(): Promise<readonly Thing[]>;
  insert(query: (sql: string, values: unknown[]) => Promise<unknown>, things: readonly Thing[]): Promise<void>;
}

/** Things with a code, a power and a colour: a kind of import with one column of every sort. */
export function thingImport(name: string, things: Things): TableImport<Thing> {
  return {
    source: 'TABLE',
    name,
    title: say('测试物', 'Things'),
    permission: { object: 'SERVER', action: 'IMPORT' },
    page: '/things',
    columns: [
      { key: 'code', title: say('编号', 'Code'), required: true, example: 'T-1' },
      {
        key: 'watts',
        title: say('额定功率(W)', 'Power (W)'),
        required: true,
        example: '500',
        note: say('整数', 'whole'),
      },
      {
        key: 'colour',
        title: say('颜色', 'Colour'),
        required: false,
        example: 'RED',
        choices: [
          { value: 'RED', title: say('红', 'red') },
          { value: 'BLUE', title: say('蓝', 'blue') },
        ],
      },
    ],
    async plan(rows) {
      const there = new Map((await things.existing()).map((thing) => [thing.code, thing]));
      return rows.map((row) => {
        const cells = new Cells(row);
        const code = cells.text('code', 20) ?? '';
        const watts = cells.whole('watts', { min: 0, max: 20_000, unit: 'W' }) ?? 0;
        const colour = cells.choice<'RED' | 'BLUE'>('colour');
        const known = there.get(code);
        if (known && known.watts !== watts)
          cells.tell('watts', say(`已有记录为 ${known.watts}`, `is ${known.watts} in the record`));
        if (cells.problems.length > 0) return { row: row.number, outcome: 'PROBLEM', problems: cells.problems };
        if (known) return { row: row.number, outcome: 'UNCHANGED' };
        return { row: row.number, outcome: 'ADD', value: { code, watts, colour } };
      });
    },
    async apply(tx, additions) {
      const unlucky = additions.find(({ value }) => value.code === 'UNLUCKY');
      await things.insert(
        (sql, values) => tx.manager.query(sql, values),
        additions.map(({ value }) => value),
      );
      if (unlucky) return refuse([{ row: unlucky.row, column: 'code', message: say('运气不好', 'has no luck') }]);
      return ok({});
    },
  };
}
