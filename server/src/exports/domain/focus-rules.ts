/** Decides whether the cells of one row of a FOCUS file agree with each other: what no column says alone. */
import { spanOfMonth } from '../../accounting/domain/accounting-units.js';
import { calendarDate } from '../../kernel/calendar.js';
import { compare, type Decimal, distance, negative, parseDecimal, quotient, times, ZERO } from './decimal.js';
import { timeOf } from './focus-cells.js';
import { CORRECTION, type FocusRow, QUANTITY_PLACES, SHARED_SERVICE, SUBCATEGORIES } from './focus-columns.js';
import type { FocusRule } from './focus-findings.js';
import { consumed, tierSuffix } from './focus-row.js';

type Fault = readonly [column: string, rule: FocusRule];
type Rule = (row: FocusRow) => Fault | null;

const HALF_A_FEN: Decimal = { digits: 5n, scale: 3 };
const A_FEN: Decimal = { digits: 1n, scale: 2 };
/** What the last place of a printed quantity may hide. */
const HALF_A_PLACE: Decimal = { digits: 5n, scale: QUANTITY_PLACES + 1 };
const FEN_PLACES = 2;
const SINGLE_PERIODS: { readonly [period: string]: string } = {
  HOUR: 'Hours',
  DAY: 'Days',
  MONTH: 'Months',
  YEAR: 'Years',
};

const cell = (row: FocusRow, column: string): string => row[column] ?? '';
const figure = (row: FocusRow, column: string): Decimal => parseDecimal(cell(row, column)) ?? ZERO;
const at = (row: FocusRow, column: string): number => timeOf(cell(row, column)) ?? Number.NaN;
const isCorrection = (row: FocusRow): boolean => cell(row, 'ChargeClass') === CORRECTION;
const isShared = (row: FocusRow): boolean => cell(row, 'ServiceName') === SHARED_SERVICE;
const isPriced = (row: FocusRow): boolean => cell(row, 'ListUnitPrice') !== '';
const same = (a: Decimal, b: Decimal): boolean => compare(a, b) === 0;
const sign = (value: Decimal): number => compare(value, ZERO);

/** The first that is broken names the row; all are asked, so that no mistake hides another. */
export function rowFaults(row: FocusRow): Fault[] {
  return RULES.map((rule) => rule(row)).filter((fault) => fault !== null);
}

function billingMonth(row: FocusRow): string {
  return calendarDate(new Date(at(row, 'BillingPeriodStart'))).slice(0, 7);
}

const RULES: readonly Rule[] = [
  // A month of the accounting calendar, to the second.
  (row) => {
    const span = spanOfMonth(billingMonth(row));
    if (span.from !== at(row, 'BillingPeriodStart')) return ['BillingPeriodStart', 'PERIOD'];
    return span.to === at(row, 'BillingPeriodEnd') ? null : ['BillingPeriodEnd', 'PERIOD'];
  },
  (row) => (at(row, 'ChargePeriodStart') < at(row, 'ChargePeriodEnd') ? null : ['ChargePeriodEnd', 'PERIOD']),
  // What is used lies in its month; what corrects lies in one month, that one or an earlier one.
  (row) => {
    const start = at(row, 'ChargePeriodStart');
    const month = isCorrection(row) ? calendarDate(new Date(start)).slice(0, 7) : billingMonth(row);
    const span = spanOfMonth(month);
    if (start < span.from || span.from >= at(row, 'BillingPeriodEnd')) return ['ChargePeriodStart', 'PERIOD'];
    return at(row, 'ChargePeriodEnd') <= span.to ? null : ['ChargePeriodEnd', 'PERIOD'];
  },
  (row) => (calendarOf(row, 'x_LineId') ? null : ['x_LineId', 'PERIOD']),
  ...['PublisherName', 'InvoiceIssuerName', 'ServiceProviderName', 'HostProviderName'].map(
    (column): Rule =>
      (row) =>
        cell(row, column) === cell(row, 'ProviderName') ? null : [column, 'PROVIDER'],
  ),
  (row) =>
    SUBCATEGORIES[cell(row, 'ServiceSubcategory')] === cell(row, 'ServiceCategory')
      ? null
      : ['ServiceSubcategory', 'CATEGORY'],
  (row) => {
    const province = cell(row, 'BillingAccountId') === 'FIN-PROVINCE';
    return province === (cell(row, 'BillingAccountType') === 'Province') ? null : ['BillingAccountType', 'ACCOUNT'];
  },
  (row) => (cell(row, 'SubAccountId') === `DEPT-${cell(row, 'SubAccountName')}` ? null : ['SubAccountId', 'ACCOUNT']),
  invoiceOfRow,
  (row) => {
    const region = cell(row, 'RegionId') !== '';
    if (region !== (cell(row, 'RegionName') !== '')) return ['RegionName', 'PLACE'];
    return region === (cell(row, 'AvailabilityZone') !== '') ? null : ['AvailabilityZone', 'PLACE'];
  },
  (row) => (cell(row, 'SkuId') === `SKU-${cell(row, 'SkuMeter')}` ? null : ['SkuId', 'SKU']),
  (row) => (cell(row, 'ResourceId') === `RES-${lineParts(row)[2]}` ? null : ['ResourceId', 'RESOURCE']),
  (row) => (lineParts(row)[3] === cell(row, 'SkuMeter') ? null : ['SkuMeter', 'SKU']),
  classOfRow,
  allocationOfRow,
  (row) => (shareOf(row) === cell(row, 'x_DrShare') ? null : ['x_DrShare', 'CLASS']),
  (row) => (isPriced(row) ? pricedRow(row) : unpricedRow(row)),
  (row) => (same(figure(row, 'EffectiveCost'), figure(row, 'BilledCost')) ? null : ['EffectiveCost', 'COST']),
  (row) => (figure(row, 'BilledCost').scale === FEN_PLACES ? null : ['BilledCost', 'COST']),
  (row) => (figure(row, 'EffectiveCost').scale === FEN_PLACES ? null : ['EffectiveCost', 'COST']),
];

/** Document, department, use, meter, month of use, beginning, part. */
function lineParts(row: FocusRow): string[] {
  return cell(row, 'x_LineId').split(' ');
}

/** 档 of a use's row, from 0: what a line's id ends with. */
export function tierOf(row: FocusRow): number {
  return Number(lineParts(row)[6] ?? 0);
}

/**
 * Whether a row of a higher tier stands behind that of the tier below it, of the same line: what of a quantity lies above
 * a bound is beside what lies under it, for the same time.
 */
export function standsOnTier(row: FocusRow, before: FocusRow): boolean {
  if (!isPriced(row) || tierOf(row) === 0) return true;
  const line = (one: FocusRow) => lineParts(one).slice(0, 6).join(' ');
  const alike = ['ChargePeriodEnd', 'PricingUnit', 'x_LineState', 'x_CorrectionCause', 'SubAccountId'];
  return (
    isPriced(before) &&
    tierOf(before) === tierOf(row) - 1 &&
    line(before) === line(row) &&
    portionOf(before) === portionOf(row) &&
    alike.every((column) => cell(before, column) === cell(row, column))
  );
}

function portionOf(row: FocusRow): unknown {
  return (JSON.parse(cell(row, 'SkuPriceDetails')) as { readonly x_Portion?: unknown }).x_Portion;
}

/** A line's own id says when it begins, and of which month it is. */
function calendarOf(row: FocusRow, column: string): boolean {
  const parts = cell(row, column).split(' ');
  if (parts.length !== 7) return false;
  const start = Math.floor(Number(parts[5]) / 1_000) * 1_000;
  if (start !== at(row, 'ChargePeriodStart')) return false;
  return parts[4] === calendarDate(new Date(start)).slice(0, 7);
}

function shareOf(row: FocusRow): unknown {
  return (JSON.parse(cell(row, 'Tags')) as { readonly share?: unknown }).share;
}

const INVOICE = /^JY-(\d{4}-\d{2})-R([1-9]\d{0,4})([SV])-(.+)$/;

/** The paper names its month, its department, how often the month was closed, and whether it takes one back. */
function invoiceOfRow(row: FocusRow): Fault | null {
  const [, month, round, kind, department] = INVOICE.exec(cell(row, 'InvoiceId')) ?? [];
  if (month !== billingMonth(row) || department !== cell(row, 'SubAccountName')) return ['InvoiceId', 'INVOICE'];
  const cause = cell(row, 'x_CorrectionCause');
  if ((kind === 'V') !== (cause === 'REVERSAL')) return ['InvoiceId', 'INVOICE'];
  // The first issue of a month corrects nothing of its own, a later one nothing but that.
  const own = lineParts(row)[4] === month && kind === 'S' && cause !== 'DISPUTE';
  return own && (round === '1') !== (cause === '') ? ['InvoiceId', 'INVOICE'] : null;
}

function classOfRow(row: FocusRow): Fault | null {
  const cause = cell(row, 'x_CorrectionCause');
  const earlier = at(row, 'ChargePeriodStart') < at(row, 'BillingPeriodStart');
  const first = cause === 'DISPUTE' && !earlier && cell(row, 'InvoiceId').includes('-R1S-');
  if (isCorrection(row) !== (cause !== '' && !first)) return ['ChargeClass', 'CLASS'];
  if (earlier && cause === '') return ['ChargeClass', 'CLASS'];
  if (['LATE_FACT', 'PRICE', 'OWNER'].includes(cause) && !earlier) return ['x_CorrectionCause', 'CLASS'];
  if (cause === 'REISSUE' && earlier) return ['x_CorrectionCause', 'CLASS'];
  const category = cell(row, 'ChargeCategory');
  if (cause === 'REVERSAL') return ['Usage', 'Adjustment'].includes(category) ? null : ['ChargeCategory', 'CLASS'];
  const adjusted = cause === 'DISPUTE' || (cause === '' && !isPriced(row));
  return (category === 'Adjustment') === adjusted && (category === 'Usage') === !adjusted
    ? null
    : ['ChargeCategory', 'CLASS'];
}

const OF_A_PRICE = [
  ...['ContractedUnitPrice', 'PricingCategory', 'PricingQuantity', 'PricingUnit', 'ConsumedQuantity', 'ConsumedUnit'],
  ...['SkuPriceId', 'SkuPriceDetails', 'x_MeterQuantity'],
] as const;

function unpricedRow(row: FocusRow): Fault | null {
  const cause = cell(row, 'x_CorrectionCause');
  if (cell(row, 'ChargeCategory') === 'Usage' && cause === '') return ['ListUnitPrice', 'PRICE'];
  const more = OF_A_PRICE.find((column) => cell(row, column) !== '');
  if (more) return [more, 'PRICE'];
  const billed = figure(row, 'BilledCost');
  if (cell(row, 'x_LineState') !== 'RATED' && sign(billed) !== 0) return ['BilledCost', 'COST'];
  const other = ['ListCost', 'ContractedCost'].find((column) => !same(figure(row, column), billed));
  return other ? [other, 'COST'] : null;
}

function pricedRow(row: FocusRow): Fault | null {
  const missing = OF_A_PRICE.find((column) => cell(row, column) === '');
  if (missing) return [missing, 'REQUIRED'];
  const cause = cell(row, 'x_CorrectionCause');
  if (!['', 'REISSUE', 'REVERSAL'].includes(cause)) return ['ListUnitPrice', 'PRICE'];
  const price = figure(row, 'ListUnitPrice');
  if (sign(price) < 0) return ['ListUnitPrice', 'PRICE'];
  if (!same(price, figure(row, 'ContractedUnitPrice'))) return ['ContractedUnitPrice', 'PRICE'];
  if (!cell(row, 'SkuPriceId').startsWith('PRICE-')) return ['SkuPriceId', 'SKU'];
  if (!isShared(row) && !cell(row, 'SkuPriceId').endsWith(tierSuffix(tierOf(row)))) return ['SkuPriceId', 'TIER'];
  if (tierOf(row) === 0 && /-T\d+$/.test(cell(row, 'SkuPriceId'))) return ['SkuPriceId', 'TIER'];
  if (cell(row, 'PricingCategory') !== 'Standard') return ['PricingCategory', 'PRICE'];
  return quantitiesOfRow(row, cause === 'REVERSAL') ?? costsOfRow(row, price);
}

/** Size, proration and period are all in the row, so that its quantities are reckoned again and not believed. */
function quantitiesOfRow(row: FocusRow, takenBack: boolean): Fault | null {
  const details = JSON.parse(cell(row, 'SkuPriceDetails')) as { readonly [key: string]: unknown };
  if (Object.keys(details).some((key) => !key.startsWith('x_'))) return ['SkuPriceDetails', 'JSON'];
  const tier = tierOf(row);
  if (details.x_Tier !== (tier > 0 ? tier + 1 : undefined)) return ['SkuPriceDetails', 'TIER'];
  const [, numerator, denominator] = /^(\d+)\/([1-9]\d*)$/.exec(String(details.x_Portion)) ?? [];
  const period = SINGLE_PERIODS[String(details.x_Period)];
  if (!numerator || !denominator || !period) return ['SkuPriceDetails', 'JSON'];
  const size = figure(row, 'x_MeterQuantity');
  if (sign(size) <= 0) return ['x_MeterQuantity', 'QUANTITY'];
  const signed = (value: Decimal): Decimal => (takenBack ? negative(value) : value);
  const priced = quotient(
    size.digits * BigInt(numerator),
    10n ** BigInt(size.scale) * BigInt(denominator),
    QUANTITY_PLACES,
  );
  if (!same(figure(row, 'PricingQuantity'), signed(priced))) return ['PricingQuantity', 'QUANTITY'];
  const hours = consumed(size, { from: at(row, 'ChargePeriodStart'), to: at(row, 'ChargePeriodEnd') });
  if (!same(figure(row, 'ConsumedQuantity'), signed(hours))) return ['ConsumedQuantity', 'QUANTITY'];
  const [unit, name] = [cell(row, 'PricingUnit'), cell(row, 'ConsumedUnit').replace(/-Hours$/, '')];
  if (!cell(row, 'ConsumedUnit').endsWith('-Hours')) return ['ConsumedUnit', 'QUANTITY'];
  return unit === `${name}-${period}` ? null : ['PricingUnit', 'QUANTITY'];
}

function costsOfRow(row: FocusRow, price: Decimal): Fault | null {
  const list = figure(row, 'ListCost');
  if (!same(list, times(price, figure(row, 'PricingQuantity')))) return ['ListCost', 'COST'];
  if (!same(list, figure(row, 'ContractedCost'))) return ['ContractedCost', 'COST'];
  const billed = figure(row, 'BilledCost');
  if (cell(row, 'x_LineState') !== 'RATED') return sign(billed) === 0 ? null : ['BilledCost', 'COST'];
  const hidden = times(price, HALF_A_PLACE);
  const off = distance(billed, list);
  // Rounded alone to the fen: never further from the exact product than half of one. A part of one known amount has the
  // fen of a larger remainder, or leaves its own to another: never a whole one further.
  const far = isShared(row) ? compare(off, sum(A_FEN, hidden)) >= 0 : compare(off, sum(HALF_A_FEN, hidden)) > 0;
  return far ? ['BilledCost', 'COST'] : null;
}

/** What is allocated names what it is a part of, and by which rule if one made its price; nothing else does. */
function allocationOfRow(row: FocusRow): Fault | null {
  const shared = isShared(row);
  if (shared !== (cell(row, 'ResourceType') === 'Shared Cost')) return ['ResourceType', 'RESOURCE'];
  if (cell(row, 'AllocatedResourceName') !== (shared ? cell(row, 'SkuMeter') : ''))
    return ['AllocatedResourceName', 'RESOURCE'];
  const [of, method] = [cell(row, 'AllocatedResourceId'), cell(row, 'AllocatedMethodId')];
  if (shared ? !of.startsWith('POOL-') : of !== '') return ['AllocatedResourceId', 'RESOURCE'];
  return (shared && isPriced(row) ? method.startsWith('METHOD-') : method === '')
    ? null
    : ['AllocatedMethodId', 'RESOURCE'];
}

function sum(a: Decimal, b: Decimal): Decimal {
  return distance(a, negative(b));
}
