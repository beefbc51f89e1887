import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { AssetsService } from '../../../server/src/spend/assets.service.js';
import { DisposalsService, type DisposalWish } from '../../../server/src/spend/disposals.service.js';
import type { SpendAction } from '../../../server/src/spend/domain/spend-state.js';
import { ReconciliationService, SPEND_SOURCES } from '../../../server/src/spend/reconciliation.service.js';
import { Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

const wall = new Wall();
let app: TestApplication;
let desk: SpendDesk;
let assets: AssetsService;
let disposals: DisposalsService;
let made = 0;

beforeAll(async () => {
  wall.set('2026-07-15 10:00');
  app = await openTestApplication(wall);
  desk = await SpendDesk.open(app);
  [assets, disposals] = [desk.get(AssetsService), desk.get(DisposalsService)];
});
afterAll(() => app.close());

const rulesOf = (answer: {
  ok: boolean;
  error?: readonly { rule?: string; reason?: string; path: readonly string[] }[];
}) => (answer.error ?? []).map(({ path, reason, rule }) => `${path.join('.')} ${rule ?? reason ?? ''}`.trim());
/** 1,200 yuan over twelve months of this year, nothing left of it; 5 yuan a month to keep it. */
async function asset(confirmed = true): Promise<string> {
  made += 1;
  const id = idOf(
    await assets.enter(desk.clerk, {
      ...{ idempotencyKey: newId(), code: `BF-${made}`, name: '旧服务器', centerId: desk.center.id },
      ...{ acquiredOn: '2026-01-10', cost: 1_200_00n, residual: 0n, lifeMonths: 12, maintenance: 5_00n, power: 0n },
    }),
  );
  if (confirmed)
    idOf(await assets.decide(desk.checker, 'CONFIRM', { idempotencyKey: newId(), id, expectedVersion: 1 }));
  return id;
}
const wish = (assetId: string, more: Partial<DisposalWish> = {}): DisposalWish => ({
  ...{ idempotencyKey: newId(), assetId, disposedOn: '2026-04-20', proceeds: 80_00n },
  ...{ document: '国资〔2026〕12号', reason: '老化', ...more },
});
const decide = (id: string, action: SpendAction, by = desk.checker, expectedVersion = 1) =>
  disposals.decide(by, action, { idempotencyKey: newId(), id, expectedVersion });
const spendOf = async (month: string) => {
  const cells = await desk.get(ReconciliationService).cells(WHOLE_PROVINCE, '2026-01', '2026-07');
  return cells.find((cell) => cell.month === month && cell.centerId === desk.center.id)?.spend ?? 0n;
};

describe('the disposal of an asset', () => {
  it('costs nothing until another person has confirmed it; then its loss is in the reconciliation of that month', async () => {
    const assetId = await asset();
    expect([await spendOf('2026-04'), await spendOf('2026-05')]).toEqual([105_00n, 105_00n]);
    const id = idOf(await disposals.enter(desk.clerk, wish(assetId)));
    expect(await spendOf('2026-04')).toBe(105_00n);
    expect(rulesOf(await decide(id, 'CONFIRM', desk.clerk))).toEqual(['OWN_ENTRY']);
    idOf(await decide(id, 'CONFIRM'));
    // Nine of twelve hundreds are left, and five are for keeping it; what it brought is the treasury's.
    expect([await spendOf('2026-03'), await spendOf('2026-04'), await spendOf('2026-05')]).toEqual([
      ...[105_00n, 905_00n, 0n],
    ]);
    const parts = await desk.get(ReconciliationService).partsOfCell('2026-04', desk.center.id);
    expect(parts.map(({ amount, assetId: of, source }) => [source, of, amount])).toEqual([
      ['WRITE_DOWN', assetId, 900_00n],
      ['MAINTENANCE', assetId, 5_00n],
    ]);
    // A source that the API has no word for fails the whole detail of the month.
    for (const { source } of parts) expect(SPEND_SOURCES).toContain(source);
    const late = { idempotencyKey: newId(), id: assetId, from: '2026-06', maintenance: 1n, power: 0n, reason: '续保' };
    expect(rulesOf(await assets.changeUpkeep(desk.clerk, late))).toEqual(['from disposed']);
    expect(rulesOf(await disposals.enter(desk.clerk, wish(assetId)))).toEqual(['assetId unique']);
    expect(codesOf(await decide(id, 'WITHDRAW', desk.clerk, 2))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('is taken back by another entry of two people, and months are as if it had never been', async () => {
    const before = await Promise.all(['2026-04', '2026-05'].map(spendOf));
    const assetId = await asset();
    const kept = await Promise.all(['2026-04', '2026-05'].map(spendOf));
    const id = idOf(await disposals.enter(desk.clerk, wish(assetId)));
    const paper = { document: '国资〔2026〕15号', reason: '资产编号录错' };
    const reverse = (of = id, more = {}) =>
      disposals.reverse(desk.clerk, { idempotencyKey: newId(), id: of, ...paper, ...more });
    expect(rulesOf(await reverse())).toEqual(['id NOT_CONFIRMED']);
    idOf(await decide(id, 'CONFIRM'));
    const gone = await Promise.all(['2026-04', '2026-05'].map(spendOf));
    expect(gone).toEqual([(before[0] ?? 0n) + 905_00n, before[1]]);
    expect(rulesOf(await reverse(id, { document: '' }))).toEqual(['document length']);
    const answers = await byClients(8, [1, 2, 3, 4, 5, 6, 7, 8], () => reverse());
    const [back = ''] = answers.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    // Until the second person has confirmed it nothing is otherwise.
    expect(await Promise.all(['2026-04', '2026-05'].map(spendOf))).toEqual(gone);
    expect(rulesOf(await decide(back, 'CONFIRM', desk.clerk))).toEqual(['OWN_ENTRY']);
    idOf(await decide(back, 'WITHDRAW', desk.clerk));
    const again = idOf(await reverse());
    idOf(await decide(again, 'CONFIRM'));
    expect(await Promise.all(['2026-04', '2026-05'].map(spendOf))).toEqual(kept);
    const [row] = await disposals.byIds([id]);
    expect(row).toMatchObject({ state: 'CONFIRMED', standing: null, reversedById: again, disposedOn: '2026-04-20' });
    expect((await disposals.ofAssets([assetId]))[0]).toBeNull();
    expect(rulesOf(await reverse())).toEqual(['id unique']);
    expect(rulesOf(await reverse(again))).toEqual(['id NOT_CONFIRMED']);
    // The right one is entered as any other.
    idOf(await decide(idOf(await disposals.enter(desk.clerk, wish(assetId, { disposedOn: '2026-06-02' }))), 'CONFIRM'));
    expect(await spendOf('2026-04')).toBe(kept[0]);
  });

  it('is entered once, however many do at once, and again once it was withdrawn', async () => {
    const assetId = await asset();
    const answers = await byClients(
      16,
      Array.from({ length: 16 }, (_, at) => at),
      () => disposals.enter(desk.clerk, wish(assetId)),
    );
    const [first] = answers.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    idOf(await decide(first ?? '', 'WITHDRAW', desk.clerk));
    expect((await disposals.ofAssets([assetId]))[0]).toBeNull();
    expect((await disposals.enter(desk.clerk, wish(assetId))).ok).toBe(true);
  });

  it('is of an asset that two people know, on a day that has come, by a document', async () => {
    expect(rulesOf(await disposals.enter(desk.clerk, wish(await asset(false))))).toEqual(['assetId NOT_CONFIRMED']);
    expect(codesOf(await disposals.enter(desk.clerk, wish(newId())))).toEqual(['UNKNOWN_REFERENCE']);
    const wrong = wish(await asset(), { disposedOn: '2026-07-16', document: '' });
    expect(rulesOf(await disposals.enter(desk.clerk, wrong))).toEqual(['disposedOn period', 'document length']);
  });
});
