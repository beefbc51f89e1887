import { expect } from '@jest/globals';
import type fc from 'fast-check';
import type { Model } from './model.ts';
import type { ModelRequest } from './request.ts';
import { quotasOf } from './shares.ts';
import type { Answer, Crash, World } from './world.ts';

/** What happened in all runs, so that a test of nothing is noticed. */
export const happened = new Map<string, number>();

export type Command = fc.AsyncCommand<Model, World>;

/** Whether an act of a person does what the model does: allowed by both and one row of the audit, or refused by both and none. */
export async function agree(
  world: World,
  label: string,
  expected: boolean,
  press: () => Promise<Answer>,
): Promise<void> {
  const before = await world.rows.acts();
  const answer = await press();
  const said = answer.ok ? 'done' : answer.error.map((refusal) => `${refusal.code} ${refusal.message.en}`).join('; ');
  expect([label, answer.ok, said]).toEqual([label, expected, said]);
  expect([label, 'audit rows', (await world.rows.acts()) - before]).toEqual([label, 'audit rows', expected ? 1 : 0]);
  count(`${label.split(' ')[0]} ${expected ? 'done' : 'refused'}`);
}

export function count(what: string): void {
  happened.set(what, (happened.get(what) ?? 0) + 1);
}

const WITH_NOTHING_LEFT: ReadonlySet<string | undefined> = new Set(['PROVISIONING', 'DELIVERED', 'CLOSED']);

/** After every act: the product stands where the model stands, and everything adds up. */
export async function agreeAfter(label: string, model: Model, world: World): Promise<void> {
  const { requests, machines } = model;
  const ids = requests.map((request) => request.id);
  const rows = await world.rows.requests(ids);
  for (const [at, one] of requests.entries())
    if (one.mayBeDelivered && rows[at]?.state === 'DELIVERED') one.state = 'DELIVERED';
  // A hold ends after working days, which a calendar decides.
  for (const [at, one] of requests.entries()) {
    if (one.mayHaveExpired && rows[at]?.holds === false) one.expire();
    one.mayHaveExpired = false;
  }
  // Whether a request of which nothing is left is closed by that depends on which of its things went last.
  const states = requests.map((one, at) =>
    one.mayBeOver && WITH_NOTHING_LEFT.has(rows[at]?.state) ? 'over' : one.state,
  );
  expect([label, rows.map((row, at) => (states[at] === 'over' ? 'over' : row.state))]).toEqual([label, states]);
  expect([label, await world.rows.taken()]).toEqual([label, model.taken()]);
  await agreeOnQuotas(label, model, world);
  const disks = model.disks.filter(({ state }) => state !== 'GONE');
  const kept = disks.map(({ of, state }) => `${of.request.id} ${world.nameOf(of)} ${state}`).toSorted();
  expect([label, await world.rows.disks()]).toEqual([label, kept]);
  expect([label, await world.rows.machineStates(machines)]).toEqual([label, machines.map((machine) => machine.state)]);
  for (const [at, { holds, reserved }] of rows.entries()) {
    const request = requests[at] as ModelRequest;
    const { encumbers, wasGranted, holds: shouldHold, reservedFen, debts } = request;
    if (!wasGranted) expect([label, at, holds, reserved > 0n]).toEqual([label, at, shouldHold, encumbers]);
    if (encumbers && reservedFen !== null) expect([label, at, reserved]).toEqual([label, at, reservedFen]);
    // What was granted only gives back, unless something that was owed is added to it.
    const most = encumbersAtMost(request);
    if (wasGranted && most !== null && debts.length === 0)
      expect([label, at, reserved, reserved <= most]).toEqual([label, at, reserved, true]);
  }
  const owed = model.debts.map(({ request, debt }) => `${request.id} ${debt.words}`).toSorted();
  expect([label, await world.rows.owed(ids)]).toEqual([label, owed]);
  expect([label, await world.rows.mistold(ids)]).toEqual([label, []]);
  expect([label, await world.reckoning.findings(ids)]).toEqual([label, []]);
}

function encumbersAtMost({ isChange, reservedFen, wish }: ModelRequest): bigint | null {
  if (isChange) return null;
  return wish.ownPays ? reservedFen : 0n;
}

/** On every level, of every meter: the department's and the system's count all, each project's those that it pays. */
async function agreeOnQuotas(label: string, model: Model, world: World): Promise<void> {
  const { all, own, others } = world.quotaSubjects;
  const taken = (counts: (request: ModelRequest) => boolean) =>
    Object.fromEntries(Object.entries(quotasOf(model.takenBy(counts))).filter(([, amount]) => amount !== 0));
  const expected = {
    ...Object.fromEntries(all.map((id) => [id, taken(() => true)])),
    [own]: taken(({ wish }) => wish.ownPays),
    [others]: taken(({ wish }) => !wish.ownPays),
  };
  expect([label, await world.rows.quotas(Object.keys(expected))]).toEqual([label, expected]);
}

export function command(
  label: string,
  crash: Crash | null,
  check: (model: Model) => boolean,
  run: (model: Model, world: World) => Promise<void>,
): Command {
  const broken = crash === null ? '' : ` (breaks ${crash.moment} ${crash.statement})`;
  return {
    check,
    run: async (model, world) => {
      world.tick();
      model.now = world.clock.now();
      await run(model, world);
      await agreeAfter(`${label}${broken}`, model, world);
      count('COMMANDS');
    },
    toString: () => `${label}${broken}`,
  };
}

export const pickOf = <T>(things: readonly T[], at: number): T => things[at % things.length] as T;
