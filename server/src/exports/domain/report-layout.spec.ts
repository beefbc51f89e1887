import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hundredthsOf, hundredthsText, type LaidCell, layOutReport, type Report } from './report-layout.js';

const yuan = (fen: bigint) => ({ fen });
const report: Report = {
  title: '省级政务云合同执行情况表',
  subtitle: '2026 年',
  columns: [
    { title: '合同编号', share: 1 },
    { title: '合同', share: 2 },
    { title: '上限', share: 1, money: true },
    { title: '已付', share: 1, money: true },
  ],
  groups: [
    {
      name: '甲',
      rows: [
        ['HT-1', '云平台', yuan(1_000_000_049n), yuan(333_333_333n)],
        ['HT-2', '托管', yuan(2_000_000_049n), yuan(333_333_333n)],
      ],
    },
    { name: '乙', rows: [['HT-3', '运维', yuan(3_000_000_002n), yuan(333_333_334n)]] },
  ],
  inWords: 3,
  notes: [],
};
const figure = (cell: LaidCell | undefined) => (typeof cell === 'object' ? cell.hundredths : 0n);

describe('a report in government layout', () => {
  it('has 小计 of each group, 合计, the total in words and the row for signatures', () => {
    const { lines, made, signs, unit, words } = layOutReport(report, 'YUAN', '2026-11-29');
    expect([unit, made]).toEqual(['单位：元', '编制日期：2026-11-29']);
    expect(lines.map(({ kind }) => kind)).toEqual(['ROW', 'ROW', 'SUBTOTAL', 'ROW', 'SUBTOTAL', 'TOTAL']);
    expect(lines[2]?.cells).toEqual(['甲 小计', '', { hundredths: 3_000_000_098n }, { hundredths: 666_666_666n }]);
    expect(lines.at(-1)?.cells).toEqual(['合计', '', { hundredths: 6_000_000_100n }, { hundredths: 1_000_000_000n }]);
    expect(words).toEqual(['合计金额（大写）', '壹仟万元整']);
    expect(signs).toEqual(['编制人：', '复核人：', '单位负责人：', '（盖章）']);
  });

  it('has no 小计 where there is one group', () => {
    const one = { ...report, groups: report.groups.slice(0, 1) };
    expect(layOutReport(one, 'YUAN', '').lines.map(({ kind }) => kind)).toEqual(['ROW', 'ROW', 'TOTAL']);
  });

  it('adds up in 元 and in 万元: rows to 小计, 小计 to 合计, in every column, whatever the amounts', () => {
    const fen = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    const groups = fc.array(fc.array(fen, { maxLength: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(groups, fc.constantFrom('YUAN' as const, 'TEN_THOUSAND' as const), (some, unit) => {
        const made: Report = {
          ...report,
          columns: [
            { title: '', share: 1 },
            { title: '', share: 1, money: true },
          ],
          groups: some.map((fens, at) => ({ name: String(at), rows: fens.map((one) => ['', yuan(one)]) })),
          inWords: 1,
        };
        const { lines } = layOutReport(made, unit, '');
        let [all, group] = [0n, 0n];
        for (const { cells, kind } of lines) {
          if (kind === 'ROW') group += figure(cells[1]);
          else if (kind === 'SUBTOTAL') expect(figure(cells[1])).toBe(group);
          if (kind === 'SUBTOTAL' || (kind === 'TOTAL' && some.length === 1)) {
            all += group;
            group = 0n;
          }
          if (kind === 'TOTAL') expect(figure(cells[1])).toBe(all);
        }
      }),
    );
  });

  it('never shows parts that miss their total, and is off by less than one unit in each', () => {
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), { maxLength: 30 });
    fc.assert(
      fc.property(amounts, (fens) => {
        const { parts, total } = hundredthsOf(fens, 'TEN_THOUSAND');
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
        for (const [at, part] of parts.entries()) {
          const off = part * 10_000n - (fens[at] ?? 0n);
          expect(off > -10_000n && off < 10_000n).toBe(true);
        }
      }),
    );
  });

  it('adds up across a row too, in 元 and in 万元, in rows, 小计 and 合计, where a column is made of others', () => {
    const rows = fc.array(fc.tuple(fc.bigInt(-(10n ** 13n), 10n ** 13n), fc.bigInt(-(10n ** 13n), 10n ** 13n)), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(rows, fc.constantFrom('YUAN' as const, 'TEN_THOUSAND' as const), (some, unit) => {
        const money = { title: '', share: 1, money: true };
        const of = [[1, 1] as const, [2, -1] as const];
        const cells = some.map(([a, b]) => ['', yuan(a), yuan(b), yuan(a - b)]);
        const groups = [0, 1].map((half) => ({ name: '', rows: cells.filter((_, at) => at % 2 === half) }));
        const columns = [{ title: '', share: 1 }, money, money, { ...money, of }];
        const { lines } = layOutReport({ ...report, columns, groups, inWords: 1 }, unit, '');
        for (const { cells: made } of lines) expect(figure(made[3])).toBe(figure(made[1]) - figure(made[2]));
      }),
    );
  });

  it('writes amounts with and without commas, below nothing with a sign', () => {
    expect([1n, -123_456_789n, 0n].map((one) => hundredthsText(one, true))).toEqual(['0.01', '-1,234,567.89', '0.00']);
    expect(hundredthsText(-123_456_789n, false)).toBe('-1234567.89');
  });
});
