/** Decides how a table stands on government paper (政府版式): 元 or 万元 that add up, 小计 and 合计, 大写金额, and where one signs. */
import type { Fen } from '../../kernel/money.js';
import { rmbWords } from './rmb-words.js';

/** 元, or 万元 to two decimals. */
export const REPORT_UNITS = ['YUAN', 'TEN_THOUSAND'] as const;
export type ReportUnit = (typeof REPORT_UNITS)[number];

export type ReportCell = string | { readonly fen: Fen };

/** Rows that belong together, under one name; with a 小计 of their own where there is more than one such group. */
export interface ReportGroup {
  readonly name: string;
  readonly rows: readonly (readonly ReportCell[])[];
}

export interface ReportColumn {
  readonly title: string;
  /** Of the width of the paper. */
  readonly share: number;
  readonly money?: boolean;
  /** A count or a share: not summed, but read as a figure. */
  readonly figure?: boolean;
  /** Of other columns of amounts, with their signs: what a reader reckons across a row comes out, in 万元 too. */
  readonly of?: readonly (readonly [column: number, sign: 1 | -1])[];
}

export interface Report {
  readonly title: string;
  /** Under it, e.g. the department and the month. */
  readonly subtitle: string;
  readonly columns: readonly ReportColumn[];
  readonly groups: readonly ReportGroup[];
  /** Which column's total is written out in words. */
  readonly inWords: number;
  /** What a reader must know of the figures. */
  readonly notes: readonly string[];
}

/** As hundredths of the unit; a text stays one. */
export type LaidCell = string | { readonly hundredths: bigint };

export interface LaidLine {
  readonly kind: 'ROW' | 'SUBTOTAL' | 'TOTAL';
  readonly cells: readonly LaidCell[];
}

export interface LaidReport {
  readonly title: string;
  readonly subtitle: string;
  /** 单位：元. */
  readonly unit: string;
  readonly made: string;
  readonly columns: readonly ReportColumn[];
  readonly lines: readonly LaidLine[];
  /** 合计金额（大写）, exact whatever the unit. */
  readonly words: readonly [label: string, text: string];
  readonly signs: readonly string[];
  readonly notes: readonly string[];
}

const FEN_PER_HUNDREDTH_OF_10K = 10_000n;
const SIGNS = ['编制人：', '复核人：', '单位负责人：', '（盖章）'] as const;
const UNIT_WORDS: { readonly [U in ReportUnit]: string } = { YUAN: '单位：元', TEN_THOUSAND: '单位：万元' };

/**
 * Amounts of one column in the unit of the page, as hundredths of it, that add up to their total: in 万元 the total is
 * rounded once and what is left over goes to the largest remainders.
 */
export function hundredthsOf(
  fens: readonly Fen[],
  unit: ReportUnit,
): { readonly parts: readonly bigint[]; readonly total: bigint } {
  const sum = fens.reduce((all, fen) => all + fen, 0n);
  if (unit === 'YUAN') return { parts: fens, total: sum };
  const by = FEN_PER_HUNDREDTH_OF_10K;
  const total = floorDiv(2n * sum + by, 2n * by);
  const parts = fens.map((fen) => floorDiv(fen, by));
  let left = total - parts.reduce((all, part) => all + part, 0n);
  const order = fens
    .map((fen, at) => ({ at, remainder: fen - floorDiv(fen, by) * by }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder > b.remainder ? -1 : 1));
  for (const { at } of order) {
    if (left <= 0n) break;
    parts[at] = (parts[at] ?? 0n) + 1n;
    left -= 1n;
  }
  return { parts, total };
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/** The exact sum of a column. */
export function totalFen(report: Report, column: number): Fen {
  return report.groups.reduce((all, { rows }) => all + sumOf(rows, column), 0n);
}

function sumOf(rows: ReportGroup['rows'], column: number): Fen {
  return rows.reduce((sum, row) => sum + fenOf(row[column]), 0n);
}

const fenOf = (cell: ReportCell | undefined): Fen => (typeof cell === 'object' ? cell.fen : 0n);

/** @param madeOn the day of the paper, as it is written. */
export function layOutReport(report: Report, unit: ReportUnit, madeOn: string): LaidReport {
  const { columns, groups } = report;
  const all = groups.flatMap(({ rows }) => rows);
  const parts = partsOf(columns, all, unit);
  const lines: LaidLine[] = [];
  let down = 0;
  for (const { name, rows } of groups) {
    const from = down;
    for (const row of rows) {
      const index = down;
      lines.push({
        kind: 'ROW',
        cells: row.map((cell, at) => (typeof cell === 'object' ? { hundredths: parts[at]?.parts[index] ?? 0n } : cell)),
      });
      down += 1;
    }
    // A 小计 is the sum of what stands above it, so that whoever adds up the paper finds it right.
    if (groups.length > 1)
      lines.push(sumLine('SUBTOTAL', `${name} 小计`, columns, (at) => sumFrom(parts[at], from, down)));
  }
  lines.push(sumLine('TOTAL', '合计', columns, (at) => parts[at]?.total ?? 0n));
  return {
    ...{ title: report.title, subtitle: report.subtitle, unit: UNIT_WORDS[unit], made: `编制日期：${madeOn}` },
    ...{ columns, lines, notes: report.notes, signs: SIGNS },
    words: ['合计金额（大写）', rmbWords(totalFen(report, report.inWords).toString())],
  };
}

type Column = { readonly parts: readonly bigint[]; readonly total: bigint } | null;

/** By column; null = one of texts. In 万元 a column that is made of others is made of what they show. */
function partsOf(columns: Report['columns'], rows: ReportGroup['rows'], unit: ReportUnit): Column[] {
  const own = columns.map(
    ({ money, of }, at): Column =>
      money && !of
        ? hundredthsOf(
            rows.map((row) => fenOf(row[at])),
            unit,
          )
        : null,
  );
  const made: Column[] = [...own];
  for (const [at, { of }] of columns.entries()) {
    if (!of) continue;
    const sum = (pick: (column: NonNullable<Column>) => bigint): bigint =>
      of.reduce((all, [from, sign]) => {
        const column = made[from];
        return column ? all + BigInt(sign) * pick(column) : all;
      }, 0n);
    made[at] = {
      parts: rows.map((_, down) => sum(({ parts }) => parts[down] ?? 0n)),
      total: sum(({ total }) => total),
    };
  }
  return made;
}

function sumFrom(column: { readonly parts: readonly bigint[] } | null | undefined, from: number, to: number): bigint {
  return (column?.parts ?? []).slice(from, to).reduce((sum, part) => sum + part, 0n);
}

function sumLine(
  kind: LaidLine['kind'],
  label: string,
  columns: readonly ReportColumn[],
  sum: (column: number) => bigint,
): LaidLine {
  return {
    kind,
    cells: columns.map(({ money }, at) => (money ? { hundredths: sum(at) } : at === 0 ? label : '')),
  };
}

/** "-1,234.50"; without commas for what programs read. */
export function hundredthsText(hundredths: bigint, commas: boolean): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  const whole = (size / 100n).toString();
  const grouped = commas ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${hundredths < 0n ? '-' : ''}${grouped}.${(size % 100n).toString().padStart(2, '0')}`;
}
