import { ExecutionEngine } from '../../server/src/executions/execution-engine.service.js';
import { SimulatedDesk, type SimulatedSite } from '../support/simulated-desk.ts';
import type { Row } from './table.ts';

const MACHINES = 20;
const GOAL_MS = 5_000;
/** As the worker does it. */
const ENGINE_EVERY_MS = 250;
const LOOK_EVERY_MS = 25;
const LIMIT_MS = 300_000;

/**
 * A group of twenty machines a side on simulated clusters, with paces and rates of production: moved by a planned switchover,
 * then by a failover out of a center that is silent. Measured is the time from the last thing that a person did to the last
 * machine that runs, without the time in which a cluster owed something: a machine that was told to run and does not yet, a
 * disk that was told its role and has it not yet. The rest is what the console adds.
 */
export async function benchFailover(): Promise<Row[]> {
  const desk = await SimulatedDesk.open({ machines: MACHINES, asInProduction: true });
  try {
    const switched = await measured(desk, await desk.approved('SWITCHOVER', desk.b.center.id), desk.sites);
    await ended(desk, switched.id);
    desk.b.cut = true;
    const id = await desk.approved('FAILOVER', desk.a.center.id);
    // People first: the loss is accepted, and one has signed that the other side is down; the second signs as the clock begins.
    await desk.playFailover(id, () => false, 12, { action: 'PROVE_FENCE', state: 'AWAITS_CHECK' });
    const failed = await measured(desk, id, [desk.a], () => desk.press(id));
    const of = `a group of ${MACHINES} machines`;
    return [
      {
        what: `failover of ${of}: what the console adds`,
        value: failed.console,
        unit: ' ms',
        goal: { atMost: GOAL_MS },
      },
      { what: `failover of ${of}: all of it`, value: failed.whole, unit: ' ms' },
      {
        what: `switchover of ${of}: what the console adds`,
        value: switched.console,
        unit: ' ms',
      },
      { what: `switchover of ${of}: all of it`, value: switched.whole, unit: ' ms' },
    ];
  } finally {
    await desk.close();
  }
}

interface Measured {
  readonly id: string;
  readonly whole: number;
  readonly console: number;
}

/** Until the machines of the target run. */
async function measured(
  desk: SimulatedDesk,
  id: string,
  sites: readonly SimulatedSite[],
  press: () => Promise<void> = async () => {},
): Promise<Measured> {
  const began = performance.now();
  await press();
  let isOver = false;
  let owed = 0;
  const rounds = (async () => {
    while (!isOver) {
      const at = performance.now();
      await desk.get(ExecutionEngine).run();
      await sleep(Math.max(0, ENGINE_EVERY_MS - (performance.now() - at)));
    }
  })();
  let before = began;
  for (;;) {
    // What was written last is brought over when the storage's own schedule says so.
    const syncs = (await desk.current(id))?.action === 'FINAL_SYNC';
    const owes = syncs || (await Promise.all(sites.map(owesSomething))).some(Boolean);
    const now = performance.now();
    if (owes) owed += now - before;
    before = now;
    const steps = await desk.steps(id);
    const step = steps.find(({ action }) => action === 'START_TARGET');
    const row = await desk.row(id);
    if (row.pausedWhy !== null) throw new Error(row.pausedWhy);
    if (step?.state === 'DONE') break;
    if (now - began > LIMIT_MS) throw new Error(`not within ${LIMIT_MS} ms`);
    await sleep(LOOK_EVERY_MS);
  }
  const whole = performance.now() - began;
  isOver = true;
  await rounds;
  return { id, whole, console: whole - owed };
}

/** Told to run, or to be something, and not there yet; told to end, and still there; or to be mirrored once more. */
async function owesSomething(site: SimulatedSite): Promise<boolean> {
  const [machines, instances, mirrors] = await Promise.all([
    site.list('/apis/kubevirt.io/v1/virtualmachines'),
    site.list('/apis/kubevirt.io/v1/virtualmachineinstances'),
    site.mirrors(),
  ]);
  const phases = new Map(instances.map(({ metadata, status }) => [metadata.name, status?.phase]));
  const late = machines.some(({ metadata, spec }) =>
    spec.runStrategy === 'Halted' ? phases.has(metadata.name) : phases.get(metadata.name) !== 'Running',
  );
  const roles: Record<string, string> = { primary: 'Primary', secondary: 'Secondary' };
  return late || mirrors.some(({ spec, status }) => status?.state !== roles[spec.replicationState]);
}

async function ended(desk: SimulatedDesk, id: string): Promise<void> {
  const row = await desk.play(id, ({ pausedAt, state }) => state === 'CLOSED' || pausedAt !== null);
  if (row.state !== 'CLOSED') throw new Error(row.pausedWhy ?? row.state);
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
