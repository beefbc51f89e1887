import { expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import type { TestApplication } from '../application.ts';
import type { MovedClock } from '../chain-desk.ts';
import type { GoLiveDesk } from '../go-live-desk.ts';
import {
  EDGES,
  PAPERS,
  type Person,
  partiesOf,
  type State,
  type SystemOnItsWay,
  TRIAL_DAYS,
  type Way,
} from './case.ts';

/** One system of a real database, on its way. */
export interface RealSystem {
  readonly app: TestApplication;
  readonly desk: GoLiveDesk;
  readonly clock: MovedClock;
  readonly systemId: string;
  readonly machineId: string;
  readonly people: { readonly [P in Person]: Viewer };
}
type Command = fc.AsyncCommand<SystemOnItsWay, RealSystem>;
type Answer = Result<unknown, readonly Refusal[]>;

const todayOf = ({ clock }: RealSystem) => calendarDate(clock.now());

async function newestId({ desk, systemId }: RealSystem): Promise<string | undefined> {
  const [cases = []] = await desk.cases.ofSystems([systemId]);
  return cases[0]?.id;
}

/** After every act: the cases stand where the model says, came there by ways that there are, and one day alone made it live. */
export async function agreeAfter(label: string, model: SystemOnItsWay, real: RealSystem): Promise<void> {
  const { desk, systemId } = real;
  const [rows = []] = await desk.cases.ofSystems([systemId]);
  const cases = rows.toReversed();
  expect([label, cases.map(({ state, round, begunOn, overOn }) => [state, round, begunOn, overOn])]).toEqual([
    label,
    model.cases.map(({ state, round, begunOn, overOn }) => [state, round, begunOn, overOn]),
  ]);
  expect([label, await desk.liveSince(systemId)]).toEqual([label, model.liveSince]);
  const events = await desk.cases.eventsOf(cases.map(({ id }) => id));
  const signatures = await desk.cases.signaturesOf(cases.map(({ id }) => id));
  for (const [at, row] of cases.entries()) {
    let before: State = 'TRIAL';
    for (const { toState, action } of (events[at] ?? []).filter((event) => event.action !== 'BEGIN')) {
      expect([label, action, EDGES[before].includes(toState)]).toEqual([label, action, true]);
      before = toState;
    }
    expect([label, before]).toEqual([label, row.state]);
    const last = (signatures[at] ?? []).filter(({ round }) => round === row.round);
    const signers = last.map(({ signerId, signerName }) => signerId ?? signerName);
    expect([label, new Set(signers).size]).toEqual([label, signers.length]);
    if (row.state !== 'LIVE') continue;
    // At once with the last of all parties, and never before the days of the trial are over.
    expect([
      label,
      last
        .filter(({ decision }) => decision === 'ACCEPT')
        .map(({ party }) => party)
        .toSorted(),
    ]).toEqual([label, partiesOf(row.level).toSorted()]);
    expect(row.liveSince).toBe(model.liveSince);
    expect((row.liveSince ?? '') >= addDays(row.begunOn, TRIAL_DAYS)).toBe(true);
  }
  expect(cases.filter(({ state }) => state === 'LIVE').length).toBe(model.liveSince === null ? 0 : 1);
}

function command(label: string, run: (model: SystemOnItsWay, real: RealSystem) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      await agreeAfter(label, model, real);
    },
    toString: () => label,
  };
}

/** What the product answers is what the model says; where there is no case yet, nothing is pressed. */
function press(
  label: string,
  expected: (model: SystemOnItsWay, real: RealSystem) => boolean,
  ask: (real: RealSystem, caseId: string) => Promise<Answer>,
): Command {
  return command(label, async (model, real) => {
    const caseId = await newestId(real);
    if (caseId === undefined) return expect(model.newest).toBeUndefined();
    const answer = await ask(real, caseId);
    const why = answer.ok ? '' : answer.error.map(({ message }) => message.en).join('; ');
    expect([label, answer.ok, why]).toEqual([label, expected(model, real), why]);
  });
}

const begin = (ahead: number): Command =>
  command(`begin in ${ahead} days`, async (model, real) => {
    const begunOn = addDays(todayOf(real), ahead);
    const answer = await real.desk.begin(real.systemId, begunOn);
    expect(answer.ok).toBe(model.begin(begunOn, todayOf(real)));
  });

const pass = (days: number): Command =>
  command(`pass ${days} days`, async (_model, real) => {
    real.clock.pass(days);
    // The clock tells and never decides, however often it comes by.
    await real.desk.round();
    await real.desk.round();
  });

const record = (incident: boolean): Command =>
  press(
    incident ? 'record an incident' : 'record',
    (model, real) => model.record(incident, todayOf(real)),
    ({ desk }, caseId) => desk.record(caseId, incident ? 'INCIDENT' : 'RECORD'),
  );

const resolve = (): Command =>
  press(
    'resolve',
    (model) => model.resolve(),
    ({ desk }, caseId) => desk.resolve(caseId),
  );

const paper = (at: number): Command => {
  const kind = PAPERS[at % PAPERS.length] ?? 'TRIAL_REPORT';
  const reference = kind === 'PROTECTION_REPORT' ? '省等保测字〔2026〕118号' : null;
  return press(
    `add ${kind}`,
    (model) => model.add(kind),
    ({ desk }, caseId) => desk.addDocument(caseId, kind, reference),
  );
};

const present = (): Command =>
  press(
    'present',
    (model, real) => model.present(todayOf(real)),
    ({ desk }, caseId) => desk.present(caseId),
  );

const open = (person: Person): Command =>
  press(
    `${person} opens the facts`,
    (model) => model.open(person),
    ({ desk, people }, caseId) => desk.open(caseId, people[person]),
  );

const sign = (way: Way, accept: boolean): Command =>
  press(
    `${way.person} ${accept ? 'accepts' : 'refuses'} for ${way.party}${way.paper ? ` by ${way.paper} on paper` : ''}`,
    (model, real) => model.sign(way, accept, todayOf(real)),
    ({ desk, people }, caseId) =>
      desk.sign(caseId, way.party, people[way.person], {
        decision: accept ? 'ACCEPT' : 'REFUSE',
        ...(way.paper === null ? {} : { paper: way.paper }),
      }),
  );

const stop = (): Command =>
  press(
    'stop',
    (model) => model.stop(),
    ({ desk }, caseId) => desk.stop(caseId),
  );

/** As another filing of the system leaves it: what is presented next goes by the new level. */
const level = (to: number): Command =>
  command(`the system is of level ${to}`, async (model, { app, systemId }) => {
    await app.test.db.query('update government_system set protection_level = ?, version = version + 1 where id = ?', [
      to,
      systemId,
    ]);
    model.level = to;
  });

/** Its only machine is given back, or comes out of the bin again. */
const machine = (back: boolean): Command =>
  command(back ? 'the machine comes back' : 'the machine is given back', async (model, { desk, machineId }) => {
    if (model.machineInUse === back) return;
    const answer = await (back ? desk.life.restore(machineId) : desk.life.release(machineId));
    expect(answer.ok).toBe(true);
    model.machineInUse = back;
  });

export const WAYS: readonly Way[] = [
  { party: 'DEPARTMENT', person: 'head', paper: null },
  { party: 'CENTER', person: 'reviewer', paper: null },
  { party: 'VENDOR', person: 'builder', paper: null },
  { party: 'ASSESSOR', person: 'applicant', paper: '周测评' },
];
const OTHER_WAYS: readonly Way[] = [
  { party: 'DEPARTMENT', person: 'applicant', paper: null },
  { party: 'CENTER', person: 'head', paper: null },
  // On paper, and by the same hand as the assessor's.
  { party: 'VENDOR', person: 'applicant', paper: '周测评' },
  { party: 'VENDOR', person: 'applicant', paper: '陆工' },
];
const PEOPLE: readonly Person[] = ['head', 'applicant', 'reviewer', 'builder'];

/** All that somebody does to bring a system to acceptance, so that runs come that far; each step is judged alone. */
const straight = (): Command => {
  const steps = [begin(0), record(false), ...[0, 1, 2].map(paper), resolve(), pass(TRIAL_DAYS), present()];
  return {
    check: () => true,
    run: async (model, real) => {
      for (const step of [...steps, ...PEOPLE.map(open)]) await step.run(model, real);
    },
    toString: () => 'everything up to the acceptance',
  };
};

/** Wherever it stands, a system that has something in use can still go live, once. */
export async function finish(model: SystemOnItsWay, real: RealSystem): Promise<void> {
  const run = async (...steps: Command[]) => {
    for (const step of steps) await step.run(model, real);
  };
  if (model.liveSince !== null) return;
  await run(machine(true));
  if (!model.hasOpen) await run(begin(0));
  if (model.newest?.state === 'TRIAL') {
    await run(pass(2 * TRIAL_DAYS), record(false), ...[0, 1, 2].map(paper));
    while ((model.newest?.openIncidents ?? 0) > 0) await run(resolve());
    await run(pass(TRIAL_DAYS), present());
  }
  await run(...PEOPLE.map(open), ...WAYS.map((way) => sign(way, true)));
  // Whoever signed on paper for the vendor signs for nobody else: the assessor sends another.
  if (model.liveSince === null) await run(sign({ party: 'ASSESSOR', person: 'applicant', paper: '孙测评' }, true));
  if (model.liveSince === null)
    throw new Error(`it did not go live: ${JSON.stringify([...(model.newest?.signed ?? [])])}`);
}

const times = <T>(weight: number, one: T): T[] => Array.from({ length: weight }, () => one);

export const goLiveCommands: fc.Arbitrary<Command>[] = [
  fc.integer({ min: -10, max: 33 }).map(begin),
  fc.constant(begin(0)),
  ...times(2, fc.integer({ min: 1, max: 40 }).map(pass)),
  fc.boolean().map(record),
  fc.constant(resolve()),
  fc.nat(2).map(paper),
  ...times(2, fc.constant(present())),
  fc.constant(straight()),
  ...times(2, fc.constantFrom(...PEOPLE).map(open)),
  ...times(
    6,
    fc
      .tuple(fc.constantFrom(...WAYS, ...OTHER_WAYS), fc.integer({ min: 0, max: 9 }))
      .map(([way, n]) => sign(way, n > 0)),
  ),
  fc.constant(stop()),
  fc.integer({ min: 1, max: 3 }).map(level),
  fc.boolean().map(machine),
];
