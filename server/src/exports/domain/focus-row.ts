/** Decides what a closed line says as a row of FOCUS: its period, price, quantity and cost, and of what it is a correction. */

import { type Month, monthOfMoment, spanOfMonth } from '../../accounting/domain/accounting-units.js';
import type { ClosedRow } from '../../accounting/domain/closed-text.js';
import { type Book, type ClosedKind, PROVINCE_BOOK } from '../../accounting/domain/closing.js';
import type { Center, CenterRole } from '../../facilities/domain/facility.js';
import type { Fen } from '../../kernel/money.js';
import { perPricedUnit } from '../../metering/domain/meter-units.js';
import type { UnitPeriod } from '../../pricing/domain/price-item.js';
import { type Decimal, formatDecimal, negative, parseDecimal, quotient, times } from './decimal.js';
import {
  CORRECTION,
  CURRENCY,
  type FocusRow,
  QUANTITY_PLACES,
  SHARED_SERVICE,
  SUBCATEGORIES,
} from './focus-columns.js';

/** The document that a line was closed in. */
export interface FocusDocument {
  readonly id: string;
  readonly kind: ClosedKind;
  readonly book: Book;
  /** The statement that it stands on: of a reversal that of what it takes back. */
  readonly month: Month;
  readonly round: number;
}

/** By which names and codes the row is known; null = of none. */
export interface FocusNames {
  readonly resource: { readonly code: string; readonly name: string };
  readonly department: { readonly code: string; readonly name: string };
  readonly city: { readonly code: string; readonly name: string } | null;
  readonly system: { readonly code: string; readonly name: string } | null;
  readonly project: FocusProject | null;
  readonly center: Pick<Center, 'code' | 'name' | 'role'> | null;
  readonly meter: {
    readonly name: { readonly zh: string; readonly en: string };
    readonly unit: { readonly en: string };
  };
}

/** A project with the keys of the budget that pays for it. */
export interface FocusProject {
  readonly code: string;
  readonly name: string;
  readonly budgetYear: number;
  readonly budgetCode: string | null;
  readonly functionClass: string | null;
  readonly economicClass: string | null;
  readonly fundNature: string | null;
  readonly budgetLevel: string;
}

export type FocusLine = ClosedRow & { readonly departmentId: string };

/** Who provides, hosts, publishes and issues: FOCUS wants one name where they are one. */
export const PROVIDER = 'Provincial Big-Data Center';
const SECOND_MS = 1_000;
const SECONDS_PER_HOUR = 3_600n;

/** 两地: the two same-city centers are one region, the recovery center another. */
const REGIONS: { readonly [R in CenterRole]: readonly [id: string, name: string] } = {
  ACTIVE_A: ['same-city', 'Same-city active-active'],
  ACTIVE_B: ['same-city', 'Same-city active-active'],
  RECOVERY: ['recovery', 'Remote recovery'],
};

const PERIOD_WORDS: { readonly [P in UnitPeriod]: string } = {
  HOUR: 'Hours',
  DAY: 'Days',
  MONTH: 'Months',
  YEAR: 'Years',
};

const RESOURCE_TYPES: { readonly [kind: string]: string } = {
  MACHINE: 'Virtual Machine',
  DATA: 'Data Copy',
  SERVER: 'Bare Metal Server',
  SPACE: 'Cabinet Space',
  SERVICE: 'Service',
  ADDRESS: 'IP Address',
  DISK: 'Kept Disk',
  SHARED: 'Shared Cost',
};

/** A service by what is counted and of which kind it is; each has one category, whatever the kind. */
function serviceOf(meter: string, kind: string): { readonly name: string; readonly subcategory: string } {
  if (kind === 'SHARED') return { name: SHARED_SERVICE, subcategory: 'Other (Other)' };
  if (kind === 'SERVER') return { name: 'Bare Metal Servers', subcategory: 'Other (Compute)' };
  if (kind === 'SPACE') return { name: 'Cabinet Space', subcategory: 'Other (Other)' };
  if (kind === 'SERVICE') return { name: 'Managed Services', subcategory: 'Other (Other)' };
  if (kind === 'ADDRESS') return { name: 'IP Addresses', subcategory: 'Network Infrastructure' };
  if (kind === 'DATA') return { name: 'Disaster Recovery Data', subcategory: 'Backup Storage' };
  if (meter.startsWith('STORAGE_')) return { name: 'Machine Storage', subcategory: 'Block Storage' };
  return { name: 'Virtual Machines', subcategory: 'Virtual Machines' };
}

/** Empty for null, as CSV has it. */
export function focusRow(line: FocusLine, document: FocusDocument, names: FocusNames): FocusRow {
  const service = serviceOf(line.meter, line.kind);
  const billed = yuan(line.amount);
  return {
    ...allocationOf(line),
    ...periodOf(line, document),
    ...accountOf(document, names),
    ...chargeOf(line, document, names),
    ...priceOf(line, names),
    ...placeOf(names),
    BilledCost: billed,
    EffectiveCost: billed,
    ResourceId: `RES-${line.resourceId}`,
    ResourceName: ascii(names.resource.code),
    ResourceType: RESOURCE_TYPES[line.kind] ?? 'Other',
    ServiceCategory: SUBCATEGORIES[service.subcategory] ?? 'Other',
    ServiceName: service.name,
    ServiceSubcategory: service.subcategory,
    SkuId: `SKU-${line.meter}`,
    SkuMeter: line.meter,
    Tags: JSON.stringify({
      share: line.share,
      ...(names.system ? { system: ascii(names.system.code) } : {}),
      ...(names.project ? { project: ascii(names.project.code) } : {}),
    }),
    x_LineId: lineId(line, document),
    x_LineState: line.state,
    x_DrShare: line.share,
    ...budgetOf(names.project),
    x_DepartmentName: names.department.name,
    x_SystemName: names.system?.name ?? '',
    x_ProjectName: names.project?.name ?? '',
    x_ResourceName: names.resource.name,
    x_CenterName: names.center?.name ?? '',
    x_MeterName: names.meter.name.zh,
  };
}

/** A part of a common cost says of what it is a part, and by which rule; no line has tags of that or a contract. */
function allocationOf({ kind, meter, priceVersionId, subjectId }: FocusLine): FocusRow {
  const shared = kind === 'SHARED';
  return {
    AllocatedMethodId: shared && priceVersionId !== null ? `METHOD-${priceVersionId}` : '',
    AllocatedResourceId: shared ? `POOL-${subjectId}` : '',
    AllocatedResourceName: shared ? ascii(meter) : '',
    ...{ AllocatedTags: '', CommitmentDiscountStatus: '', ContractApplied: '' },
  };
}

/** In the order of the closed rows, so that a file is in the order of these ids and no row of it is there twice. */
function lineId(line: FocusLine, { id }: FocusDocument): string {
  const { departmentId, from, meter, ofMonth, part, resourceId } = line;
  return [
    id,
    departmentId,
    resourceId,
    meter,
    ofMonth,
    String(from).padStart(15, '0'),
    String(part).padStart(5, '0'),
  ].join(' ');
}

/** Whole seconds: what is shorter than one lasts one, so that no period is empty. */
export function secondsOf({ from, to }: Pick<ClosedRow, 'from' | 'to'>): {
  readonly from: number;
  readonly to: number;
} {
  const start = Math.floor(from / SECOND_MS) * SECOND_MS;
  return { from: start, to: Math.max(start + SECOND_MS, Math.floor(to / SECOND_MS) * SECOND_MS) };
}

function periodOf(line: FocusLine, { month }: FocusDocument): FocusRow {
  const billing = spanOfMonth(month);
  const charge = secondsOf(line);
  return {
    BillingPeriodStart: utc(billing.from),
    BillingPeriodEnd: utc(billing.to),
    ChargePeriodStart: utc(charge.from),
    ChargePeriodEnd: utc(charge.to),
  };
}

function accountOf({ book, kind, month, round }: FocusDocument, { city, department }: FocusNames): FocusRow {
  const province = book === PROVINCE_BOOK;
  const account = province ? 'PROVINCE' : ascii(city?.code ?? book);
  return {
    BillingAccountId: `FIN-${account}`,
    BillingAccountName: province ? 'Provincial finance' : `City finance ${account}`,
    BillingAccountType: province ? 'Province' : 'City',
    BillingCurrency: CURRENCY,
    InvoiceId: `JY-${month}-R${round}${kind === 'REVERSAL' ? 'V' : 'S'}-${ascii(department.code)}`,
    ...{ InvoiceIssuerName: PROVIDER, ProviderName: PROVIDER, PublisherName: PROVIDER },
    ...{ ServiceProviderName: PROVIDER, HostProviderName: PROVIDER },
    SubAccountId: `DEPT-${ascii(department.code)}`,
    SubAccountName: ascii(department.code),
    SubAccountType: 'Department',
    x_BillingAccountName: province ? '省级财政' : (city?.name ?? ''),
  };
}

/** A month that was invoiced before: by a correction, by taking it back, or by closing it anew. */
function causeOf(line: FocusLine, { kind, round }: FocusDocument): string {
  if (kind === 'REVERSAL') return 'REVERSAL';
  return line.cause ?? (round > 1 ? 'REISSUE' : '');
}

/** What people decide of a month that was never invoiced is an adjustment, and corrects nothing yet. */
function isOfOpenPeriod({ ofMonth }: FocusLine, { month, round }: FocusDocument, cause: string): boolean {
  return cause === '' || (cause === 'DISPUTE' && ofMonth === month && round === 1);
}

function chargeOf(line: FocusLine, document: FocusDocument, { meter }: FocusNames): FocusRow {
  const cause = causeOf(line, document);
  // What has neither price nor quantity is decided by people, or never had a price: no use that a price made.
  const adjustment = line.adjustment || cause === 'DISPUTE' || (cause === '' && line.unitPrice === null);
  const of = monthOfMoment(line.from);
  return {
    ChargeCategory: adjustment ? 'Adjustment' : 'Usage',
    ChargeClass: isOfOpenPeriod(line, document, cause) ? '' : CORRECTION,
    ChargeDescription: ascii(
      `${meter.name.en}${line.share === 'MAIN' || line.share === 'MAIN_A' ? '' : ` (DR ${line.share})`}${cause === '' ? '' : `, ${cause} of ${of}`}`,
    ),
    ChargeFrequency: 'Usage-Based',
    x_CorrectionCause: cause,
  };
}

/** Of a correction only the cost is known: it is a difference. What is taken back has its quantity below nothing. */
function priceOf(line: FocusLine, { meter }: FocusNames): FocusRow {
  const { period, portionDenominator, portionNumerator, priceVersionId, quantity, unitPrice } = line;
  const price = unitPrice === null ? undefined : parseDecimal(unitPrice);
  const priced = price && priceVersionId !== null && quantity !== null && period !== null;
  if (!priced || portionNumerator === null || portionDenominator === null) {
    const cost = yuan(line.amount);
    return {
      ...{ ListCost: cost, ContractedCost: cost, ListUnitPrice: '', ContractedUnitPrice: '', PricingCategory: '' },
      ...{ PricingQuantity: '', PricingUnit: '', ConsumedQuantity: '', ConsumedUnit: '' },
      ...{ SkuPriceId: '', SkuPriceDetails: '', x_MeterQuantity: '' },
    };
  }
  const per = perPricedUnit(line.meter);
  const size = quotient(quantity, per, QUANTITY_PLACES);
  const signed = (figure: Decimal): Decimal => (line.lineKind === 'REVERSAL' ? negative(figure) : figure);
  const volume = signed(quotient(quantity * portionNumerator, per * portionDenominator, QUANTITY_PLACES));
  const cost = formatDecimal(times(price, volume), 2);
  const name = unitName(meter.unit.en);
  return {
    ListUnitPrice: formatDecimal(price, 2),
    ContractedUnitPrice: formatDecimal(price, 2),
    ListCost: cost,
    ContractedCost: cost,
    PricingCategory: 'Standard',
    PricingQuantity: formatDecimal(volume),
    PricingUnit: `${name}-${PERIOD_WORDS[period as UnitPeriod]}`,
    ConsumedQuantity: formatDecimal(signed(consumed(size, secondsOf(line)))),
    ConsumedUnit: `${name}-Hours`,
    // A rule of a common cost spreads another amount each month, and another when a month is closed again.
    // Each tier of a price is a price of its own; the first has the version's.
    SkuPriceId: `PRICE-${priceVersionId}${line.kind === 'SHARED' ? `-${formatDecimal(price, 2)}` : tierSuffix(line.part)}`,
    SkuPriceDetails: JSON.stringify({
      x_Period: period,
      x_Portion: `${portionNumerator}/${portionDenominator}`,
      ...(line.architecture ? { x_Architecture: line.architecture } : {}),
      ...(line.minimum ? { x_SameUnitMinimum: true } : {}),
      ...(line.part > 0 ? { x_Tier: line.part + 1 } : {}),
    }),
    x_MeterQuantity: formatDecimal(size),
  };
}

/** The part of a use is its tier, from 0; people count tiers from 1. */
export function tierSuffix(part: number): string {
  return part > 0 ? `-T${part + 1}` : '';
}

/** Size × hours that it was there, by the row's own period; whoever checks a row reckons the same. */
export function consumed(size: Decimal, { from, to }: { readonly from: number; readonly to: number }): Decimal {
  const seconds = BigInt(Math.max(0, to - from) / SECOND_MS);
  return quotient(size.digits * seconds, SECONDS_PER_HOUR * 10n ** BigInt(size.scale), QUANTITY_PLACES);
}

function placeOf({ center }: FocusNames): FocusRow {
  if (!center) return { AvailabilityZone: '', RegionId: '', RegionName: '' };
  const [id, name] = REGIONS[center.role];
  return { AvailabilityZone: ascii(center.code), RegionId: id, RegionName: name };
}

function budgetOf(project: FocusProject | null): FocusRow {
  return {
    x_BudgetYear: project ? `FY${project.budgetYear}` : '',
    x_BudgetCode: project?.budgetCode ? `BC-${ascii(project.budgetCode)}` : '',
    x_FunctionClass: project?.functionClass ? `FC-${project.functionClass}` : '',
    x_EconomicClass: project?.economicClass ? `EC-${project.economicClass}` : '',
    x_FundNature: project?.fundNature ?? '',
    x_BudgetLevel: project?.budgetLevel ?? '',
  };
}

/** "public IP addresses" → "Address": one word, as FOCUS writes units. */
function unitName(unit: string): string {
  const word = ascii(unit)
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim();
  return word === '' ? 'Unit' : word.replaceAll(' ', '');
}

export function yuan(fen: Fen): string {
  return formatDecimal({ digits: fen, scale: 2 }, 2);
}

export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** A name that people wrote in another language stands in our own columns; here each of its characters is a mark. */
function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
