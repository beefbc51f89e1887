import type { StatementsService } from '../accounting/statements.service.js';
import { type Fen, formatUnitPrice, type UnitPriceMicroYuan } from '../kernel/money.js';
import { perPricedUnit } from '../metering/domain/meter-units.js';
import type { PriceVersion } from '../pricing/domain/price-version.js';
import { hundredthsText, type ReportCell, type ReportColumn } from './domain/report-layout.js';

export type StatementUse = Awaited<ReturnType<StatementsService['uses']>>[number];
export type Line = Awaited<ReturnType<StatementsService['linesOf']>>[number][number];
type Correction = Awaited<ReturnType<StatementsService['correctionsOf']>>[number][number];

const CAUSES: { readonly [cause: string]: string } = {
  LATE_FACT: '补记更正',
  PRICE: '调价更正',
  OWNER: '归属更正',
  DISPUTE: '异议更正',
};
export const LINE_COLUMNS: readonly ReportColumn[] = [
  { title: '资源编号', share: 1.5 },
  { title: '资源名称', share: 1.9 },
  { title: '计费项', share: 1.5 },
  { title: '数量', share: 0.9, figure: true },
  { title: '单价（元）', share: 1, figure: true },
  { title: '计费时段', share: 2.2 },
  { title: '说明', share: 1.2 },
  { title: '金额', share: 1.3, money: true },
];

export function lineRow(
  use: StatementUse,
  { amount, from, kind, meter, minimum, portion, quantity, state, suspended, tier, to, version }: Line,
  words: { readonly name: { readonly zh: string }; readonly unit: { readonly zh: string } } | undefined,
  free: string,
): ReportCell[] {
  const size = Number(quantity) / Number(perPricedUnit(meter));
  const part = kind === 'SHARED' ? `分摊 ${percentWords(portion)}` : '';
  const said = [part, tier > 0 ? `第 ${tier + 1} 档` : '', minimum ? '当日起止' : ''].filter(Boolean).join('，');
  const remark = suspended ? '异议中，暂不计费' : [STATE_WORDS[state] || said, free].filter(Boolean).join('，');
  return [
    use.code,
    use.name,
    words?.name.zh ?? meter,
    `${Number.isInteger(size) ? size : size.toFixed(3)} ${words?.unit.zh ?? ''}`.trim(),
    version ? priceText(version.price) : '—',
    spanWords(from, to),
    remark,
    { fen: suspended ? 0n : (amount ?? 0n) },
  ];
}

const STATE_WORDS: { readonly [S in Line['state']]: string } = {
  RATED: '',
  UNPRICED: '缺计费标准',
  DISPUTED: '交付有异议',
};

export function correctionRow(use: StatementUse, { amount, cause, ofMonth }: Correction, name: string): ReportCell[] {
  return [
    use.code,
    use.name,
    name,
    '',
    '',
    ofMonth,
    cause === null ? '冲回' : (CAUSES[cause] ?? cause),
    { fen: amount },
  ];
}

/** Of what is spread: without it the unit price, which is the whole of it, explains nothing. */
function percentWords({ denominator, numerator }: Line['portion']): string {
  const hundredths = (2n * numerator * PER_MYRIAD + denominator) / (2n * denominator);
  return `${hundredthsText(hundredths, false)}%`;
}

const PER_MYRIAD = 10_000n;

/** Days where it begins and ends at midnight, else with the time. */
function spanWords(from: number, to: number): string {
  const text = (at: number) => new Date(at + SHANGHAI_OFFSET_MS).toISOString();
  const midnight = [from, to].every((at) => text(at).slice(11, 19) === '00:00:00');
  if (midnight) return `${text(from).slice(5, 10)} 至 ${text(to - 1).slice(5, 10)}`;
  return `${text(from).slice(5, 16).replace('T', ' ')} 至 ${text(to).slice(5, 16).replace('T', ' ')}`;
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** 免费，内部: why a line comes to nothing, and what it would cost were it charged. */
export function freeText({ kind, listPrice }: Pick<PriceVersion, 'kind' | 'listPrice'>): string {
  if (kind === 'STANDARD') return '';
  const list = listPrice === null ? '' : `，列示价 ${priceText(listPrice)} 元`;
  return `${kind === 'FREE' ? '免费' : '内部承担'}${list}`;
}

/** At least two decimals, no more than it has. */
const priceText = (price: UnitPriceMicroYuan): string => formatUnitPrice(price).replace(/0{1,4}$/, '');

export const fenOf = (cell: ReportCell): Fen => (typeof cell === 'object' ? cell.fen : 0n);

/** For programs: no commas. */
export const plainText = (cell: ReportCell): string =>
  typeof cell === 'object' ? hundredthsText(cell.fen, false) : cell;

/** A paper that lists no lines says where they are. */
export function annexNote(resources: number, most: number): string {
  return `本单涉及 ${resources} 个资源，逐行明细超过 ${most} 行，按系统和资源类别列示；逐行明细见附表（CSV），合计与本单一致。`;
}
