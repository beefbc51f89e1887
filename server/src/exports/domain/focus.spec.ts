import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spanOfMonth } from '../../accounting/domain/accounting-units.js';
import { apportion } from '../../kernel/apportion.js';
import { amountFen, parseUnitPrice } from '../../kernel/money.js';
import { perPricedUnit } from '../../metering/domain/meter-units.js';
import { formatDecimal, parseDecimal } from './decimal.js';
import { FocusChecker } from './focus-checker.js';
import { COLUMN_NAMES, CORRECTION, FOCUS_COLUMNS, type FocusRow } from './focus-columns.js';
import { type FocusDocument, type FocusLine, type FocusNames, focusRow } from './focus-row.js';

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const HOUR = 3_600_000;
const SEPTEMBER = spanOfMonth('2026-09');
const AUGUST = spanOfMonth('2026-08');

const statement: FocusDocument = { id: uuid(1), kind: 'STATEMENT', book: 'PROVINCE', month: '2026-09', round: 1 };
const reversal: FocusDocument = { ...statement, id: uuid(2), kind: 'REVERSAL' };
const again: FocusDocument = { ...statement, id: uuid(3), round: 2 };
const names: FocusNames = {
  resource: { code: 'VM-000001', name: '=财政核心系统' },
  department: { code: 'czt', name: '省财政厅' },
  city: null,
  system: { code: 'SYS-1', name: '预算一体化系统' },
  project: {
    ...{ code: 'PRJ-1', name: '预算一体化', budgetYear: 2026, budgetCode: '2026001', functionClass: '2010601' },
    ...{ economicClass: '30213', fundNature: 'GENERAL_PUBLIC', budgetLevel: 'PROVINCE' },
  },
  center: { code: 'center-a', name: '省中心一', role: 'ACTIVE_A' },
  meter: { name: { zh: '虚拟处理器', en: 'Virtual processor' }, unit: { en: 'vCPU' } },
};
const safe: FocusNames = { ...names, resource: { code: 'VM-000001', name: '财政核心系统' } };

function line(more: Partial<FocusLine> = {}): FocusLine {
  const of: FocusLine = {
    ...{ departmentId: uuid(10), resourceId: uuid(20), meter: 'VCPU', ofMonth: '2026-09', part: 0, lineKind: 'USE' },
    ...{ from: SEPTEMBER.from + 5 * 24 * HOUR + 123, to: SEPTEMBER.to, cause: null, adjustment: false },
    ...{ subjectId: uuid(20), kind: 'MACHINE', systemId: uuid(30), projectId: uuid(40), centerId: uuid(50) },
    ...{ architecture: 'ARM64', share: 'MAIN', quantity: 4n, period: 'MONTH', portionNumerator: 25n },
    ...{ portionDenominator: 30n, minimum: false, state: 'RATED', priceVersionId: uuid(60), unitPrice: '45.350000' },
    ...{ rated: null, before: null, amount: 0n, ...more },
  };
  if (more.amount !== undefined || of.unitPrice === null || of.state !== 'RATED') return of;
  return { ...of, amount: amountOf(of) };
}

function amountOf({ meter, portionDenominator, portionNumerator, quantity, unitPrice }: FocusLine): bigint {
  const per = perPricedUnit(meter) * (portionDenominator ?? 1n);
  return amountFen(parseUnitPrice(unitPrice ?? '0'), (quantity ?? 0n) * (portionNumerator ?? 0n), per);
}

const memory: FocusNames = {
  ...safe,
  meter: { name: { zh: '内存', en: 'Memory' }, unit: { en: 'GiB' } },
  resource: { code: 'VM-000002', name: '财政备用系统' },
};
const correction = line({
  ...{ resourceId: uuid(21), ofMonth: '2026-08', from: AUGUST.from, to: AUGUST.to, lineKind: 'CORRECTION', part: 1 },
  ...{ cause: 'PRICE', quantity: null, period: null, portionNumerator: null, portionDenominator: null },
  ...{ priceVersionId: null, unitPrice: null, before: 5_000n, amount: -1_234n },
});
/** Use, use of memory, a disputed line, a correction, an adjustment of the month itself; then all taken back, and closed again. */
const USE = line();
const OF_MEMORY = line({
  resourceId: uuid(21),
  meter: 'MEMORY_GIB',
  quantity: 4_100n,
  share: 'RECOVERY',
  priceVersionId: uuid(61),
});
const BY_TIERS = [100n, 300n, 96n].map((quantity, part) =>
  line({
    ...{ resourceId: uuid(21), meter: 'STORAGE_GIB_HDD', quantity, part, priceVersionId: uuid(62) },
    unitPrice: ['0.250000', '0.220000', '0.180000'][part] ?? null,
  }),
);
const disk: FocusNames = {
  ...safe,
  meter: { name: { zh: 'HDD 存储', en: 'HDD storage' }, unit: { en: 'GiB' } },
  resource: memory.resource,
};
const DISPUTED = line({ resourceId: uuid(22), state: 'SUSPENDED' });
const VALID: readonly FocusRow[] = [
  focusRow(USE, statement, safe),
  focusRow(OF_MEMORY, statement, memory),
  focusRow({ ...correction, meter: 'VCPU' }, statement, { ...safe, resource: memory.resource }),
  focusRow(DISPUTED, statement, safe),
  focusRow(
    {
      ...DISPUTED,
      lineKind: 'CORRECTION',
      cause: 'DISPUTE',
      adjustment: true,
      part: 1_001,
      amount: 99n,
      state: 'RATED',
      unitPrice: null,
      quantity: null,
      priceVersionId: null,
      period: null,
      portionNumerator: null,
      portionDenominator: null,
    },
    statement,
    safe,
  ),
  focusRow({ ...USE, lineKind: 'REVERSAL', amount: -USE.amount, before: USE.amount }, reversal, safe),
  focusRow({ ...correction, meter: 'VCPU', lineKind: 'REVERSAL', cause: null, amount: 1_234n }, reversal, {
    ...safe,
    resource: memory.resource,
  }),
  focusRow({ ...USE, quantity: 8n, amount: amountOf({ ...USE, quantity: 8n }) }, again, safe),
];

const cellsOf = (row: FocusRow) => COLUMN_NAMES.map((name) => row[name] ?? '');
function check(rows: readonly (readonly string[])[], header: readonly string[] = COLUMN_NAMES) {
  const checker = new FocusChecker();
  for (const cells of [header, ...rows]) checker.record(cells);
  return checker.end();
}
const found = (rows: readonly (readonly string[])[], header?: readonly string[]) =>
  check(rows, header).findings.map(({ column, row, rule }) => `${row} ${column} ${rule}`);

/** Row of the file (2 is the first), column, and what it is made to say. */
const MUTATIONS: readonly (readonly [what: string, row: number, column: string, value: string])[] = [
  ['a cost without a point', 2, 'BilledCost', '151'],
  ['a cost with commas', 2, 'BilledCost', '1,511.00'],
  ['a cost by an exponent', 2, 'BilledCost', '1.5e2'],
  ['a cost with a currency sign', 2, 'BilledCost', '¥151.17'],
  ['no cost', 2, 'BilledCost', ''],
  ['a fen too much', 2, 'BilledCost', '151.18'],
  ['a cost to three places', 2, 'BilledCost', '151.170'],
  ['an effective cost of its own', 2, 'EffectiveCost', '151.16'],
  ['a list cost that no price makes', 2, 'ListCost', '151.17'],
  ['a contracted cost of its own', 2, 'ContractedCost', '151.16'],
  ['another price', 2, 'ListUnitPrice', '45.36'],
  ['a negative price', 2, 'ListUnitPrice', '-45.35'],
  ['no price', 2, 'ListUnitPrice', ''],
  ['a contracted price of its own', 2, 'ContractedUnitPrice', '45.36'],
  ['another priced quantity', 2, 'PricingQuantity', '3.333333333334'],
  ['a quantity below nothing', 2, 'PricingQuantity', '-3.333333333333'],
  ['no priced unit', 2, 'PricingUnit', ''],
  ['a unit of another period', 2, 'PricingUnit', 'vCPU-Hours'],
  ['no consumed quantity of a use', 2, 'ConsumedQuantity', ''],
  ['another consumed quantity', 2, 'ConsumedQuantity', '2400.1'],
  ['a consumed unit of another period', 2, 'ConsumedUnit', 'vCPU-Days'],
  ['another size', 2, 'x_MeterQuantity', '5.0'],
  ['another proration', 2, 'SkuPriceDetails', '{"x_Period":"MONTH","x_Portion":"24/30"}'],
  ['a foreign key of a price', 2, 'SkuPriceDetails', '{"x_Period":"MONTH","x_Portion":"25/30","Cores":4}'],
  ['details that are no object', 2, 'SkuPriceDetails', '[]'],
  ['tags that are no JSON', 2, 'Tags', '{share}'],
  ['tags within tags', 2, 'Tags', '{"share":{"MAIN":1}}'],
  ['no tags', 2, 'Tags', ''],
  ['another currency', 2, 'BillingCurrency', 'USD'],
  ['a currency in small letters', 2, 'BillingCurrency', 'cny'],
  ['no billing account', 2, 'BillingAccountId', ''],
  ['another billing account', 3, 'BillingAccountId', 'FIN-nanjing'],
  ['another name of the account', 3, 'BillingAccountName', 'Finance'],
  ['an account of another type', 2, 'BillingAccountType', 'City'],
  ['a type of account that is none', 2, 'BillingAccountType', 'Country'],
  ['a billing period by the UTC month', 2, 'BillingPeriodStart', '2026-09-01T00:00:00Z'],
  ['a billing period that ends a day late', 2, 'BillingPeriodEnd', '2026-10-01T16:00:00Z'],
  ['a date with a space', 2, 'BillingPeriodStart', '2026-08-31 16:00:00Z'],
  ['a date without its zone', 2, 'ChargePeriodStart', '2026-09-05T16:00:00'],
  ['a date with an offset', 2, 'ChargePeriodStart', '2026-09-06T00:00:00+08:00'],
  ['a day that does not exist', 2, 'ChargePeriodStart', '2026-09-31T16:00:00Z'],
  ['an end before its start', 2, 'ChargePeriodEnd', '2026-09-05T15:00:00Z'],
  ['an end at its start', 2, 'ChargePeriodEnd', '2026-09-05T16:00:00Z'],
  ['use beyond its month', 2, 'ChargePeriodEnd', '2026-09-30T16:00:01Z'],
  ['use before its month', 2, 'ChargePeriodStart', '2026-08-31T15:59:59Z'],
  ['an hour of use less', 2, 'ChargePeriodEnd', '2026-09-30T15:00:00Z'],
  ['a category of charges that is none', 2, 'ChargeCategory', 'usage'],
  ['use as an adjustment', 2, 'ChargeCategory', 'Adjustment'],
  ['use as a tax', 2, 'ChargeCategory', 'Tax'],
  ['use as a correction', 2, 'ChargeClass', CORRECTION],
  ['a class that is none', 2, 'ChargeClass', 'correction'],
  ['a correction as use', 4, 'ChargeClass', ''],
  ['a correction without its cause', 4, 'x_CorrectionCause', ''],
  ['a cause without a correction', 2, 'x_CorrectionCause', 'PRICE'],
  ['a correction of its own month', 4, 'ChargePeriodStart', '2026-08-31T16:00:00Z'],
  ['a correction with a price', 4, 'ListUnitPrice', '45.35'],
  ['a correction with a quantity', 4, 'PricingQuantity', '1.0'],
  ['a correction whose list cost differs', 4, 'ListCost', '-12.35'],
  ['an adjustment as use', 6, 'ChargeCategory', 'Usage'],
  ['a reversal as a first issue', 7, 'ChargeClass', ''],
  ['a reversal as a late fact', 7, 'x_CorrectionCause', 'LATE_FACT'],
  ['a reversal that charges', 7, 'BilledCost', '151.17'],
  ['a second issue as a first', 9, 'ChargeClass', ''],
  ['no description', 2, 'ChargeDescription', ''],
  ['a description in Chinese', 2, 'ChargeDescription', '虚拟处理器'],
  ['a frequency that is none', 2, 'ChargeFrequency', 'Monthly'],
  ['another issuer', 2, 'InvoiceIssuerName', 'Finance Bureau'],
  ['another publisher', 2, 'PublisherName', 'Somebody'],
  ['another host', 2, 'HostProviderName', 'Somebody'],
  ['another provider of the service', 2, 'ServiceProviderName', 'Somebody'],
  ['another provider', 2, 'ProviderName', 'Somebody'],
  ['no host', 2, 'HostProviderName', ''],
  ['an invoice of another month', 2, 'InvoiceId', 'JY-2026-08-R1S-czt'],
  ['an invoice of another department', 2, 'InvoiceId', 'JY-2026-09-R1S-slt'],
  ['the invoice of another round', 3, 'InvoiceId', 'JY-2026-09-R2S-czt'],
  ['the invoice of a reversal', 2, 'InvoiceId', 'JY-2026-09-R1V-czt'],
  ['an invoice that is none', 2, 'InvoiceId', '2026-09'],
  ['another department', 2, 'SubAccountId', 'DEPT-slt'],
  ['another name of the department', 2, 'SubAccountName', 'slt'],
  ['a department’s type that is none', 2, 'SubAccountType', 'Bureau'],
  ['a service category that is none', 2, 'ServiceCategory', 'Cabinets'],
  ['a service of another category', 2, 'ServiceCategory', 'Storage'],
  ['a subcategory of another category', 2, 'ServiceSubcategory', 'Block Storage'],
  ['another service', 3, 'ServiceName', ''],
  ['a SKU of another meter', 2, 'SkuId', 'SKU-MEMORY_GIB'],
  ['another meter', 2, 'SkuMeter', 'MEMORY_GIB'],
  ['no price version', 2, 'SkuPriceId', ''],
  ['a price version that is none', 2, 'SkuPriceId', 'SKU-1'],
  ['a commitment that nobody made', 2, 'CommitmentDiscountStatus', 'Used'],
  ['a pricing category that is none', 2, 'PricingCategory', 'Flat'],
  ['another pricing category', 2, 'PricingCategory', 'Committed'],
  ['no resource', 2, 'ResourceId', ''],
  ['another resource', 2, 'ResourceId', `RES-${uuid(21)}`],
  ['no type of resource', 2, 'ResourceType', ''],
  ['another type of the same resource', 6, 'ResourceType', 'Service'],
  ['another name of the same resource', 6, 'ResourceName', 'VM-9'],
  ['a zone without a region', 2, 'RegionId', ''],
  ['a region without a name', 2, 'RegionName', ''],
  ['a region without a zone', 2, 'AvailabilityZone', ''],
  ['another region of the zone', 3, 'RegionId', 'recovery'],
  ['another name of the region', 3, 'RegionName', 'Somewhere'],
  ['a state that is none', 2, 'x_LineState', 'UNPRICED'],
  ['a rated line as suspended', 2, 'x_LineState', 'SUSPENDED'],
  ['a suspended line as rated', 5, 'x_LineState', 'RATED'],
  ['a suspended line that is charged', 5, 'BilledCost', '1.00'],
  ['another share', 2, 'x_DrShare', 'MAIN_B'],
  ['a formula', 2, 'x_ResourceName', '=cmd|calc'],
  ['a formula with a full-width sign', 2, 'x_SystemName', '＝1+1'],
  ['a name that is not one line’s', 6, 'x_ResourceName', '别的系统'],
  ['another name of the department in Chinese', 3, 'x_DepartmentName', '省水利厅'],
  ['another name of the meter', 9, 'x_MeterName', '内存'],
  [
    'a line of another beginning',
    2,
    'x_LineId',
    `${uuid(1)} ${uuid(10)} ${uuid(20)} VCPU 2026-09 000000000000001 00000`,
  ],
  [
    'a line of another document',
    3,
    'x_LineId',
    `${uuid(2)} ${uuid(10)} ${uuid(21)} MEMORY_GIB 2026-09 001788624000123 00000`,
  ],
  ['no line', 2, 'x_LineId', ''],
];

/** What may be named instead of the changed cell: the one that it no longer agrees with. */
const named = (findings: readonly string[], row: number) => findings.filter((one) => one.startsWith(`${row} `));

describe('a FOCUS file', () => {
  it('that is whole passes, and adds up by invoice', () => {
    const { billedFen, findings, invoices, rows } = check(VALID.map(cellsOf));
    expect(findings).toEqual([]);
    expect(rows).toBe(VALID.length);
    const statementSum = USE.amount + OF_MEMORY.amount - 1_234n + 0n + 99n;
    expect([...invoices]).toEqual([
      ['JY-2026-09-R1S-czt', statementSum],
      ['JY-2026-09-R1V-czt', -USE.amount + 1_234n],
      ['JY-2026-09-R2S-czt', amountOf({ ...USE, quantity: 8n })],
    ]);
    expect(billedFen).toBe([...invoices.values()].reduce((sum, fen) => sum + fen, 0n));
  });

  it('has the mandatory columns of FOCUS 1.2 and of 1.3', () => {
    for (const name of [
      ...['BilledCost', 'ContractedCost', 'EffectiveCost', 'ListCost', 'PricingQuantity', 'PricingUnit'],
      ...['BillingAccountId', 'BillingAccountName', 'BillingCurrency', 'BillingPeriodStart', 'BillingPeriodEnd'],
      ...['ChargePeriodStart', 'ChargePeriodEnd', 'ChargeCategory', 'ChargeClass', 'ChargeDescription'],
      ...['InvoiceIssuerName', 'ProviderName', 'PublisherName', 'ServiceCategory', 'ServiceName'],
      ...['ServiceProviderName', 'HostProviderName'],
    ])
      expect(COLUMN_NAMES).toContain(name);
  });

  it.each(MUTATIONS)('is refused for %s (row %i, %s)', (_what, row, column, value) => {
    const rows = VALID.map((one, index) => cellsOf(index + 2 === row ? { ...one, [column]: value } : one));
    expect(rows).not.toEqual(VALID.map(cellsOf));
    const findings = found(rows);
    expect(findings).not.toEqual([]);
    // The row itself is named; a cell that cannot be what it says is named with its column.
    expect(named(findings, row).length).toBeGreaterThan(0);
    for (const one of findings) expect(one.split(' ')[1]).not.toBe('null');
  });

  it('names the very cell of each column that is emptied, or says something that no column of it may', () => {
    for (const column of FOCUS_COLUMNS) {
      const spoiled = column.nullable ? { [column.name]: '=1\u0000' } : { [column.name]: '' };
      const rows = VALID.map((one, index) => cellsOf(index === 0 ? { ...one, ...spoiled } : one));
      expect([column.name, found(rows).some((one) => one.startsWith(`2 ${column.name} `))]).toEqual([
        column.name,
        true,
      ]);
    }
  });

  it('is refused for a row that is there twice, two that are changed over, and one that is cut', () => {
    const rows = VALID.map(cellsOf);
    expect(found([...rows.slice(0, 1), ...rows])).toContain('3 x_LineId ORDER');
    expect(found([rows[1] ?? [], rows[0] ?? [], ...rows.slice(2)])).toContain('3 x_LineId ORDER');
    expect(found([rows[0]?.slice(1) ?? [], ...rows.slice(1)])).toContain('2 null WIDTH');
    expect(found([[...(rows[0] ?? []), ''], ...rows.slice(1)])).toContain('2 null WIDTH');
  });

  it('is refused for a header that lacks, doubles, mixes or invents a column', () => {
    const rows = VALID.map(cellsOf);
    for (const name of COLUMN_NAMES) {
      const header = COLUMN_NAMES.map((one) => (one === name ? 'x_Other' : one));
      expect(found(rows, header)).toContain(`1 ${name} HEADER`);
    }
    expect(found(rows, COLUMN_NAMES.with(1, COLUMN_NAMES[0] as string)).join()).toContain(
      `1 ${COLUMN_NAMES[0]} HEADER`,
    );
    expect(found([], [...COLUMN_NAMES, 'Colour'])).toContain('1 Colour HEADER');
    expect(found([], [...COLUMN_NAMES.slice(1), 'AllocatedMethodId'])).toContain('1 AllocatedMethodId HEADER');
    expect(found([], [])).toContain('1 BilledCost HEADER');
  });

  it('stops at so many findings: one mistake in every row is one mistake', () => {
    const many = Array.from({ length: 1_000 }, () => cellsOf({ ...(VALID[0] as FocusRow), BilledCost: '1' }));
    expect(check(many).findings.length).toBeLessThanOrEqual(260);
  });

  it('invariant 14: whatever is closed, ListCost = price × quantity, and the cost is that product to the fen', () => {
    const lines = fc.record({
      from: fc.integer({ min: 0, max: 29 * 24 * 3600 * 1000 }),
      length: fc.integer({ min: 1, max: 24 * 3600 * 1000 }),
      quantity: fc.bigInt({ min: 1n, max: 10n ** 7n }),
      days: fc.bigInt({ min: 1n, max: 31n }),
      of: fc.constantFrom(28n, 29n, 30n, 31n, 365n, 366n, 2_592_000n),
      price: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      meter: fc.constantFrom('VCPU', 'MEMORY_GIB', 'CABINET_U', 'POWER_KW'),
      kind: fc.constantFrom('USE', 'REVERSAL'),
    });
    fc.assert(
      fc.property(lines, ({ days, from, kind, length, meter, of, price, quantity }) => {
        const start = SEPTEMBER.from + from;
        const made = line({
          ...{ from: start, to: start + length, meter, quantity, portionNumerator: days, portionDenominator: of },
          unitPrice: `${price / 1_000_000n}.${String(price % 1_000_000n).padStart(6, '0')}`,
        });
        const takenBack = kind === 'REVERSAL';
        const row = takenBack
          ? focusRow({ ...made, lineKind: 'REVERSAL', amount: -made.amount }, reversal, safe)
          : focusRow(made, statement, safe);
        expect(found([cellsOf(row)])).toEqual([]);
        const billed = parseDecimal(row.BilledCost ?? '')?.digits ?? 0n;
        expect(billed).toBe(takenBack ? -made.amount : made.amount);
        // One fen off is found, always.
        const off = `${row.BilledCost?.startsWith('-') ? '-' : ''}${(billed < 0n ? -billed : billed) / 100n}.${String(
          ((billed < 0n ? -billed : billed) % 100n) + 2n,
        )
          .padStart(2, '0')
          .slice(-2)}`;
        if (off !== row.BilledCost && off !== '-0.00')
          expect(found([cellsOf({ ...row, BilledCost: off, EffectiveCost: off })])).not.toEqual([]);
      }),
    );
  });

  it('has parts of a common cost that are no machine: what they are parts of, by which rule, whoever got the odd fen', () => {
    const share: FocusNames = {
      ...safe,
      resource: { code: 'network', name: '网络' },
      meter: { name: { zh: '网络', en: 'Network' }, unit: { en: 'share' } },
    };
    const weights = fc.array(fc.bigInt({ min: 1n, max: 10n ** 13n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 11n }), weights, (all, some) => {
        const total = some.reduce((sum, weight) => sum + weight, 0n);
        const amounts = apportion(all, some) ?? [];
        const parts = some.map((weight, at) =>
          line({
            ...{
              resourceId: uuid(100 + at),
              subjectId: uuid(70),
              kind: 'SHARED',
              meter: 'SHARED:network',
              share: 'MAIN',
            },
            ...{ from: SEPTEMBER.from, quantity: 1n, architecture: null, portionNumerator: weight },
            ...{ portionDenominator: total, unitPrice: `${all / 100n}.${String(all % 100n).padStart(2, '0')}0000` },
            amount: amounts[at] ?? 0n,
          }),
        );
        const rows = parts.map((part) => focusRow(part, statement, share));
        // The same rule spread another amount when the month was closed again.
        const anew = { ...parts[0], unitPrice: '1.000000', portionNumerator: total, amount: 100n } as FocusLine;
        rows.push(focusRow(anew, again, share));
        expect(found(rows.map(cellsOf))).toEqual([]);
        const [first] = rows as [FocusRow];
        expect([first.ServiceName, first.ServiceCategory, first.ResourceType]).toEqual([
          ...['Shared Costs', 'Other', 'Shared Cost'],
        ]);
        expect([first.AllocatedResourceId, first.AllocatedResourceName, first.AllocatedMethodId]).toEqual([
          ...[`POOL-${uuid(70)}`, 'SHARED:network', `METHOD-${uuid(60)}`],
        ]);
        const more = formatDecimal({ digits: (amounts[0] ?? 0n) + 3n, scale: 2 }, 2);
        expect(found([cellsOf({ ...first, BilledCost: more, EffectiveCost: more })])).toContain('2 BilledCost COST');
        for (const spoiled of ['AllocatedMethodId', 'AllocatedResourceId', 'AllocatedResourceName'])
          expect(found([cellsOf({ ...first, [spoiled]: '' })])).toEqual([`2 ${spoiled} RESOURCE`]);
      }),
    );
  });

  describe('of a price by tiers', () => {
    const rows = BY_TIERS.map((one) => focusRow(one, statement, disk));
    const spoil = (at: number, more: Record<string, string>) =>
      found(rows.map((row, index) => cellsOf(index === at ? { ...row, ...more } : row)));

    it('has a row for each tier with its own unit price, and ListCost = ListUnitPrice × PricingQuantity in each', () => {
      expect(found(rows.map(cellsOf))).toEqual([]);
      expect(rows.map((row) => [row.SkuPriceId, row.ListUnitPrice, row.x_MeterQuantity])).toEqual([
        [`PRICE-${uuid(62)}`, '0.25', '100.0'],
        [`PRICE-${uuid(62)}-T2`, '0.22', '300.0'],
        [`PRICE-${uuid(62)}-T3`, '0.18', '96.0'],
      ]);
      for (const row of rows) {
        const [list, price, volume] = ['ListCost', 'ListUnitPrice', 'PricingQuantity'].map((name) => {
          const { digits, scale } = parseDecimal(row[name] ?? '') ?? { digits: -1n, scale: 0 };
          return { digits, of: 10n ** BigInt(scale) };
        }) as [{ digits: bigint; of: bigint }, { digits: bigint; of: bigint }, { digits: bigint; of: bigint }];
        expect(list.digits * price.of * volume.of).toBe(price.digits * volume.digits * list.of);
      }
      expect(check(rows.map(cellsOf)).billedFen).toBe(BY_TIERS.reduce((sum, { amount }) => sum + amount, 0n));
    });

    it('passes where it is taken back, tier by tier', () => {
      const back = BY_TIERS.map((one) =>
        focusRow({ ...one, lineKind: 'REVERSAL', amount: -one.amount }, reversal, disk),
      );
      expect(found([...rows, ...back].map(cellsOf))).toEqual([]);
    });

    it('is refused where a tier is missing, stands alone, or is beside another time, price or quantity', () => {
      expect(found([rows[0], rows[2]].map((row) => cellsOf(row as FocusRow)))).toContain('3 x_LineId TIER');
      expect(found([cellsOf(rows[1] as FocusRow)])).toContain('2 x_LineId TIER');
      expect(spoil(1, { SkuPriceId: `PRICE-${uuid(62)}` })).toContain('3 SkuPriceId TIER');
      expect(spoil(0, { SkuPriceId: `PRICE-${uuid(62)}-T2` })).toContain('2 SkuPriceId TIER');
      expect(spoil(1, { SkuPriceId: `PRICE-${uuid(62)}-T3` })).not.toEqual([]);
      for (const x_Tier of [1, 3, '2'])
        expect(
          spoil(1, { SkuPriceDetails: JSON.stringify({ ...JSON.parse(rows[1]?.SkuPriceDetails ?? ''), x_Tier }) }),
        ).toContain('3 SkuPriceDetails TIER');
      expect(spoil(1, { ListUnitPrice: '0.25', ContractedUnitPrice: '0.25' })).not.toEqual([]);
      const short = focusRow({ ...(BY_TIERS[1] as FocusLine), to: SEPTEMBER.to - HOUR }, statement, disk);
      expect(found([rows[0], short, rows[2]].map((row) => cellsOf(row as FocusRow)))).toContain('3 x_LineId TIER');
    });
  });

  it.each(['AllocatedMethodId', 'AllocatedResourceId', 'AllocatedResourceName'])(
    'is refused for use with %s',
    (name) => {
      expect(found([cellsOf({ ...(VALID[0] as FocusRow), [name]: 'POOL-1' })])).toEqual([`2 ${name} RESOURCE`]);
    },
  );

  it('says that a formula in a name would be run', () => {
    expect(found([cellsOf(focusRow(USE, statement, names))])).toContain('2 x_ResourceName FORMULA');
  });
});
