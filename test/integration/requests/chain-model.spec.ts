import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StepDefinition } from '../../../server/src/approvals/domain/chain.js';
import { currentStep } from '../../../server/src/approvals/domain/round.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { after, type RequestMove, type RequestState } from '../../../server/src/requests/domain/request-state.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, DAY_MS, MovedClock, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { RequestJourney } from '../../support/request-journey.ts';

const RUNS = 12;
const UNITS = 3;
const DELEGATED_DAYS = 60;
/** A step of the center renews the hold for fourteen days, or for its two working days and three more. */
const LONGER_THAN_A_HOLD_DAYS = 20;
const STEPS: readonly StepDefinition[] = [
  SIGN_OFF,
  ACCEPTANCE,
  step('review', ['CENTER_REVIEWER'], { mode: 'ALL', count: 2 }),
  step('end', ['CAPACITY_ALLOCATOR']),
];
const NAMES = ['applicant', 'head1', 'head2', 'acc1', 'acc2', 'rev1', 'rev2', 'rev3', 'all1', 'leader'] as const;
type Name = (typeof NAMES)[number];
const ROLE: { readonly [N in Name]: string } = {
  applicant: 'DEPARTMENT_HEAD',
  head1: 'DEPARTMENT_HEAD',
  head2: 'DEPARTMENT_HEAD',
  acc1: 'CENTER_ACCEPTANCE',
  acc2: 'CENTER_ACCEPTANCE',
  rev1: 'CENTER_REVIEWER',
  rev2: 'CENTER_REVIEWER',
  rev3: 'CENTER_REVIEWER',
  all1: 'CAPACITY_ALLOCATOR',
  leader: 'LEADER',
};

let app: TestApplication;
let journey: RequestJourney;
let desk: ChainDesk;
let centerId: string;
let poolId: string;
let people: { readonly [N in Name]: Viewer };
const clock = new MovedClock();
const system = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new ChainDesk(app, journey);
  const { center, pool } = await journey.openCenter('chain-model', 10_000);
  [centerId, poolId] = [center.id, pool.id];
  const made: Partial<Record<Name, Viewer>> = {};
  for (const name of NAMES)
    made[name] =
      name === 'applicant'
        ? await desk.person('APPLICANT', 'DEPARTMENT_HEAD')
        : await desk.person(ROLE[name] as 'CENTER_ACCEPTANCE');
  people = made as { readonly [N in Name]: Viewer };
  await desk.publish(oneChain(...STEPS));
});
afterAll(() => app.close());

/** A seat of the model: whoever has the role, or this one alone. */
interface Seat {
  role: string | null;
  only: Name | null;
  signed: boolean;
}
interface ModelStep {
  seats: Seat[];
  holds: boolean;
  entered: boolean;
}

/** The small model: a list of steps, who has had a part, whether it holds. It knows nothing of how the product does it. */
class Model {
  state = 'AWAITING_SIGN_OFF';
  steps: ModelStep[] = [];
  at = 0;
  part = new Set<Name>();
  holds = false;
  added = 0;
  readonly lent = new Map<Name, { readonly to: Name; readonly until: number }>();

  begin(): void {
    this.state = 'AWAITING_SIGN_OFF';
    this.at = 0;
    this.added = 0;
    this.part = new Set(['applicant']);
    this.steps = STEPS.map(({ roles, mode, count, holdsCapacity }) => ({
      seats: Array.from({ length: mode === 'ALL' ? count : 1 }, () => ({
        role: roles[0] as string,
        only: null,
        signed: false,
      })),
      holds: holdsCapacity,
      entered: false,
    }));
    (this.steps[0] as ModelStep).entered = true;
  }

  get current(): ModelStep {
    return this.steps[this.at] as ModelStep;
  }

  get inChain(): boolean {
    return this.state === 'AWAITING_SIGN_OFF' || this.state === 'UNDER_REVIEW';
  }

  fits(name: Name, seat: Seat): boolean {
    return (
      !seat.signed && (seat.only === null || seat.only === name) && (seat.role === null || ROLE[name] === seat.role)
    );
  }

  /** A signature that is still to come waits for this person alone. */
  named(name: Name): boolean {
    return this.steps.slice(this.at).some((one) => one.seats.some((seat) => !seat.signed && seat.only === name));
  }

  /** By which seat and in whose name this person may sign now. */
  standing(name: Name): { seat: Seat; voice: Name } | undefined {
    if (!this.inChain || this.part.has(name)) return undefined;
    const lenders = NAMES.filter((from) => this.lentBy(from) === name);
    for (const voice of [name, ...lenders])
      for (const seat of this.current.seats)
        if (this.fits(voice, seat) && !this.part.has(voice)) return { seat, voice };
    return undefined;
  }

  /** To whom somebody has lent his name for now. */
  lentBy(from: Name): Name | undefined {
    const loan = this.lent.get(from);
    return loan && loan.until > clock.now().getTime() ? loan.to : undefined;
  }

  sign(name: Name): void {
    const { seat, voice } = this.standing(name) as { seat: Seat; voice: Name };
    seat.signed = true;
    this.part.add(name).add(voice);
    if (!this.current.seats.every((one) => one.signed)) return;
    this.at += 1;
    if (this.at === this.steps.length) {
      this.state = 'PROVISIONING';
      return;
    }
    this.state = 'UNDER_REVIEW';
    const first = !this.current.entered;
    this.current.entered = true;
    if (this.current.holds && first) this.holds = true;
  }
}

type Command =
  | { kind: 'sign' | 'return' | 'reject'; who: Name }
  | { kind: 'transfer'; who: Name; to: Name }
  | { kind: 'add'; who: Name; to: Name; where: 'BEFORE' | 'BESIDE' }
  | { kind: 'delegate'; who: Name; to: Name }
  | { kind: 'send' | 'withdraw' | 'expire' | 'escalate' | 'remind' };

const name = fc.constantFrom(...NAMES);
// Those who are likely to be on turn are pressed more often, so that most runs come to the end of the chain.
const likely = fc.constantFrom<Name>('head1', 'acc1', 'acc2', 'rev1', 'rev2', 'rev3', 'all1', ...NAMES);
const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    { weight: 14, arbitrary: fc.record({ kind: fc.constant('sign' as const), who: likely }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('return' as const, 'reject' as const), who: likely }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('transfer' as const), who: likely, to: name }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        who: likely,
        to: name,
        where: fc.constantFrom('BEFORE' as const, 'BESIDE' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('delegate' as const), who: likely, to: name }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('send' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('withdraw' as const, 'expire' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('escalate' as const, 'remind' as const) }) },
  ),
  { minLength: 8, maxLength: 26 },
);

/** To the end, with everything on the way that does not end it: so that no run of the test stays before the last step. */
const THROUGH: Command[] = [
  { kind: 'sign', who: 'head1' },
  { kind: 'return', who: 'acc1' },
  { kind: 'send' },
  { kind: 'sign', who: 'head2' },
  { kind: 'transfer', who: 'acc1', to: 'acc2' },
  { kind: 'sign', who: 'acc1' },
  { kind: 'add', who: 'acc2', to: 'leader', where: 'BEFORE' },
  { kind: 'sign', who: 'leader' },
  { kind: 'sign', who: 'acc2' },
  { kind: 'delegate', who: 'rev1', to: 'acc1' },
  { kind: 'sign', who: 'acc1' },
  { kind: 'sign', who: 'rev1' },
  { kind: 'remind' },
  { kind: 'sign', who: 'rev2' },
  { kind: 'sign', who: 'all1' },
];

describe('any order of acts on a chain', () => {
  it('does what the model does: nobody twice, never the applicant, holds as the model, no illegal edge', async () => {
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        await app.test.db.query('update delegation set revoked_at = ? where revoked_at is null', [clock.now()]);
        const before = await journey.liveOf(poolId);
        const made = await journey.requests.createDraft(
          people.applicant,
          journey.scope,
          journey.content(centerId, UNITS),
          newId(),
        );
        if (!made.ok) throw new Error('no draft');
        const id = made.value.id;
        const model = new Model();
        expect((await desk.move(people.applicant, id, 'SEND_FOR_SIGN_OFF')).ok).toBe(true);
        model.begin();
        for (const one of list) {
          await play(one, id, model);
          const row = await journey.row(id);
          expect(row.state).toBe(model.state);
          const live = await journey.liveOf(poolId);
          const expected = before.counter + (model.holds ? UNITS : 0);
          expect([one.kind, live]).toEqual([one.kind, { counter: expected, claims: expected }]);
          if (!model.inChain) continue;
          // Whoever acted, and whoever comes next in the list, finds it in his queue exactly if he could sign.
          const asked = 'who' in one ? [one.who, NAMES[(NAMES.indexOf(one.who) + 1) % NAMES.length] as Name] : [];
          for (const who of asked)
            expect([one, who, await inQueueOf(who, id)]).toEqual([one, who, model.standing(who) !== undefined]);
          const step_ = currentStep(await journey.round(id));
          expect(step_?.seats.map((seat) => seat.decision !== null)).toEqual(model.current.seats.map((s) => s.signed));
        }
        await neverTwice(id);
        await onlyEdgesOfTheTable(id);
        if (model.state === 'PROVISIONING') granted += 1;
        // What still holds would run out in the middle of the next run.
        if (model.inChain || model.state === 'RETURNED') await desk.move(people.applicant, id, 'WITHDRAW');
      }),
      { numRuns: RUNS, examples: [[THROUGH]], verbose: 1 },
    );
    expect(granted).toBeGreaterThan(0);
  });
});

async function play(one: Command, id: string, model: Model): Promise<void> {
  switch (one.kind) {
    case 'sign': {
      const may = model.standing(one.who) !== undefined;
      expect([one, (await desk.sign(people[one.who], id)).ok]).toEqual([one, may]);
      if (may) model.sign(one.who);
      return;
    }
    case 'return':
    case 'reject': {
      const legal = one.kind === 'return' || model.state === 'UNDER_REVIEW';
      const may = legal && model.standing(one.who) !== undefined;
      const action = one.kind === 'return' ? 'RETURN' : 'REJECT';
      expect([one, (await desk.move(people[one.who], id, action)).ok]).toEqual([one, may]);
      if (!may) return;
      model.state = one.kind === 'return' ? 'RETURNED' : 'REJECTED';
      if (one.kind === 'reject') model.holds = false;
      return;
    }
    case 'transfer': {
      const stand = model.standing(one.who);
      const fits =
        stand &&
        !model.part.has(one.to) &&
        !model.named(one.to) &&
        (stand.seat.role === null || ROLE[one.to] === stand.seat.role);
      const may = fits === true && one.to !== one.who;
      expect([one, (await desk.transfer(people[one.who], id, people[one.to])).ok]).toEqual([one, may]);
      if (may && stand) stand.seat.only = one.to;
      return;
    }
    case 'add': {
      const may =
        model.state === 'UNDER_REVIEW' &&
        model.standing(one.who) !== undefined &&
        !model.part.has(one.to) &&
        !model.named(one.to) &&
        model.added < 6;
      expect([one, (await desk.add(people[one.who], id, people[one.to], one.where)).ok]).toEqual([one, may]);
      if (!may) return;
      model.added += 1;
      const seat: Seat = { role: null, only: one.to, signed: false };
      if (one.where === 'BESIDE') model.current.seats.push(seat);
      else model.steps.splice(model.at, 0, { seats: [seat], holds: false, entered: true });
      return;
    }
    case 'delegate': {
      // Between people of the center only: they see the whole province.
      const center = (who: Name) => !['applicant', 'head1', 'head2'].includes(who);
      if (!center(one.who) || !center(one.to)) return;
      if (one.who === one.to || model.lentBy(one.who) !== undefined) return;
      // Whoever is away himself takes nothing on: what is lent is not passed on.
      const may = model.lentBy(one.to) === undefined;
      const answer = await desk.delegate(people[one.who], people[one.to], clock.now(), DELEGATED_DAYS);
      expect([one, answer.ok]).toEqual([one, may]);
      const until = clock.now().getTime() + DELEGATED_DAYS * DAY_MS;
      if (may) model.lent.set(one.who, { to: one.to, until });
      return;
    }
    case 'send': {
      const may = model.state === 'RETURNED';
      expect([one, (await desk.move(people.applicant, id, 'SEND_FOR_SIGN_OFF')).ok]).toEqual([one, may]);
      if (may) model.begin();
      return;
    }
    case 'withdraw': {
      const may = model.inChain || model.state === 'RETURNED';
      expect([one, (await desk.move(people.applicant, id, 'WITHDRAW')).ok]).toEqual([one, may]);
      if (!may) return;
      model.state = 'WITHDRAWN';
      model.holds = false;
      return;
    }
    case 'expire': {
      clock.pass(LONGER_THAN_A_HOLD_DAYS);
      await desk.deadlines.expireHolds(system);
      if (!model.holds || model.state === 'PROVISIONING') return;
      model.holds = false;
      if (model.state === 'UNDER_REVIEW') model.state = 'EXPIRED';
      return;
    }
    case 'escalate':
      await desk.deadlines.escalateOverdue(system);
      return;
    case 'remind':
      expect([one, (await desk.remind(people.applicant, id)).ok]).toEqual([one, model.inChain && (await notToday(id))]);
  }
}

/** The queue is SQL, the signature a pure decision: they must never disagree. */
async function inQueueOf(who: Name, id: string): Promise<boolean> {
  const viewer = people[who];
  const filter = { awaitingMe: true, overdue: false, escalatedToMe: false };
  const page = await journey.requests.page(viewer, desk.scopeOf(viewer), filter, 'NEWEST', { first: 100, after: null });
  return page.rows.some((row) => row.id === id);
}

const remindedAt = new Map<string, string>();
/** Whether this step has not been reminded of at this moment of the clock, which stands still between jumps. */
async function notToday(id: string): Promise<boolean> {
  const key = `${currentStep(await journey.round(id))?.id} ${clock.now().toISOString()}`;
  if (remindedAt.has(id) && remindedAt.get(id) === key) return false;
  remindedAt.set(id, key);
  return true;
}

async function neverTwice(id: string): Promise<void> {
  const [rounds = []] = await journey.rounds.rounds([id]);
  for (const round of rounds) {
    const decided = round.steps.flatMap((one) => one.seats.flatMap((seat) => seat.decision ?? []));
    const people_ = decided.flatMap((one) => [one.by.id, ...(one.onBehalfOf ? [one.onBehalfOf.id] : [])]);
    expect(new Set(people_).size).toBe(people_.length);
    expect(people_).not.toContain(people.applicant.userId);
  }
}

/** Each row of the timeline is an edge of the table, by its own name. */
async function onlyEdgesOfTheTable(id: string): Promise<void> {
  const steps: { action: RequestMove; from: RequestState; to: RequestState }[] = await app.test.db.query(
    'select action, from_state as `from`, to_state as `to` from request_step where request_id = ? and from_state is not null',
    [id],
  );
  for (const { action, from, to } of steps) expect([from, action, to]).toEqual([from, action, after(from, action)]);
}
