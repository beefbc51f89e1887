import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { overlap, sameReach } from '../../../server/src/pricing/domain/price-version.js';
import { type NewVersionWish, PriceEditor } from '../../../server/src/pricing/price-editor.service.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { codesOf } from '../../support/request-journey.ts';

const CLIENTS = 64;
const today = calendarDate(new Date());
const finance = viewerWith(['FINANCE'], null);

let app: TestApplication;
let editor: PriceEditor;
let pricing: PricingService;
beforeAll(async () => {
  app = await openTestApplication();
  editor = app.context.get(PriceEditor, { strict: false });
  pricing = app.context.get(PricingService, { strict: false });
});
afterAll(() => app.close());

async function openItem(meter: string): Promise<string> {
  const created = await editor.createItem(
    finance,
    { meter, name: { zh: meter, en: meter }, unit: { zh: '台', en: 'server' } },
    newId(),
  );
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value.itemId;
}
const wish = (itemId: string, more: Partial<NewVersionWish> = {}): NewVersionWish => ({
  idempotencyKey: newId(),
  itemId,
  kind: 'STANDARD',
  centerId: null,
  architecture: null,
  from: addDays(today, 10),
  to: null,
  unitPrice: '5000',
  reason: '苏财综〔2026〕1号',
  endsPrevious: false,
  ...more,
});
const versionsOf = async (itemId: string) => (await pricing.versionsOf([itemId]))[0] ?? [];
const rulesOf = (result: Awaited<ReturnType<PriceEditor['addVersion']>>) =>
  result.ok ? [] : result.error.map((refusal) => (refusal.code === 'INVALID_INPUT' ? refusal.rule : refusal.code));

describe('PriceEditor', () => {
  it('lets exactly one of 64 overlapping prices stand, however they are timed', async () => {
    const itemId = await openItem('SERVER:race');
    const results = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) =>
        editor.addVersion(finance, wish(itemId, { from: addDays(today, 1 + i) })),
      ),
    );
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    for (const refused of results.filter((r) => !r.ok)) expect(rulesOf(refused)).toEqual(['priceOverlap']);
    expect(await versionsOf(itemId)).toHaveLength(1);
  });

  it('lets 64 neighbours that do not overlap all stand, and keeps them apart', async () => {
    const itemId = await openItem('SERVER:neighbours');
    const results = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) =>
        editor.addVersion(finance, wish(itemId, { from: addDays(today, 1 + i), to: addDays(today, 2 + i) })),
      ),
    );
    expect(results.filter((r) => r.ok)).toHaveLength(CLIENTS);
    const versions = await versionsOf(itemId);
    for (const [i, a] of versions.entries())
      for (const b of versions.slice(i + 1)) expect(sameReach(a, b) && overlap(a, b)).toBe(false);
  });

  it('ends the price that holds until now where the next begins, and leaves no gap', async () => {
    const itemId = await openItem('SERVER:follow');
    const first = await editor.addVersion(finance, wish(itemId, { from: today, unitPrice: '1' }));
    const next = await editor.addVersion(finance, wish(itemId, { from: addDays(today, 5), endsPrevious: true }));
    expect([first.ok, next.ok]).toEqual([true, true]);
    expect((await versionsOf(itemId)).map(({ from, to }) => [from, to])).toEqual([
      [today, addDays(today, 5)],
      [addDays(today, 5), null],
    ]);
  });

  it('never changes what was priced: no end in the past, no narrower price for days that have one', async () => {
    const itemId = await openItem('SERVER:past');
    await app.context
      .get(UnitOfWork, { strict: false })
      .run((tx) =>
        pricing.add(tx, [{ meter: 'SERVER:past', price: parseUnitPrice('1'), synthetic: true, from: '2024-01-01' }]),
      );
    const [version] = await versionsOf(itemId);
    const end = (to: string, expectedVersion: number) =>
      editor.endVersion(finance, {
        idempotencyKey: newId(),
        versionId: version?.id,
        expectedVersion,
        to,
        reason: '调价',
      });
    expect(rulesOf(await end(today, 1))).toEqual(['future']);
    expect(rulesOf(await end('2024-06-01', 1))).toEqual(['future']);
    expect(rulesOf(await end('2027-02-30', 1))).toEqual(['date']);
    expect(
      rulesOf(await editor.addVersion(finance, wish(itemId, { from: '2025-01-01', architecture: 'ARM64' }))),
    ).toEqual(['pricedPast']);
    // Before there was any price nothing was priced.
    expect((await editor.addVersion(finance, wish(itemId, { from: '2023-01-01', to: '2024-01-01' }))).ok).toBe(true);
    const withdrawn = await editor.withdrawVersion(finance, {
      idempotencyKey: newId(),
      versionId: version?.id,
      expectedVersion: 2,
    });
    expect(rulesOf(withdrawn)).toEqual(['begun']);
    expect((await end(addDays(today, 1), 2)).ok).toBe(true);
    expect(rulesOf(await end(addDays(today, 1), 2))).toEqual(['VERSION_CONFLICT']);
  });

  it('takes back a price that has not begun', async () => {
    const itemId = await openItem('SERVER:undo');
    await editor.addVersion(finance, wish(itemId));
    const [version] = await versionsOf(itemId);
    const press = { idempotencyKey: newId(), versionId: version?.id, expectedVersion: 2 };
    expect((await editor.withdrawVersion(finance, press)).ok).toBe(true);
    expect((await editor.withdrawVersion(finance, press)).ok).toBe(true);
    expect(await versionsOf(itemId)).toEqual([]);
  });

  it.each([
    [{ unitPrice: '-1' }, 'unitPrice'],
    [{ unitPrice: '1.0000001' }, 'unitPrice'],
    [{ unitPrice: 'NaN' }, 'unitPrice'],
    [{ from: '2026-02-30' }, 'date'],
    [{ to: 'soon' }, 'date'],
    [{ from: addDays(today, 9), to: addDays(today, 9) }, 'period'],
    [{ reason: ' ' }, 'length'],
    [{ centerId: newId() }, 'UNKNOWN_REFERENCE'],
    [{ itemId: newId() }, 'UNKNOWN_REFERENCE'],
  ])('refuses %j as %s and writes nothing', async (bad, rule) => {
    const { rows } = await pricing.items('SERVER:bad', { first: 1, after: null });
    const itemId = rows[0]?.id ?? (await openItem('SERVER:bad'));
    const result = await editor.addVersion(finance, wish(itemId, bad));
    expect(rulesOf(result)).toEqual([rule]);
    expect(await versionsOf(itemId)).toEqual([]);
  });

  it('refuses a second item of the same meter, and a meter that nobody can read', async () => {
    const again = () =>
      editor.createItem(
        finance,
        { meter: 'SERVER:twice', name: { zh: '一', en: 'a' }, unit: { zh: '台', en: 'u' } },
        newId(),
      );
    const results = await Promise.all(Array.from({ length: 8 }, again));
    expect(results.filter((r) => r.ok)).toHaveLength(1);
    const bad = await editor.createItem(
      finance,
      { meter: 'server race', name: { zh: '', en: 'a' }, unit: { zh: '台', en: 'u' } },
      newId(),
    );
    expect(codesOf(bad)).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
  });
});
