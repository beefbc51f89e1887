import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FilesService } from '../../../server/src/files/files.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { ContractsService } from '../../../server/src/spend/contracts.service.js';
import { Deductions } from '../../../server/src/spend/deductions.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

let app: TestApplication;
let desk: SpendDesk;

beforeAll(async () => {
  app = await openTestApplication();
  desk = await SpendDesk.open(app);
});
afterAll(() => app.close());

const rulesOf = (answer: { ok: boolean; error?: readonly { rule?: string; path: readonly string[] }[] }) =>
  (answer.error ?? []).map(({ rule, path }) => `${path.join('.')} ${rule ?? ''}`.trim());

/** What the entries of a contract add up to, reckoned by the database alone. */
async function recount(id: string) {
  const [row] = await app.test.db.query(
    `select coalesce(sum(if(kind = 'ACCEPTANCE' and state = 'CONFIRMED', amount_fen, 0)), 0) as accepted,
            coalesce(sum(if(kind = 'DEDUCTION' and state = 'CONFIRMED', amount_fen, 0)), 0) as deducted,
            coalesce(sum(if(kind = 'PAYMENT' and (state = 'CONFIRMED' or state = 'ENTERED' and amount_fen > 0), amount_fen, 0)), 0) as claimed,
            coalesce(sum(if(kind = 'PAYMENT' and state = 'CONFIRMED', amount_fen, 0)), 0) as paid
       from contract_entry where contract_id = ?`,
    [id],
  );
  return Object.fromEntries(Object.entries(row as object).map(([name, value]) => [name, BigInt(String(value))]));
}

describe('a contract', () => {
  it('binds nobody until a second person has confirmed it, and never changes after', async () => {
    const wish = desk.wish();
    const id = idOf(await desk.contracts.enter(desk.clerk, wish));
    expect(codesOf(await desk.accept(id, 1n))).toEqual(['NOT_PERMITTED']);
    const act = (expectedVersion: number) => ({ idempotencyKey: newId(), id, expectedVersion });
    expect(await desk.contracts.decide(desk.clerk, 'CONFIRM', act(1))).toMatchObject({
      error: [{ code: 'NOT_PERMITTED', reason: 'OWN_ENTRY' }],
    });
    idOf(await desk.contracts.decide(desk.checker, 'CONFIRM', act(1)));
    expect(codesOf(await desk.contracts.decide(desk.clerk, 'WITHDRAW', act(2)))).toEqual(['ILLEGAL_TRANSITION']);
    // The same number a second time.
    expect(rulesOf(await desk.contracts.enter(desk.clerk, { ...wish, idempotencyKey: newId() }))).toEqual([
      'number unique',
    ]);
  });

  it('that was withdrawn leaves its number to the next', async () => {
    const wish = desk.wish();
    const id = idOf(await desk.contracts.enter(desk.clerk, wish));
    idOf(await desk.contracts.decide(desk.clerk, 'WITHDRAW', { idempotencyKey: newId(), id, expectedVersion: 1 }));
    expect(codesOf(await desk.contracts.enter(desk.clerk, { ...wish, idempotencyKey: newId() }))).toEqual([]);
  });

  it('is refused with every field that is wrong, and nothing is written', async () => {
    const before = await app.test.db.query('select count(*) as n from contract');
    const answer = await desk.contracts.enter(
      desk.clerk,
      desk.wish({
        ...{ currency: 'USD', supplierId: newId(), services: [{ name: 'a', unit: 'b', unitPrice: '0.1234567' }] },
        shares: [{ centerId: newId(), weight: 1 }],
      }),
    );
    expect(rulesOf(answer)).toEqual([
      'currency currency',
      'services.0.unitPrice unitPrice',
      'shares.0.centerId',
      'supplierId',
    ]);
    expect(await app.test.db.query('select count(*) as n from contract')).toEqual(before);
  });

  it('is with a supplier that is registered once', async () => {
    const creditCode = desk.creditCode();
    const register = () =>
      desk.get(ContractsService).createSupplier(desk.clerk, {
        ...{ idempotencyKey: newId(), creditCode, name: '甲', contact: '', phone: '' },
      });
    const answers = await Promise.all([register(), register()]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(rulesOf(answers.find(({ ok }) => !ok) as never)).toEqual(['creditCode unique']);
  });
});

describe('payments', () => {
  it.each([32, 64])(
    'never go beyond what was accepted, by %i clients at once, and all that fits is granted',
    async (clients) => {
      const id = await desk.contract({ ceiling: 100_00n });
      await desk.accepted(id, 60_00n);
      const answers = await byClients(
        clients,
        Array.from({ length: 90 }, (_, at) => at),
        () => desk.pay(id, 1_00n),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(60);
      for (const answer of answers.filter(({ ok }) => !ok)) expect(rulesOf(answer)).toEqual(['amount accepted']);
      expect(await desk.figures(id)).toEqual({ accepted: 60_00n, deducted: 0n, claimed: 60_00n, paid: 0n });
      // Confirmed by two people at once, each counts once.
      const ids = answers.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
      const decided = await byClients(clients, [...ids, ...ids], (entry) => desk.decide(entry, 'CONFIRM'));
      expect(decided.filter(({ ok }) => ok)).toHaveLength(60);
      expect(await desk.figures(id)).toMatchObject({ claimed: 60_00n, paid: 60_00n });
      expect(await recount(id)).toEqual(await desk.figures(id));
    },
  );

  it('never go beyond the ceiling: no more can be accepted than it', async () => {
    const id = await desk.contract({ ceiling: 10_00n });
    const entered = await Promise.all(Array.from({ length: 8 }, () => desk.accept(id, 3_00n)));
    const decided = await Promise.all(entered.map((answer) => desk.decide(idOf(answer), 'CONFIRM')));
    expect(decided.filter(({ ok }) => ok)).toHaveLength(3);
    for (const refused of decided.filter(({ ok }) => !ok)) expect(rulesOf(refused)).toEqual(['ceiling']);
    expect(codesOf(await desk.pay(id, 9_01n))).toEqual(['INVALID_INPUT']);
    idOf(await desk.pay(id, 9_00n));
  });

  it('have a voucher each, given back where one was withdrawn', async () => {
    const id = await desk.contract();
    await desk.accepted(id, 10_00n);
    const first = idOf(await desk.pay(id, 1_00n, { voucher: '记-2026-07-001' }));
    expect(rulesOf(await desk.pay(id, 1_00n, { voucher: '记-2026-07-001' }))).toEqual(['voucher unique']);
    idOf(await desk.decide(first, 'WITHDRAW', desk.clerk));
    expect(await desk.figures(id)).toMatchObject({ claimed: 0n });
    idOf(await desk.pay(id, 1_00n, { voucher: '记-2026-07-001' }));
  });

  it('are entered once under one key', async () => {
    const id = await desk.contract();
    await desk.accepted(id, 10_00n);
    const wish = { idempotencyKey: newId(), voucher: '记-一次' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.pay(id, 2_00n, wish)));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(codesOf(await desk.pay(id, 3_00n, wish))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(await desk.figures(id)).toMatchObject({ claimed: 2_00n });
  });

  it('are not confirmed by whoever entered them, and pay for days of the contract', async () => {
    const id = await desk.contract();
    await desk.accepted(id, 10_00n);
    const entry = idOf(await desk.pay(id, 1_00n));
    expect(await desk.decide(entry, 'CONFIRM', desk.clerk)).toMatchObject({ error: [{ reason: 'OWN_ENTRY' }] });
    expect(rulesOf(await desk.pay(id, 1_00n, { from: '2025-12-31' }))).toEqual(['from period']);
    expect(rulesOf(await desk.pay(id, 1_00n, { instalment: 1 }))).toEqual(['instalment']);
  });
});

describe('reversals', () => {
  it('net to nothing once confirmed, once each, and set the money free', async () => {
    const id = await desk.contract();
    const acceptance = await desk.accepted(id, 10_00n);
    const payment = await desk.confirmed(idOf(await desk.pay(id, 10_00n)));
    // What is paid cannot be un-accepted.
    const early = idOf(await desk.reverse(acceptance, null));
    expect(rulesOf(await desk.decide(early, 'CONFIRM'))).toEqual(['accepted']);
    idOf(await desk.decide(early, 'WITHDRAW', desk.clerk));
    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.reverse(payment)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await desk.figures(id)).toMatchObject({ paid: 10_00n });
    const reversal = await desk.confirmed(idOf(answers.find(({ ok }) => ok) as never));
    expect(await desk.figures(id)).toMatchObject({ claimed: 0n, paid: 0n });
    expect(codesOf(await desk.reverse(reversal))).toEqual(['NOT_PERMITTED']);
    await desk.confirmed(idOf(await desk.reverse(acceptance, null)));
    expect(await desk.figures(id)).toEqual({ accepted: 0n, deducted: 0n, claimed: 0n, paid: 0n });
    expect(await recount(id)).toEqual(await desk.figures(id));
  });
});

describe('deductions', () => {
  const assessment = { bands: [{ below: 9_995, deduct: 500 }], cap: 2_000 };
  const deduct = async (contractId: string, downMinutes: number, month = '2026-04') =>
    desk.get(Deductions).deduct(desk.clerk, {
      ...{ idempotencyKey: newId(), contractId, month, downMinutes, excusedMinutes: 0 },
      ...{ onDate: '2026-05-08', note: '', fileIds: [await desk.evidence()] },
    });

  it('are reckoned by the rule of the contract, kept with their evidence, and lessen what may be paid', async () => {
    const id = await desk.contract({ ceiling: 365_00n, assessment });
    await desk.accepted(id, 100_00n);
    const entry = await desk.confirmed(idOf(await deduct(id, 22)));
    // 30 of 365 days, 5 %.
    const [row] = await desk.entries.byIds([entry]);
    expect(row).toMatchObject({
      amount: 1_50n,
      assessment: { month: '2026-04', downMinutes: 22, fee: '3000', share: 500, deduction: '150', rule: assessment },
    });
    expect(await desk.figures(id)).toMatchObject({ accepted: 100_00n, deducted: 1_50n });
    expect(rulesOf(await desk.pay(id, 98_51n))).toEqual(['amount accepted']);
    idOf(await desk.pay(id, 98_50n));
  });

  it('are one a month, however many enter it at once, until it is reversed', async () => {
    const id = await desk.contract({ ceiling: 365_00n, assessment });
    await desk.accepted(id, 100_00n);
    const answers = await Promise.all(Array.from({ length: 6 }, () => deduct(id, 100)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of answers.filter(({ ok }) => !ok)) expect(rulesOf(refused)).toEqual(['month unique']);
    const entry = await desk.confirmed(idOf(answers.find(({ ok }) => ok) as never));
    idOf(await deduct(id, 100, '2026-05'));
    const reversal = idOf(await desk.reverse(entry, null));
    expect(rulesOf(await deduct(id, 200))).toEqual(['month unique']);
    await desk.confirmed(reversal);
    idOf(await deduct(id, 200));
  });

  it('are none where nothing was missed, and need a rule and evidence', async () => {
    const id = await desk.contract({ ceiling: 365_00n, assessment });
    expect(rulesOf(await deduct(id, 21))).toEqual(['downMinutes nothing']);
    expect(rulesOf(await deduct(id, 43_201))).toEqual(['downMinutes range']);
    expect(rulesOf(await deduct(await desk.contract(), 100))).toEqual(['month rule']);
  });
});

describe('evidence', () => {
  it('is read by those alone who read spend', async () => {
    const id = await desk.contract();
    const file = await desk.evidence();
    const wish = { idempotencyKey: newId(), contractId: id, amount: 1_00n, onDate: '2026-06-30', note: '' };
    idOf(await desk.entries.accept(desk.clerk, { ...wish, fileIds: [file] }));
    const files = desk.get(FilesService);
    expect(await files.readable(desk.checker, file)).not.toBeNull();
    for (const role of ['DEPARTMENT_HEAD', 'APPLICANT', 'CITY_FINANCE', 'CAPACITY_ALLOCATOR'] as const)
      expect(await files.readable(viewerWith([role], newId()), file)).toBeNull();
    // Attached once, it is nobody's to attach again.
    expect(
      codesOf(await desk.entries.accept(desk.clerk, { ...wish, idempotencyKey: newId(), fileIds: [file] })),
    ).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('whatever two people do in whatever order', () => {
  it('leaves figures that are the sums of the entries, within their bounds', async () => {
    const kinds = fc.constantFrom(
      'ACCEPT' as const,
      'PAY' as const,
      'CONFIRM' as const,
      'WITHDRAW' as const,
      'REVERSE' as const,
    );
    const steps = fc.array(fc.tuple(kinds, fc.bigInt({ min: 1n, max: 50_00n }), fc.nat(20)), {
      minLength: 4,
      maxLength: 14,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const id = await desk.contract({ ceiling: 100_00n });
        const entered: string[] = [];
        for (const [kind, amount, pick] of all) {
          const one = entered[pick % Math.max(1, entered.length)] ?? newId();
          const answer =
            kind === 'ACCEPT'
              ? await desk.accept(id, amount)
              : kind === 'PAY'
                ? await desk.pay(id, amount)
                : kind === 'REVERSE'
                  ? await desk.reverse(one)
                  : await desk.decide(one, kind);
          if (answer.ok && kind !== 'CONFIRM' && kind !== 'WITHDRAW') entered.push(answer.value.id);
        }
        const { accepted, deducted, claimed, paid } = await desk.figures(id);
        expect(await recount(id)).toEqual({ accepted, deducted, claimed, paid });
        expect(paid <= claimed && claimed <= accepted - deducted && accepted <= 100_00n && paid >= 0n).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});
