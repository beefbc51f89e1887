import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import type { UnitPrice } from '../../../server/src/pricing/domain/quote.js';
import { UnitPriceEntity } from '../../../server/src/pricing/pricing.entity.js';
import { PricingRepository } from '../../../server/src/pricing/pricing.repository.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { countStatements } from '../../support/count-statements.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { unitsOfWork } from '../../support/units-of-work.ts';

const table: UnitPrice[] = [
  { meter: 'MEMORY_GIB', architecture: null, price: parseUnitPrice('18.25'), synthetic: true },
  { meter: 'VCPU', architecture: 'AMD64', price: parseUnitPrice('30.000001'), synthetic: true },
  { meter: 'VCPU', architecture: 'ARM64', price: parseUnitPrice('999999999999.999999'), synthetic: false },
];

let test: TestDatabase;
let pricing: PricingService;
let run: ReturnType<typeof unitsOfWork>['work'];

beforeAll(async () => {
  test = await openTestDatabase([UnitPriceEntity]);
  pricing = new PricingService(new PricingRepository(test.db));
  run = unitsOfWork(test.db).work;
  await run.run((tx) => pricing.add(tx, table));
});
afterAll(() => test.close());

describe('PricingService', () => {
  it('gives prices back to the last decimal', async () => {
    expect(await pricing.unitPrices()).toEqual(table);
  });

  it('quotes many machines by one statement, a missing price among them', async () => {
    const machine = { architecture: 'AMD64', vcpu: 2, memoryMib: 4096, disk: null } as const;
    const { result, statements } = await countStatements(test.db, () =>
      pricing.quotes([machine, { ...machine, disk: { tier: 'SSD', gib: 40 } }]),
    );
    expect(result).toMatchObject([
      { ok: true, value: { monthly: 13_300n } },
      { ok: false, error: { code: 'PRICE_MISSING', meter: 'STORAGE_GIB_SSD' } },
    ]);
    expect(statements).toBe(1);
  });

  it('prices one machine with its disk, or names what has no price', async () => {
    const machine = { architecture: 'AMD64', vcpu: 2, memoryMib: 4096, diskGib: 40, storageTier: 'SSD' } as const;
    expect(await pricing.monthlyPrice(machine)).toMatchObject({ ok: false, error: { meter: 'STORAGE_GIB_SSD' } });
    await run.run((tx) =>
      pricing.add(tx, [{ meter: 'STORAGE_GIB_SSD', architecture: null, price: parseUnitPrice('1'), synthetic: true }]),
    );
    expect(await pricing.monthlyPrice(machine)).toEqual({ ok: true, value: 17_300n });
  });

  it('has one price for each meter and architecture, and one for all architectures', async () => {
    const again = (price: UnitPrice | undefined) => run.run((tx) => pricing.add(tx, [price as UnitPrice]));
    await expect(again(table[0])).rejects.toMatchObject({ driverError: { errno: 1062 } });
    await expect(again(table[1])).rejects.toMatchObject({ driverError: { errno: 1062 } });
  });
});
