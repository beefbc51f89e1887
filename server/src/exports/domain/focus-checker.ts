/** Decides whether a FOCUS file is one: row by row as it is read, with no more kept of it than its invoices and prices. */
import { parseDecimal } from './decimal.js';
import { cellFault } from './focus-cells.js';
import { COLUMN_NAMES, FOCUS_COLUMNS, type FocusRow } from './focus-columns.js';
import { FINDING_WORDS, type FocusFinding, type FocusRule } from './focus-findings.js';
import { rowFaults, standsOnTier } from './focus-rules.js';

/** More than that is one mistake made in every row. */
export const FINDINGS_MAX = 200;
const ID_LENGTH_MAX = 300;

/** What one column decides of others wherever it stands in the file. */
const DECIDES: readonly (readonly [column: string, decided: readonly string[], rule: FocusRule])[] = [
  [
    'InvoiceId',
    ['BillingAccountId', 'BillingPeriodStart', 'BillingPeriodEnd', 'SubAccountId', 'BillingCurrency'],
    'INVOICE',
  ],
  ['BillingAccountId', ['BillingAccountName', 'BillingAccountType', 'x_BillingAccountName'], 'ACCOUNT'],
  ['SubAccountId', ['SubAccountName', 'SubAccountType', 'x_DepartmentName', 'BillingAccountId'], 'ACCOUNT'],
  ['ServiceName', ['ServiceCategory', 'ServiceSubcategory'], 'CATEGORY'],
  ['SkuPriceId', ['SkuId', 'SkuMeter', 'ListUnitPrice', 'PricingUnit'], 'SKU'],
  ['RegionId', ['RegionName'], 'PLACE'],
  ['AvailabilityZone', ['RegionId', 'x_CenterName'], 'PLACE'],
  ['SkuMeter', ['x_MeterName'], 'SKU'],
];

export interface FocusVerdict {
  readonly rows: number;
  /** Sum of BilledCost in fen. */
  readonly billedFen: bigint;
  readonly invoices: ReadonlyMap<string, bigint>;
  readonly findings: readonly FocusFinding[];
}

export class FocusChecker {
  private readonly findings: FocusFinding[] = [];
  private readonly known = new Map<string, string>();
  private readonly invoices = new Map<string, bigint>();
  private header: readonly string[] | null = null;
  private rows = 0;
  private billed = 0n;
  private lastId = '';
  private lastResource: FocusRow = {};
  private provider: string | null = null;

  /** One record after the other, the header first. */
  record(cells: readonly string[]): void {
    if (this.findings.length >= FINDINGS_MAX) return;
    if (this.header === null) this.takeHeader(cells);
    else this.takeRow(this.header, cells);
  }

  end(): FocusVerdict {
    if (this.header === null) this.find(1, null, 'HEADER');
    return { rows: this.rows, billedFen: this.billed, invoices: this.invoices, findings: this.findings };
  }

  private takeHeader(cells: readonly string[]): void {
    this.header = cells;
    const extra = cells.filter((name) => !COLUMN_NAMES.includes(name));
    for (const name of COLUMN_NAMES) if (!cells.includes(name)) this.find(1, name, 'HEADER');
    for (const name of extra) if (!/^x_[A-Za-z0-9]+$/.test(name)) this.find(1, name, 'HEADER');
    for (const [index, name] of cells.entries()) if (cells.indexOf(name) !== index) this.find(1, name, 'HEADER');
    const firstOwn = cells.findIndex((name) => name.startsWith('x_'));
    const late = firstOwn < 0 ? undefined : cells.slice(firstOwn).find((name) => !name.startsWith('x_'));
    if (late !== undefined) this.find(1, late, 'HEADER');
  }

  private takeRow(header: readonly string[], cells: readonly string[]): void {
    this.rows += 1;
    const at = this.rows + 1;
    if (cells.length !== header.length) {
      this.find(at, null, 'WIDTH');
      return;
    }
    const row: FocusRow = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
    let whole = true;
    for (const column of FOCUS_COLUMNS) {
      const rule = cellFault(column, row[column.name] ?? '');
      if (rule === null) continue;
      whole = false;
      this.find(at, column.name, rule);
    }
    // What no cell says rightly is not compared with others.
    if (!whole) return;
    for (const [column, rule] of rowFaults(row)) this.find(at, column, rule);
    this.compare(at, row);
    this.add(row);
  }

  private compare(at: number, row: FocusRow): void {
    const id = row.x_LineId ?? '';
    if (id.length > ID_LENGTH_MAX || id <= this.lastId) this.find(at, 'x_LineId', 'ORDER');
    else this.lastId = id;
    this.provider ??= row.ProviderName ?? '';
    if (row.ProviderName !== this.provider) this.find(at, 'ProviderName', 'PROVIDER');
    for (const [column, decided, rule] of DECIDES) {
      const key = row[column] ?? '';
      if (key === '') continue;
      for (const name of decided)
        if (!this.agrees(`${column} ${key} ${name}`, row[name] ?? '')) this.find(at, name, rule);
    }
    // A document has one invoice for each department; its id stands in the line's.
    const [document = '', department = ''] = id.split(' ');
    if (!this.agrees(`document ${document} ${department}`, row.InvoiceId ?? '')) this.find(at, 'InvoiceId', 'INVOICE');
    if (!this.agrees(`invoice ${row.InvoiceId}`, document)) this.find(at, 'InvoiceId', 'INVOICE');
    if (!standsOnTier(row, this.lastResource)) this.find(at, 'x_LineId', 'TIER');
    // Rows of one use stand together.
    if (row.ResourceId === this.lastResource.ResourceId)
      for (const name of ['ResourceName', 'ResourceType', 'x_ResourceName'])
        if (row[name] !== this.lastResource[name]) this.find(at, name, 'RESOURCE');
    this.lastResource = row;
  }

  /** The first that says it is believed. */
  private agrees(key: string, value: string): boolean {
    const known = this.known.get(key);
    if (known === undefined) this.known.set(key, value);
    return known === undefined || known === value;
  }

  private add(row: FocusRow): void {
    const fen = parseDecimal(row.BilledCost ?? '')?.digits ?? 0n;
    this.billed += fen;
    const invoice = row.InvoiceId ?? '';
    this.invoices.set(invoice, (this.invoices.get(invoice) ?? 0n) + fen);
  }

  private find(row: number, column: string | null, rule: FocusRule): void {
    this.findings.push({ row, column, rule, message: FINDING_WORDS[rule] });
  }
}
