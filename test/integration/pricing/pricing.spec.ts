import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { PriceItemEntity, PriceTierEntity, PriceVersionEntity } from '../../../server/src/pricing/pricing.entity.js';
import { PricingRepository } from '../../../server/src/pricing/pricing.repository.js';
import { type NewUnitPrice, PricingService } from '../../../server/src/pricing/pricing.service.js';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const clock = { now: () => new Date('2026-11-24T08:00:00.000Z') };
const recovery = newId();
const price = (meter: string, yuan: string, more: Partial<NewUnitPrice> = {}): NewUnitPrice => ({
  meter,
  price: parseUnitPrice(yuan),
  synthetic: true,
  ...more,
});
const table: NewUnitPrice[] = [
  price('MEMORY_GIB', '18.25'),
  price('VCPU', '25', { architecture: 'AMD64', to: '2026-01-01' }),
  price('VCPU', '30.000001', { architecture: 'AMD64', from: '2026-01-01', to: '2027-01-01' }),
  price('VCPU', '33', { architecture: 'AMD64', from: '2027-01-01' }),
  price('VCPU', '20', { architecture: 'AMD64', centerId: recovery, from: '2026-06-01' }),
  price('VCPU', '999999999999.999999', { architecture: 'ARM64', synthetic: false }),
];

let test: TestDatabase;
let pricing: PricingService;
let run: ReturnType<typeof unitsOfWork>['work'];

beforeAll(async () => {
  test = await openTestDatabase([PriceItemEntity, PriceTierEntity, PriceVersionEntity]);
  pricing = new PricingService(new PricingRepository(test.db), clock);
  run = unitsOfWork(test.db).work;
  await run.run((tx) => pricing.add(tx, table));
});
afterAll(() => test.close());

const machine = { architecture: 'AMD64', vcpu: 2, memoryMib: 4096 } as const;

describe('PricingService', () => {
  it('gives the prices of the day back to the last decimal, with the words of their items', async () => {
    const prices = await pricing.unitPrices();
    expect(prices.map(({ meter, architecture, centerId, price: p }) => [meter, architecture, centerId, p])).toEqual([
      ['MEMORY_GIB', null, null, 18_250_000n],
      ['VCPU', 'AMD64', null, 30_000_001n],
      ['VCPU', 'AMD64', recovery, 20_000_000n],
      ['VCPU', 'ARM64', null, 999_999_999_999_999_999n],
    ]);
    expect(prices[0]).toMatchObject({ name: { zh: '内存', en: 'Memory' }, unit: { zh: 'GiB' } });
  });

  it.each([
    ['2025-12-31', 2_500n],
    ['2026-01-01', 3_000n],
    ['2026-12-31', 3_000n],
    ['2027-01-01', 3_300n],
  ])('prices %s at what held on that day', async (day, vcpuFen) => {
    const quote = await pricing.monthlyPrice(
      { ...machine, memoryMib: 1024, vcpu: 1, diskGib: 0, storageTier: 'SSD' },
      day,
    );
    expect(quote).toMatchObject({ ok: false, error: { meter: 'STORAGE_GIB_SSD' } });
    const found = (await pricing.unitPrices(day)).find(
      (p) => p.meter === 'VCPU' && p.architecture === 'AMD64' && !p.centerId,
    );
    expect((found?.price ?? 0n) / 10_000n).toBe(vcpuFen);
  });

  it("takes a center's own price before the province's, and another center's never", async () => {
    const [everywhere, there, elsewhere] = await pricing.quotes([
      { ...machine, disk: null },
      { ...machine, disk: null, centerId: recovery },
      { ...machine, disk: null, centerId: newId() },
    ]);
    expect([everywhere, there, elsewhere]).toMatchObject([
      { value: { monthly: 13_300n } },
      { value: { monthly: 11_300n } },
      { value: { monthly: 13_300n } },
    ]);
  });

  it('quotes many machines by one statement, a missing price among them', async () => {
    const { result, statements } = await countStatements(test.db, () =>
      pricing.quotes([
        { ...machine, disk: null },
        { ...machine, disk: { tier: 'SSD', gib: 40 } },
      ]),
    );
    expect(result).toMatchObject([
      { ok: true, value: { monthly: 13_300n } },
      { ok: false, error: { code: 'PRICE_MISSING', meter: 'STORAGE_GIB_SSD' } },
    ]);
    expect(statements).toBe(1);
  });

  it('opens an item once for all its prices', async () => {
    await run.run((tx) => pricing.add(tx, [price('VCPU', '1', { architecture: 'ARM64', centerId: recovery })]));
    const { rows } = await pricing.items(null, { first: 100, after: null });
    expect(rows.map((item) => item.meter)).toEqual(['MEMORY_GIB', 'VCPU']);
  });
});
