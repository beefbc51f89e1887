import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outages, type OutageWish } from '../../../server/src/outages/outages.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ContractWish } from '../../../server/src/spend/contracts.service.js';
import { Deductions, type RecordedDeductionWish } from '../../../server/src/spend/deductions.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

const engineer = viewerWith(['DUTY_ENGINEER'], null, { name: '值班员' });
const RULE = {
  bands: [
    { below: 9_995, deduct: 500 },
    { below: 9_900, deduct: 2_000 },
  ],
  cap: 2_000,
};
/** A thirtieth of it is a day's: 30,00 of a month of 30 days. */
const TERMS: Partial<ContractWish> = { ceiling: 365_00n, assessment: RULE };
let app: TestApplication;
let desk: SpendDesk;
let deductions: Deductions;
let outages: Outages;

beforeAll(async () => {
  app = await openTestApplication(new MovedClock());
  desk = await SpendDesk.open(app);
  [deductions, outages] = [desk.get(Deductions), desk.get(Outages)];
});
afterAll(() => app.close());

const at = (text: string) => new Date(`${text}:00.000+08:00`);
const rulesOf = (answer: { ok: boolean; error?: readonly { rule?: string; path: readonly string[] }[] }) =>
  (answer.error ?? []).map(({ rule, path }) => `${path.join('.')} ${rule ?? ''}`.trim());
const outage = (from: string, to: string, more: Partial<OutageWish> = {}): OutageWish => ({
  ...{ idempotencyKey: newId(), layer: 'PLATFORM', centerId: desk.center.id, poolId: null, title: '存储故障' },
  ...{ fromAt: at(from), toAt: at(to), liability: 'PROVIDER', excuse: null, source: '监控', orderCode: null },
  ...{ windowCode: null, systemIds: [], fileIds: [] },
  ...more,
});
const down = async (...given: Parameters<typeof outage>) => idOf(await outages.record(engineer, outage(...given)));
const deduct = (contractId: string, month: string, more: Partial<RecordedDeductionWish> = {}) =>
  deductions.deductByRecord(desk.clerk, {
    ...{ idempotencyKey: newId(), contractId, month, onDate: '2026-11-20', note: '', fileIds: [], leftOut: [] },
    ...more,
  });
const proposalOf = async (contractId: string, month: string) =>
  (await deductions.proposals(month)).proposals.find(({ contract }) => contract.id === contractId);

describe('a deduction from the book of outages', () => {
  it('is proposed with what it rests on, entered as it was proposed, and counts once another has confirmed it', async () => {
    const id = await desk.contract(TERMS);
    await desk.accepted(id, 100_00n);
    await down('2026-04-03T09:00', '2026-04-03T09:30');
    // Ten minutes of it were told twice; half an hour was nobody's fault.
    await down('2026-04-03T09:20', '2026-04-03T09:40');
    await down('2026-04-20T01:00', '2026-04-20T01:30', { liability: 'EXCUSED', excuse: '市电中断' });
    await down('2026-04-20T01:00', '2026-04-20T05:00', { layer: 'NETWORK' });
    const proposed = await proposalOf(id, '2026-04');
    expect(proposed).toMatchObject({ downMinutes: 70, excusedMinutes: 30, entry: null, differs: false });
    expect(proposed?.faults.map(({ minutes, countedMinutes }) => [minutes, countedMinutes])).toEqual([
      ...[
        [30, 30],
        [20, 20],
        [30, 0],
      ],
    ]);
    expect(proposed?.assessment).toMatchObject({ ok: true, value: { deduction: 1_50n, share: 500 } });

    const entry = idOf(await deduct(id, '2026-04'));
    expect(await desk.figures(id)).toMatchObject({ deducted: 0n });
    expect(await desk.decide(entry, 'CONFIRM', desk.clerk)).toMatchObject({ error: [{ reason: 'OWN_ENTRY' }] });
    await desk.confirmed(entry);
    expect(await desk.figures(id)).toMatchObject({ deducted: 1_50n });
    const [row] = await desk.entries.byIds([entry]);
    expect(row?.assessment).toMatchObject({ downMinutes: 70, excusedMinutes: 30, deduction: '150', room: '36500' });
    expect(row?.assessment?.faults).toEqual(proposed?.faults);
    expect(rulesOf(await deduct(id, '2026-04'))).toEqual(['month unique']);
    expect(await proposalOf(id, '2026-04')).toMatchObject({ entry: { id: entry }, differs: false });
  });

  it('is entered once, however many press at once', async () => {
    const id = await desk.contract(TERMS);
    const answers = await Promise.all(Array.from({ length: 6 }, () => deduct(id, '2026-04')));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of answers.filter(({ ok }) => !ok)) expect(rulesOf(refused)).toEqual(['month unique']);
  });

  it('is not confirmed when the book was corrected meanwhile, and says so once it stands', async () => {
    const id = await desk.contract(TERMS);
    await desk.accepted(id, 100_00n);
    const wrong = await down('2026-05-04T09:00', '2026-05-04T11:00');
    const entry = idOf(await deduct(id, '2026-05'));
    const corrected = outage('2026-05-04T09:00', '2026-05-04T10:00');
    idOf(await outages.correct(engineer, { ...corrected, id: wrong, expectedVersion: 1 }));
    expect(await desk.decide(entry, 'CONFIRM')).toMatchObject({ error: [{ reason: 'RECORD_CHANGED' }] });
    expect(await proposalOf(id, '2026-05')).toMatchObject({ differs: true });
    idOf(await desk.decide(entry, 'WITHDRAW', desk.clerk));
    const again = await desk.confirmed(idOf(await deduct(id, '2026-05')));
    await desk.get(Outages).withdraw(engineer, {
      ...{ id: wrong, expectedVersion: 2, reason: '误报', idempotencyKey: newId() },
    });
    // What was confirmed does not change; that it rests on something else now is seen.
    expect(await proposalOf(id, '2026-05')).toMatchObject({ entry: { id: again }, differs: true, downMinutes: 0 });
    await desk.confirmed(idOf(await desk.reverse(again, null)));
    expect(await desk.figures(id)).toMatchObject({ deducted: 0n });
  });

  it('leaves out what is another contract’s, with a reason that is kept', async () => {
    const id = await desk.contract(TERMS);
    await desk.accepted(id, 100_00n);
    const mine = await down('2026-06-04T09:00', '2026-06-04T10:00');
    const other = await down('2026-06-05T09:00', '2026-06-05T17:00');
    const leaveOut = (outageId: string, reason: string) => ({ leftOut: [{ outageId, reason }] });
    expect(rulesOf(await deduct(id, '2026-06', leaveOut(other, ' ')))).toEqual(['leftOut.0.reason required']);
    expect(codesOf(await deduct(id, '2026-06', leaveOut(newId(), '不是我')))).toEqual(['UNKNOWN_REFERENCE']);
    const entry = await desk.confirmed(idOf(await deduct(id, '2026-06', leaveOut(other, '属另一服务商'))));
    const [row] = await desk.entries.byIds([entry]);
    expect(row).toMatchObject({ amount: 1_50n, assessment: { downMinutes: 540, excusedMinutes: 480 } });
    expect(row?.assessment?.faults).toMatchObject([
      { outageId: mine, countedMinutes: 60, leftOut: null },
      { outageId: other, countedMinutes: 0, leftOut: '属另一服务商' },
    ]);
    expect(await proposalOf(id, '2026-06')).toMatchObject({ differs: false });
  });

  it('is none where nothing was missed, where the month runs on, and where the cap of the contract is used up', async () => {
    const id = await desk.contract(TERMS);
    expect(rulesOf(await deduct(id, '2026-03'))).toEqual(['month nothing']);
    expect(rulesOf(await deduct(id, '2026-11'))).toEqual(['month past']);
    expect(rulesOf(await deduct(id, '2025-12'))).toEqual(['month period']);
    // A hundredth of the ceiling is 3.65: what April takes, June has not.
    const capped = await desk.contract({ ...TERMS, assessment: { ...RULE, contractCap: 100 } });
    const takes = async (month: string) => (await desk.entries.byIds([idOf(await deduct(capped, month))]))[0]?.amount;
    expect(await takes('2026-04')).toBe(1_50n);
    await down('2026-07-01T00:00', '2026-07-03T00:00');
    expect(await takes('2026-07')).toBe(2_15n);
    expect(rulesOf(await deduct(capped, '2026-06'))).toEqual(['month contractCap']);
  });

  it('of all contracts is proposed by as many statements, however many they are', async () => {
    const before = (await deductions.proposals('2026-04')).totalCount;
    await desk.contract({ ...TERMS, kind: 'NETWORK' });
    await desk.contract({ ...TERMS, from: '2026-05-01', to: '2026-12-01' });
    const { proposals, totalCount } = await deductions.proposals('2026-04');
    expect(totalCount).toBe(before + 1);
    expect(proposals.find(({ contract }) => contract.kind === 'NETWORK')).toMatchObject({ downMinutes: 240 });
  });
});
