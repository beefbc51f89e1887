import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LineDisputes } from '../../../server/src/accounting/line-disputes.service.js';
import { StatementConfirmations } from '../../../server/src/accounting/statement-confirmations.service.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { AccountDesk, scopeOf, shanghai, story, type UseStory, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { SYSTEM } from '../../support/life-desk.ts';

const wall = new Wall();
const MONTH = '2026-09';
let app: TestApplication;
let desk: AccountDesk;
let disputes: LineDisputes;
let confirmations: StatementConfirmations;
let one: UseStory;
let two: UseStory;

const reasonsOf = (answer: { ok: boolean; error?: readonly object[] }) =>
  answer.ok ? 'OK' : (answer.error as { code: string; reason?: string }[]).map(({ code, reason }) => reason ?? code);
const raise = (use: UseStory, more: { by?: Viewer; month?: string; reason?: string } = {}) => {
  const { by = desk.head, month = MONTH, reason = '九月十五日已申请缩容' } = more;
  const line = { month, resourceId: use.resourceId, meter: 'VCPU', from: shanghai(`${month}-01 00:00`).getTime() };
  return disputes.raise(by, scopeOf(by), { ...line, reason, idempotencyKey: newId() });
};
const answer = async (id: string, correctedFen: bigint | null, by = desk.finance) => {
  const [row] = await desk.sql('select version from line_dispute where id = ?', [id]);
  return disputes.decide(by, scopeOf(by), correctedFen === null ? 'KEEP' : 'CORRECT', {
    ...{ id, expectedVersion: Number(row?.version), text: '经核对工单', correctedFen, idempotencyKey: newId() },
  });
};
const figures = (department = desk.bureau.id, month = MONTH) => confirmations.figuresOf(month, department);
const idOfOk = (answered: Awaited<ReturnType<typeof raise>>): string => {
  if (!answered.ok) throw new Error(JSON.stringify(answered.error));
  return answered.value.id;
};

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  disputes = desk.get(LineDisputes);
  confirmations = desk.get(StatementConfirmations);
  one = story(desk.bureau.id, '2026-09-01 00:00', 4);
  two = story(desk.bureau.id, '2026-09-01 00:00', 2);
});
afterAll(() => app.close());

describe('a statement that is put before its department', () => {
  it('is issued once the month is over and metered, with working days to answer by the rule', async () => {
    wall.set('2026-09-20 10:00');
    await desk.rate([one, two]);
    await desk.passed();
    expect(await confirmations.run(SYSTEM)).toBe(0);
    // The National Day week is free; the 8th to the 10th and the 12th and 13th are worked.
    wall.set('2026-10-01 09:00');
    await desk.rate([one, two]);
    await desk.passed();
    expect(await confirmations.run(SYSTEM)).toBe(1);
    expect(await confirmations.issue(MONTH, desk.bureau.id)).toMatchObject({
      ...{ state: 'ISSUED', amount: 18_000n, lines: 2, dueAt: shanghai('2026-10-13 09:00') },
    });
    expect(await confirmations.run(SYSTEM)).toBe(0);
    const [notice] = await desk.sql("select audience from notice where once_key like 'statement %'");
    expect(notice?.audience).toContain('DEPARTMENT_HEAD');
  });

  it('is confirmed at what the person saw, by the department and nobody else', async () => {
    const wish = { month: MONTH, departmentId: desk.bureau.id, expected: { lines: 2, amount: 17_999n } };
    const confirm = (by: Viewer, more = {}) =>
      confirmations.confirm(by, scopeOf(by), { ...wish, ...more, idempotencyKey: newId() });
    expect(reasonsOf(await confirm(desk.head))).toEqual(['FIGURES_MOVED']);
    expect(reasonsOf(await confirm(desk.cityFinance))).toEqual(['UNKNOWN_REFERENCE']);
    const expected = await figures();
    expect(reasonsOf(await confirm(desk.head, { expected }))).toBe('OK');
    expect(reasonsOf(await confirm(desk.head, { expected, month: '2026-10' }))).toEqual(['MONTH_RUNS']);
    expect((await confirmations.issue(MONTH, desk.bureau.id))?.state).toBe('CONFIRMED');
  });

  it('is put before it again when it moves, and silence counts once the working days have passed', async () => {
    two = { ...two, steps: [...two.steps, { at: shanghai('2026-09-21 00:00'), vcpu: 5 }] };
    await desk.rate([two]);
    wall.set('2026-10-01 10:00');
    await desk.passed();
    expect(await confirmations.run(SYSTEM)).toBe(1);
    expect(await confirmations.issue(MONTH, desk.bureau.id)).toMatchObject({ state: 'ISSUED', amount: 21_000n });
    wall.set('2026-10-13 09:59');
    await desk.passed();
    expect(await confirmations.run(SYSTEM)).toBe(0);
    wall.set('2026-10-13 10:01');
    await desk.passed();
    expect(await confirmations.run(SYSTEM)).toBe(1);
    expect((await confirmations.issue(MONTH, desk.bureau.id))?.state).toBe('DEFAULTED');
  });
});

describe('a disputed line', () => {
  let id: string;

  it('is suspended by itself; everything else of the statement is charged', async () => {
    await desk.rate([one, two]);
    expect(reasonsOf(await raise(one, { reason: ' ' }))).toEqual(['INVALID_INPUT']);
    expect(reasonsOf(await raise(one, { by: desk.cityFinance }))).toEqual(['UNKNOWN_REFERENCE']);
    expect(reasonsOf(await raise(one, { month: '2026-10' }))).toEqual(['MONTH_RUNS']);
    id = idOfOk(await raise(one));
    expect(reasonsOf(await raise(one))).toEqual(['DISPUTED_ALREADY']);
    expect(await figures()).toEqual({ lines: 3, amount: 9_000n });
    const [lines] = await desk.statements.linesOf([
      { scope: scopeOf(desk.finance), month: MONTH, resourceId: one.resourceId },
    ]);
    expect(lines?.map(({ amount, suspended }) => [amount, suspended])).toEqual([[12_000n, true]]);
  });

  it('is answered by the finance of its book with a reason, not by who raised it, and once', async () => {
    expect(reasonsOf(await answer(id, null, desk.cityFinance))).toEqual(['UNKNOWN_REFERENCE']);
    expect(reasonsOf(await answer(id, 12_000n))).toEqual(['INVALID_INPUT']);
    expect(reasonsOf(await answer(id, -1n))).toEqual(['INVALID_INPUT']);
    expect(reasonsOf(await answer(id, 6_000n))).toBe('OK');
    expect(reasonsOf(await answer(id, null))).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('that is corrected is charged with a correction line beside it, in the same month while that is open', async () => {
    const [correction, ...more] = await desk.corrections();
    expect(more).toEqual([]);
    expect(correction).toMatchObject({
      ...{ of_month: MONTH, month: MONTH, cause: 'DISPUTE', adjustment: 1, amount_fen: '-6000', before_fen: '12000' },
    });
    expect(await figures()).toEqual({ lines: 4, amount: 15_000n });
    // Rated again, what people decided stays.
    await desk.rate([one]);
    expect(await figures()).toEqual({ lines: 4, amount: 15_000n });
  });

  it('whose correction was wrong is corrected again by finance: charged is what was decided last, what was answered before is kept', async () => {
    const amend = async (correctedFen: bigint, by = desk.finance) => {
      const [row] = await desk.sql('select version from line_dispute where id = ?', [id]);
      return disputes.decide(by, scopeOf(by), 'AMEND', {
        ...{ id, expectedVersion: Number(row?.version), text: '上次算错', correctedFen, idempotencyKey: newId() },
      });
    };
    expect(reasonsOf(await amend(6_000n))).toEqual(['INVALID_INPUT']);
    expect(reasonsOf(await amend(7_000n, desk.head))).toEqual(['UNKNOWN_REFERENCE']);
    expect(reasonsOf(await amend(7_000n))).toBe('OK');
    expect(await figures()).toEqual({ lines: 5, amount: 16_000n });
    // To what the line came to itself, too: it was right after all; and back to what was answered first.
    expect(reasonsOf(await amend(12_000n))).toBe('OK');
    expect((await figures()).amount).toBe(21_000n);
    expect(reasonsOf(await amend(6_000n))).toBe('OK');
    expect((await figures()).amount).toBe(15_000n);
    const [earlier = []] = await disputes.earlierAnswers([id]);
    expect(earlier.map(({ answer, correctedFen }) => [answer, correctedFen])).toEqual([
      ['经核对工单', 6_000n],
      ['上次算错', 7_000n],
      ['上次算错', 12_000n],
    ]);
  });

  it('that was corrected is not suspended once more: less than nothing would be charged', async () => {
    expect(reasonsOf(await raise(one))).toEqual(['CORRECTED_ALREADY']);
    expect((await figures()).amount).toBe(15_000n);
  });

  it('that is open when its month is closed is charged nothing there, and what it is answered in an open one', async () => {
    const open = idOfOk(await raise(two));
    wall.set('2026-10-14 10:00');
    await desk.passed();
    const closed = await desk.close(MONTH);
    const [document] = await desk.amounts.documents(null, 1);
    expect([document?.id, document?.amount]).toEqual([closed, 11_000n]);
    expect(reasonsOf(await raise(one))).toEqual(['PERIOD_CLOSED']);
    const confirming = await confirmations.confirm(desk.head, scopeOf(desk.head), {
      ...{ month: MONTH, departmentId: desk.bureau.id, expected: { lines: 0, amount: 0n }, idempotencyKey: newId() },
    });
    expect(reasonsOf(confirming)).toEqual(['PERIOD_CLOSED']);
    const before = await desk.closedText();
    expect(reasonsOf(await answer(open, null))).toBe('OK');
    expect(await desk.closedText()).toBe(before);
    const [owed] = await desk.corrections();
    expect(owed).toMatchObject({
      of_month: MONTH,
      month: '2026-10',
      cause: 'DISPUTE',
      amount_fen: '4000',
      adjustment: 0,
    });
    expect(await figures(desk.bureau.id, '2026-10')).toMatchObject({
      amount: 4_000n + (await desk.ratedOf('2026-10')),
    });
  });

  it('a reversal brings what people decided back to be charged again, once', async () => {
    const [closing] = await desk.sql("select id from closing where of_month = ? and state = 'CLOSED'", [MONTH]);
    await desk.reverse(closing?.id as string);
    const back = (await desk.corrections()).filter(({ adjustment }) => adjustment === 1);
    expect(back.map(({ amount_fen, month }) => [amount_fen, month])).toEqual(
      ['-6000', '1000', '5000', '-6000'].map((fen) => [fen, MONTH]),
    );
    await desk.close(MONTH);
    // Of a month that is closed it is corrected in an open one, from what it is charged by then.
    // The rated lines, less what was decided; what stood in October for the answered dispute is charged here now.
    expect(await desk.chargedOf(MONTH)).toBe((await desk.ratedOf(MONTH)) - 6_000n);
    for await (const { findings } of desk.verification.all()) expect(findings).toEqual([]);
  });

  it('comes to what was decided, although it was rated anew since it was raised', async () => {
    wall.set('2026-11-03 10:00');
    const repriced = story(desk.other.id, '2026-10-01 00:00', 4);
    await desk.rate([repriced]);
    const id = idOfOk(await raise(repriced, { by: desk.second, month: '2026-10' }));
    desk.price('2026-10-01', '60');
    await desk.rate([repriced], { repriced: new Map([['VCPU', '2026-10-01']]) });
    expect(reasonsOf(await answer(id, 24_000n))).toEqual(['INVALID_INPUT']);
    expect(reasonsOf(await answer(id, 5_000n))).toBe('OK');
    expect(await figures(desk.other.id, '2026-10')).toMatchObject({ amount: 5_000n });
    const gone = story(desk.other.id, '2026-10-01 00:00', 1);
    await desk.rate([gone]);
    const other = idOfOk(await raise(gone, { by: desk.second, month: '2026-10' }));
    const begins = shanghai('2026-10-05 00:00');
    await desk.rate([{ ...gone, begins, steps: [{ at: begins, vcpu: 1 }] }]);
    expect(reasonsOf(await answer(other, 1n))).toEqual(['LINE_GONE']);
    expect(reasonsOf(await answer(other, null))).toBe('OK');
    desk.price('2026-10-01', '30');
  });

  it('may be withdrawn by the department', async () => {
    wall.set('2026-11-03 10:00');
    await desk.rate([one, two]);
    const withdrawn = idOfOk(await raise(one, { month: '2026-10' }));
    const wish = { id: withdrawn, expectedVersion: 1, text: '', idempotencyKey: newId() };
    expect(reasonsOf(await disputes.decide(desk.head, scopeOf(desk.head), 'WITHDRAW', wish))).toBe('OK');
    const page = await disputes.list(
      scopeOf(desk.head),
      { month: null, departmentIds: null, state: null },
      { first: 10, after: null },
    );
    expect(page.rows.map(({ state }) => state)).toEqual(['WITHDRAWN', 'KEPT', 'CORRECTED']);
    const foreign = await disputes.list(
      scopeOf(desk.cityFinance),
      { month: null, departmentIds: null, state: null },
      { first: 10, after: null },
    );
    expect(foreign).toMatchObject({ rows: [], totalCount: 0 });
  });
});

describe('corrections of one line that stand in two closed months', () => {
  it('are both brought back when both are reversed: no month stays half frozen', async () => {
    const use = story(desk.other.id, '2026-11-01 00:00', 3);
    wall.set('2026-12-03 10:00');
    await desk.rate([one, two, use]);
    await desk.passed();
    await desk.close('2026-10');
    const id = idOfOk(await raise(use, { by: desk.second, month: '2026-11' }));
    await desk.close('2026-11');
    expect(reasonsOf(await answer(id, 5_000n))).toBe('OK');
    wall.set('2027-01-03 10:00');
    await desk.rate([one, two, use]);
    await desk.passed();
    const december = await desk.close('2026-12');
    const [row] = await desk.sql('select version from line_dispute where id = ?', [id]);
    const amended = await disputes.decide(desk.finance, scopeOf(desk.finance), 'AMEND', {
      ...{ id, expectedVersion: Number(row?.version), text: '上次算错', correctedFen: 4_000n, idempotencyKey: newId() },
    });
    expect(reasonsOf(amended)).toBe('OK');
    wall.set('2027-02-03 10:00');
    await desk.rate([one, two, use]);
    await desk.passed();
    const january = await desk.close('2027-01');
    const all = async () =>
      (await desk.corrections()).filter((line) => line.adjustment === 1 && line.resource_id === use.resourceId);
    expect(await all()).toEqual([]);
    const states = [];
    for (const closed of [january, december]) states.push(await desk.stateOf(await desk.reverse(closed)));
    expect(states).toEqual(['CLOSED', 'CLOSED']);
    expect((await all()).map(({ amount_fen, month }) => [amount_fen, month]).toSorted()).toEqual([
      ['-1000', '2027-01'],
      ['-4000', '2026-12'],
    ]);
    for (const month of ['2026-12', '2027-01']) {
      await desk.passed();
      await desk.close(month);
    }
    // Nine thousand as rated, four as it was decided last.
    expect(await desk.chargedOf('2026-11', use.resourceId)).toBe(4_000n);
    for await (const { findings } of desk.verification.all()) expect(findings).toEqual([]);
  });
});
