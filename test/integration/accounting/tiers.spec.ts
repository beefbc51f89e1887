import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LineDisputes } from '../../../server/src/accounting/line-disputes.service.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { AccountDesk, scopeOf, shanghai, story, type UseStory, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';

/** A price by tiers through rating, dispute, close, reversal and correction: what holds of a line holds of each tier of it. */
const wall = new Wall();
const MONTH = '2026-09';
const TIERS = { VCPU: [{ from: 10n, price: parseUnitPrice('15') }] };
let app: TestApplication;
let desk: AccountDesk;
let disputes: LineDisputes;
let use: UseStory;
let disputeId: string;

const from = shanghai(`${MONTH}-01 00:00`).getTime();
const raise = (tier: number) =>
  disputes.raise(desk.head, scopeOf(desk.head), {
    ...{ month: MONTH, resourceId: use.resourceId, meter: 'VCPU', from, tier, reason: '超出部分已退回' },
    idempotencyKey: newId(),
  });
const lines = async () => {
  const [found = []] = await desk.statements.linesOf([
    { scope: scopeOf(desk.finance), month: MONTH, resourceId: use.resourceId },
  ]);
  return found.map(({ amount, quantity, suspended, tier, version }) => [
    tier,
    quantity,
    version?.price,
    amount,
    suspended,
  ]);
};

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  disputes = desk.get(LineDisputes);
  desk.price('2026-01-01', '30', TIERS);
  use = story(desk.bureau.id, `${MONTH}-01 00:00`, 14);
  wall.set('2026-10-03 10:00');
  await desk.rate([use]);
});
afterAll(() => app.close());

describe('a use whose price has tiers', () => {
  it('is a line for each that its quantity reaches, each rounded alone; rated again, nothing is written', async () => {
    expect(await lines()).toEqual([
      [0, 10n, 30_000_000n, 30_000n, false],
      [1, 4n, 15_000_000n, 6_000n, false],
    ]);
    const [before] = await desk.sql('checksum table rated_line');
    await desk.rate([use]);
    expect(await desk.sql('checksum table rated_line')).toEqual([before]);
  });

  it('loses its higher tier with the size that reached it, and no other line', async () => {
    const less: UseStory = { ...use, steps: [{ at: use.begins, vcpu: 10 }] };
    await desk.rate([less]);
    expect(await lines()).toEqual([[0, 10n, 30_000_000n, 30_000n, false]]);
    await desk.rate([use]);
    expect(await lines()).toHaveLength(2);
  });

  it('is disputed tier by tier: one is suspended, the other is charged, and each once', async () => {
    const raised = await raise(1);
    if (!raised.ok) throw new Error(JSON.stringify(raised.error));
    disputeId = raised.value.id;
    expect(await lines()).toEqual([
      [0, 10n, 30_000_000n, 30_000n, false],
      [1, 4n, 15_000_000n, 6_000n, true],
    ]);
    expect(await raise(1)).toMatchObject({ ok: false, error: [{ reason: 'DISPUTED_ALREADY' }] });
    expect(await raise(2)).toMatchObject({ ok: false, error: [{ code: 'UNKNOWN_REFERENCE' }] });
    const other = await raise(0);
    expect(other.ok).toBe(true);
    if (!other.ok) return;
    const back = { id: other.value.id, expectedVersion: 1, text: '', idempotencyKey: newId() };
    expect((await disputes.decide(desk.head, scopeOf(desk.head), 'WITHDRAW', back)).ok).toBe(true);
  });

  it('is corrected where it was disputed, closed with that, and verified by its hash', async () => {
    const answer = { text: '按两核计', correctedFen: 3_000n, idempotencyKey: newId() };
    const done = await disputes.decide(desk.finance, scopeOf(desk.finance), 'CORRECT', {
      ...{ id: disputeId, expectedVersion: 1 },
      ...answer,
    });
    if (!done.ok) throw new Error(JSON.stringify(done.error));
    expect(await raise(1)).toMatchObject({ ok: false, error: [{ reason: 'CORRECTED_ALREADY' }] });
    // What was decided of one tier says nothing of the other.
    const again = await raise(0);
    expect(again.ok).toBe(true);
    if (again.ok)
      await disputes.decide(desk.finance, scopeOf(desk.finance), 'KEEP', {
        ...{ id: again.value.id, expectedVersion: 1, text: '维持', idempotencyKey: newId() },
      });
    await desk.passed();
    const closing = await desk.close(MONTH);
    const rows = await desk.sql(
      `select line_kind, part, quantity, amount_fen from ${desk.audit}.closed_line where document_id = ? order by part`,
      [closing],
    );
    expect(rows.map((row) => [row.line_kind, row.part, row.quantity, row.amount_fen])).toEqual([
      ['USE', 0, '10', '30000'],
      ['USE', 1, '4', '6000'],
      ['CORRECTION', 2_001, null, '-3000'],
    ]);
    expect(await desk.chargedOf(MONTH)).toBe(33_000n);
    expect((await lines()).map(([tier, quantity]) => [tier, quantity])).toEqual([
      [0, 10n],
      [1, 4n],
    ]);
    expect(await desk.verification.document(closing)).toMatchObject({ findings: [] });
    await desk.reverse(closing);
    // What people decided waits in the opened month for its statement, still of the tier that it was decided of.
    const waiting = await desk.corrections();
    expect(waiting.map((row) => [row.part, row.adjustment, row.amount_fen])).toEqual([[2_001, 1, '-3000']]);
    await desk.rate([use]);
    await desk.passed();
    await desk.close(MONTH);
    expect(await desk.chargedOf(MONTH)).toBe(33_000n);
  });

  it('is corrected in an open month where a bound was changed for days that are closed, as a change of price', async () => {
    wall.set('2026-11-03 10:00');
    desk.price('2026-09-16', '30', { VCPU: [{ from: 12n, price: parseUnitPrice('15') }] });
    await desk.rate([use], { repriced: new Map([['VCPU', '2026-09-16']]) });
    const owed = (await desk.corrections()).filter((row) => row.of_month === MONTH);
    // Two units more cost 15 yuan more each, for half a month.
    expect(owed.map((row) => [row.cause, row.adjustment, row.amount_fen])).toEqual([['PRICE', 0, '1500']]);
    expect(await desk.chargedOf(MONTH)).toBe((await desk.ratedOf(MONTH)) - 3_000n);
  });
});
