import type { TFunction } from 'i18next';
import type { ResultOf } from '../../graphql/tada';
import { readFragment } from '../../graphql/tada';
import type { CsvCell } from '../../lib/csv';
import { yuanCell } from '../../lib/csv';
import type { AssumptionParts, SelfBuildEditionParts, SelfBuildParts } from './selfbuild.gql';
import { AssumptionParts as AssumptionFragment } from './selfbuild.gql';

export type Comparison = ResultOf<typeof SelfBuildParts>;
export type Assumption = ResultOf<typeof AssumptionParts>;
export type Edition = ResultOf<typeof SelfBuildEditionParts>;

/** The month that ended last in the accounting calendar, which is Shanghai's. */
export function lastMonth(now = Date.now()): string {
  const local = new Date(now + 8 * 3_600_000);
  local.setUTCDate(0);
  return local.toISOString().slice(0, 7);
}

/** A year is the most that a comparison looks at; the server refuses more. */
const MONTHS_MAX = 12;

function monthsOn(month: string, more: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const at = year * 12 + of - 1 + more;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** One end was moved: the other goes with it where it would stand before it, or more than a year away. */
export function spanAfter(moved: 'first' | 'last', to: string, other: string): { first: string; last: string } {
  const far = monthsOn(to, moved === 'first' ? MONTHS_MAX - 1 : 1 - MONTHS_MAX);
  const [low, high] = moved === 'first' ? [to, far] : [far, to];
  const end = other < low ? low : other > high ? high : other;
  return moved === 'first' ? { first: to, last: end } : { first: end, last: to };
}

/** Hundredths of a percent, as people read them. */
export const percentText = (hundredths: number): string => `${(hundredths / 100).toFixed(2)}%`;

/** Of a whole in percent to one decimal, by whole fen. */
export function shareText(part: string, whole: string): string {
  const of = BigInt(whole);
  if (of === 0n) return '–';
  const tenths = (BigInt(part) * 2_000n + of) / (2n * of);
  return `${tenths / 10n}.${tenths % 10n}%`;
}

/** 85000 → 85,000. */
export const group = (text: string): string => {
  const [whole = '0', rest] = text.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest ? `.${rest}` : ''}`;
};

export const howText = (t: TFunction, terms: Comparison['lines'][number]['terms']): string =>
  terms.map(({ term, value }) => t(`selfBuild.terms.${term}`, { value: group(value) })).join(' · ');

export const USE_COLUMNS = ['vcpu', 'memoryGib', 'ssdTib', 'hddTib', 'accelerators', 'servers', 'cabinetU'] as const;

export type Sheet = { name: string; rows: CsvCell[][] };

/** Everything that the result is made of, so that another can reckon it again. */
export function sheetsOf(t: TFunction, found: Comparison): Sheet[] {
  const assumptions = readFragment(AssumptionFragment, found.edition.assumptions);
  const amount = (fen: string) => yuanCell(fen);
  return [
    {
      name: t('selfBuild.sheets.result'),
      rows: [
        [t('selfBuild.subject'), found.subjectName ?? t('selfBuild.ofAll')],
        [t('selfBuild.base'), `${found.first} – ${found.last}`],
        [t('selfBuild.years'), found.years],
        [t('selfBuild.edition'), t('selfBuild.editionOf', { number: found.edition.number ?? 0 })],
        [],
        [t('selfBuild.line'), t('selfBuild.how'), t('selfBuild.amount')],
        ...found.lines.map(({ amount: of, key, terms }): CsvCell[] => [
          ...[t(`selfBuild.lineNames.${key}`), howText(t, terms)],
          amount(of),
        ]),
        [t('selfBuild.selfBuildTotal', { years: found.years }), '', amount(found.selfBuild)],
        [t('selfBuild.jiyunTotal', { years: found.years }), '', amount(found.jiyun)],
        [t('selfBuild.savings'), '', amount(found.savings)],
        [],
        [t('selfBuild.noteBase', { months: found.months, amount: '' }), '', amount(found.accounted)],
        ...found.byYear.map(({ jiyun, selfBuild, year }): CsvCell[] => [
          t('selfBuild.year', { n: year }),
          amount(selfBuild),
          amount(jiyun),
        ]),
      ],
    },
    {
      name: t('selfBuild.sheets.use'),
      rows: [
        [t('selfBuild.center'), ...USE_COLUMNS.map((name) => t(`selfBuild.columns.${name}`))],
        ...found.sites.map((site): CsvCell[] => [
          site.centerName ?? t('selfBuild.noCenter'),
          ...USE_COLUMNS.map((name) => Number(site[name])),
        ]),
      ],
    },
    {
      name: t('selfBuild.sheets.assumptions'),
      rows: [
        (['item', 'value', 'unit', 'source', 'note'] as const).map((name) => t(`selfBuild.${name}`)),
        ...assumptions.map(({ key, note, source, unit, value }): CsvCell[] => [
          t(`selfBuild.keys.${key}`),
          value === null ? null : Number(value),
          ...[t(`selfBuild.units.${unit}`), t(`selfBuild.sources.${source}`), note],
        ]),
      ],
    },
  ];
}
