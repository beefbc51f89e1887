import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/platform/database/ids.js';
import { Deductions } from '../../../server/src/spend/deductions.service.js';
import type { SpendAction } from '../../../server/src/spend/domain/spend-state.js';
import { SupplementsService, type SupplementWish } from '../../../server/src/spend/supplements.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { codesOf, idOf } from '../../support/request-journey.ts';
import { SpendDesk } from '../../support/spend-desk.ts';

let app: TestApplication;
let desk: SpendDesk;
let supplements: SupplementsService;
let deductions: Deductions;
let made = 0;

beforeAll(async () => {
  app = await openTestApplication();
  desk = await SpendDesk.open(app);
  supplements = desk.get(SupplementsService);
  deductions = desk.get(Deductions);
});
afterAll(() => app.close());

const rulesOf = (answer: {
  ok: boolean;
  error?: readonly { rule?: string; reason?: string; path: readonly string[] }[];
}) => (answer.error ?? []).map(({ path, reason, rule }) => `${path.join('.')} ${rule ?? reason ?? ''}`.trim());
const wish = (contractId: string, more: Partial<SupplementWish> = {}): SupplementWish => {
  made += 1;
  return {
    ...{ idempotencyKey: newId(), contractId, number: `BC-${made}`, signedOn: '2026-06-20', from: '2026-07-01' },
    ...{ reason: '扩容', ceiling: null, advanceLimit: null, to: null, services: null, assessment: null, ...more },
  };
};
const decide = (id: string, action: SpendAction, by = desk.checker, expectedVersion = 1) =>
  supplements.decide(by, action, { idempotencyKey: newId(), id, expectedVersion });
const contractOf = async (id: string) => {
  const [row] = await desk.contracts.contractsByIds([id]);
  if (!row) throw new Error('no such contract');
  return row;
};
/** In force. */
const agreed = async (contractId: string, more: Partial<SupplementWish>) => {
  const id = idOf(await supplements.enter(desk.clerk, wish(contractId, more)));
  idOf(await decide(id, 'CONFIRM'));
  return id;
};

describe('an advance', () => {
  it.each([8, 64])(
    'never takes more than may be advanced, by %i clients at once, and all that fits is granted',
    async (clients) => {
      const id = await desk.contract({ ceiling: 100_00n, advanceLimit: 30_00n });
      const answers = await byClients(
        clients,
        Array.from({ length: 40 }, (_, at) => at),
        () => desk.pay(id, 1_00n, { advance: true }),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(30);
      for (const answer of answers.filter(({ ok }) => !ok)) expect(rulesOf(answer)).toEqual(['amount advance']);
      expect(await contractOf(id)).toMatchObject({ claimed: 30_00n, advanced: 30_00n, accepted: 0n });
    },
    60_000,
  );

  it('is drawn down by what is accepted; an ordinary payment waits until then', async () => {
    const id = await desk.contract({ ceiling: 100_00n, advanceLimit: 30_00n });
    const advance = idOf(await desk.pay(id, 30_00n, { advance: true }));
    idOf(await desk.decide(advance, 'CONFIRM'));
    expect(rulesOf(await desk.pay(id, 1n))).toEqual(['amount accepted']);
    await desk.accepted(id, 50_00n);
    expect(rulesOf(await desk.pay(id, 20_01n))).toEqual(['amount accepted']);
    await desk.confirmed(idOf(await desk.pay(id, 20_00n)));
    expect(await contractOf(id)).toMatchObject({ paid: 50_00n, claimed: 50_00n, advanced: 30_00n });
    // Taken back by two people, it sets its own money free and no other.
    await desk.confirmed(idOf(await desk.reverse(advance)));
    expect(await contractOf(id)).toMatchObject({ paid: 20_00n, claimed: 20_00n, advanced: 0n });
  });

  it('is allowed by no contract that does not say so, and the table itself holds the bound', async () => {
    const id = await desk.contract({ ceiling: 100_00n });
    expect(rulesOf(await desk.pay(id, 1n, { advance: true }))).toEqual(['amount advance']);
    await expect(
      app.test.db.query('update contract set claimed_fen = 1, advanced_fen = 1 where id = ?', [id]),
    ).rejects.toThrow(/ck_contract_figures/);
    expect(rulesOf(await desk.contracts.enter(desk.clerk, desk.wish({ advanceLimit: 1_000_01n })))).toEqual([
      'advanceLimit range',
    ]);
  });
});

describe('a supplement', () => {
  const services = [{ name: '云主机', unit: '台·月', unitPrice: '100' }];

  it('changes nothing until another person has confirmed it, then all of it at once, and keeps what was', async () => {
    const contractId = await desk.contract({ services });
    const id = idOf(
      await supplements.enter(
        desk.clerk,
        wish(contractId, {
          ...{ ceiling: 1_500_00n, to: '2027-07-01', advanceLimit: 200_00n },
          services: [{ name: '云主机', unit: '台·月', unitPrice: '95.5' }],
        }),
      ),
    );
    expect(await contractOf(contractId)).toMatchObject({ ceiling: 1_000_00n, toDate: '2027-01-01', advanceLimit: 0n });
    expect(rulesOf(await decide(id, 'CONFIRM', desk.clerk))).toEqual(['OWN_ENTRY']);
    idOf(await decide(id, 'CONFIRM'));
    expect(await contractOf(contractId)).toMatchObject({
      ...{ ceiling: 1_500_00n, toDate: '2027-07-01', advanceLimit: 200_00n },
    });
    const [now = []] = await desk.contracts.servicesOf([contractId]);
    expect(now.map(({ unitPrice }) => unitPrice)).toEqual(['95.500000']);
    const [[one] = []] = await supplements.ofContracts([contractId]);
    expect(one).toMatchObject({
      ...{ state: 'CONFIRMED', confirmedBy: '复核员', enteredBy: '录入员' },
      former: { ceiling: '100000', to: '2027-01-01', advanceLimit: '0', services: [{ unitPrice: '100.000000' }] },
    });
    // Decided, it is decided.
    expect(codesOf(await decide(id, 'WITHDRAW', desk.clerk, 2))).toEqual(['ILLEGAL_TRANSITION']);
    // Now an advance may go, as it was agreed.
    expect((await desk.pay(contractId, 200_00n, { advance: true })).ok).toBe(true);
  });

  it('brings a rule of assessment to a contract that had none, from its month on, and leaves assessed months theirs', async () => {
    const contractId = await desk.contract({ ceiling: 365_00n });
    await desk.accepted(contractId, 200_00n);
    const rule = (deduct: number) => ({ bands: [{ below: 9_995, deduct }], cap: 2_000, contractCap: null });
    const deduct = async (month: string) =>
      deductions.deduct(desk.clerk, {
        ...{
          idempotencyKey: newId(),
          contractId,
          onDate: '2026-11-20',
          note: '',
          fileIds: [await desk.evidence()],
          month,
        },
        ...{ downMinutes: 600, excusedMinutes: 0 },
      });
    const of = async (month: string) => {
      const answer = await deductions.assessed(await contractOf(contractId), {
        month,
        downMinutes: 600,
        excusedMinutes: 0,
      });
      return answer.ok ? answer.value.share : rulesOf(answer);
    };
    expect((await of('2026-08')).toString()).toContain('month');
    await agreed(contractId, { assessment: rule(500), from: '2026-07-01' });
    await agreed(contractId, { assessment: rule(800), from: '2026-09-01' });
    expect([(await of('2026-06')).toString().includes('month'), await of('2026-07'), await of('2026-09')]).toEqual([
      ...[true, 500, 800],
    ]);
    const again = wish(contractId, { assessment: rule(900), from: '2026-09-15' });
    expect(rulesOf(await supplements.enter(desk.clerk, again))).toEqual(['from rule']);
    // What waits when a month is assessed is asked again before it holds.
    const later = idOf(
      await supplements.enter(desk.clerk, wish(contractId, { assessment: rule(900), from: '2026-10-01' })),
    );
    expect((await deduct('2026-10')).ok).toBe(true);
    expect(rulesOf(await decide(later, 'CONFIRM'))).toEqual(['assessed']);
    expect(await of('2026-10')).toBe(800);
  });

  it('waits alone: another is entered when the first is decided, however many try at once', async () => {
    const contractId = await desk.contract();
    const answers = await byClients(
      16,
      Array.from({ length: 16 }, (_, at) => at),
      () => supplements.enter(desk.clerk, wish(contractId, { ceiling: 2_000_00n })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const [first] = answers.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
    const number = (await supplements.byIds([first ?? '']))[0]?.number ?? '';
    idOf(await decide(first ?? '', 'WITHDRAW', desk.clerk));
    // Its number is free again, its terms never held.
    idOf(await supplements.enter(desk.clerk, wish(contractId, { ceiling: 2_000_00n, number })));
    expect((await contractOf(contractId)).ceiling).toBe(1_000_00n);
  });

  it('is asked again when it is confirmed: what was accepted meanwhile bounds it, and nothing is written', async () => {
    const contractId = await desk.contract();
    const id = idOf(await supplements.enter(desk.clerk, wish(contractId, { ceiling: 500_00n })));
    await desk.accepted(contractId, 600_00n);
    expect(rulesOf(await decide(id, 'CONFIRM'))).toEqual(['accepted']);
    expect(await contractOf(contractId)).toMatchObject({ ceiling: 1_000_00n });
    expect((await supplements.byIds([id]))[0]).toMatchObject({ state: 'ENTERED', version: 1, former: null });
  });

  it('races with acceptances and never leaves more accepted than the ceiling', async () => {
    const contractId = await desk.contract();
    const id = idOf(await supplements.enter(desk.clerk, wish(contractId, { ceiling: 300_00n })));
    const waiting = await Promise.all(Array.from({ length: 8 }, () => desk.accept(contractId, 100_00n)));
    await Promise.all([decide(id, 'CONFIRM'), ...waiting.map((entry) => desk.decide(idOf(entry), 'CONFIRM'))]);
    const { accepted, ceiling } = await contractOf(contractId);
    expect(accepted).toBeLessThanOrEqual(ceiling);
    expect([300_00n, 1_000_00n]).toContain(ceiling);
  });

  it('leaves months before it to the ceiling that held then, as a deduction asks', async () => {
    const rule = { bands: [{ below: 9_995, deduct: 1_000 }], cap: 10_000 };
    const contractId = await desk.contract({ ceiling: 1_200_00n, assessment: rule });
    const measured = (month: string) => ({ month, downMinutes: 1_000, excusedMinutes: 0 });
    const feeOf = async (month: string) => {
      const done = await deductions.assessed(await contractOf(contractId), measured(month));
      return done.ok ? done.value.fee : -1n;
    };
    const before = [await feeOf('2026-03'), await feeOf('2026-09')];
    await agreed(contractId, { ceiling: 2_400_00n });
    expect(await feeOf('2026-03')).toBe(before[0]);
    expect(await feeOf('2026-09')).toBe((before[1] ?? 0n) * 2n);
  });

  it('is refused of a contract that is not in force, of one that is none, and under a number that is taken', async () => {
    const waits = idOf(await desk.contracts.enter(desk.clerk, desk.wish()));
    expect(rulesOf(await supplements.enter(desk.clerk, wish(waits, { ceiling: 1n })))).toEqual([
      'contractId NOT_CONFIRMED',
    ]);
    expect(codesOf(await supplements.enter(desk.clerk, wish(newId(), { ceiling: 1n })))).toEqual(['UNKNOWN_REFERENCE']);
    const contractId = await desk.contract();
    await agreed(contractId, { ceiling: 1_100_00n, number: 'BC-TWICE' });
    const again = wish(contractId, { ceiling: 1_200_00n, number: 'BC-TWICE', from: '2026-08-01' });
    expect(rulesOf(await supplements.enter(desk.clerk, again))).toEqual(['number unique']);
    expect(rulesOf(await supplements.enter(desk.clerk, wish(contractId)))).toEqual(['from period', 'nothing']);
  });
});
