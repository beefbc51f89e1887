import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClusterSilence } from '../../../server/src/executions/cluster-silence.service.js';
import { EvidenceRepository } from '../../../server/src/executions/evidence.repository.js';
import { ExecutionEngine } from '../../../server/src/executions/execution-engine.service.js';
import { ExecutionGrounds } from '../../../server/src/executions/execution-grounds.service.js';
import { ExecutionPlays } from '../../../server/src/executions/execution-plays.service.js';
import { ExecutionsRepository } from '../../../server/src/executions/executions.repository.js';
import { Fences } from '../../../server/src/executions/fences.service.js';
import { FrozenExecutions } from '../../../server/src/executions/frozen-executions.service.js';
import { ReturningSidesRepository } from '../../../server/src/executions/returning-sides.repository.js';
import { RunbooksRepository } from '../../../server/src/executions/runbooks.repository.js';
import { StepHandlers } from '../../../server/src/executions/step-handlers.service.js';
import { CheckPrerequisites, LiftFence } from '../../../server/src/executions/steps/checking.js';
import { ProveFence } from '../../../server/src/executions/steps/fencing.js';
import { HaltSource } from '../../../server/src/executions/steps/halting.js';
import { Lifting } from '../../../server/src/executions/steps/lifting.js';
import { outside } from '../../../server/src/executions/steps/outside.js';
import { PromoteTarget } from '../../../server/src/executions/steps/promoting.js';
import { DemoteSource, FinalSync, Reprotect } from '../../../server/src/executions/steps/replicating.js';
import { StartTarget } from '../../../server/src/executions/steps/starting.js';
import { systemClock } from '../../../server/src/kernel/clock.js';
import { Leases } from '../../../server/src/platform/database/lease.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { DataWriters } from '../../../server/src/resilience/data-writers.service.js';
import { GroupOccupations } from '../../../server/src/resilience/occupations.service.js';
import { ResourceStanding } from '../../../server/src/resources/resource-standing.service.js';
import { ExecutionDesk } from '../../support/execution-desk.ts';
import { Mortal } from '../../support/mortal.ts';
import { SOAKS } from '../../support/soak.ts';

/** `npm run soak -- faults` kills at each; a prime, so that a sample falls on other calls each time. */
const EVERY = SOAKS ? 1 : 17;
const STEPS_MAX = 2_000;

let desk: ExecutionDesk;
let runbooks: { readonly SWITCHOVER: string; readonly FAILBACK: string };
beforeAll(async () => {
  desk = await ExecutionDesk.open(2);
  runbooks = { SWITCHOVER: await desk.runbook('SWITCHOVER'), FAILBACK: await desk.runbook('FAILBACK') };
});
afterAll(() => desk.close());

/** An engine of its own process, every call of which may be its last: to the database, in transactions too, and to clusters. */
function engineOf(mortal: Mortal): ExecutionEngine {
  const ports = mortal.ports({
    repository: desk.get(ExecutionsRepository),
    evidence: desk.get(EvidenceRepository),
    runbooks: desk.get(RunbooksRepository),
    occupations: desk.get(GroupOccupations),
    writers: desk.get(DataWriters),
    standing: desk.get(ResourceStanding),
    unitOfWork: desk.get(UnitOfWork),
  });
  const clusters = mortal.clusters(desk.sites);
  const plays = new ExecutionPlays(
    ports.repository,
    ports.evidence,
    ports.runbooks,
    ports.occupations,
    desk.get(FrozenExecutions),
  );
  const grounds = desk.get(ExecutionGrounds);
  const fences = new Fences(ports.repository, ports.evidence);
  const handlers = new StepHandlers();
  const lifting = new Lifting(clusters, ports.evidence, grounds);
  handlers.register('CHECK_PREREQUISITES', new CheckPrerequisites(clusters, grounds, ports.repository, lifting));
  handlers.register('HALT_SOURCE', new HaltSource(clusters, ports.standing));
  const proving = new ProveFence(clusters, fences);
  handlers.register('PROVE_FENCE', proving);
  handlers.register('FINAL_SYNC', new FinalSync(clusters));
  handlers.register('DEMOTE_SOURCE', new DemoteSource(clusters));
  handlers.register(
    'PROMOTE_TARGET',
    new PromoteTarget(
      clusters,
      ports.repository,
      ports.evidence,
      ports.writers,
      ports.standing,
      proving,
      desk.get(ReturningSidesRepository),
    ),
  );
  handlers.register('START_TARGET', new StartTarget(clusters, ports.standing, outside));
  handlers.register('REPROTECT', new Reprotect(clusters));
  handlers.register('LIFT_FENCE', new LiftFence(ports.repository, lifting));
  const leases = desk.get(Leases);
  return new ExecutionEngine(
    ports.repository,
    plays,
    grounds,
    handlers,
    new ClusterSilence(),
    leases,
    ports.unitOfWork,
    systemClock,
  );
}

const endLeases = () =>
  desk.app.test.db.query(
    "update lease set expires_at = utc_timestamp(3) - interval 1 second where name = 'dr-executions'",
  );

/** Plays until it is over; false = the process died before. */
async function playedBy(engine: ExecutionEngine, mortal: Mortal, id: string): Promise<boolean> {
  for (let n = 0; n < 200; n += 1) {
    await engine.run().catch(() => undefined);
    await desk.check();
    if (mortal.hasDied) return false;
    if ((await desk.row(id)).state === 'CLOSED') return true;
    await desk.press(id);
  }
  const { action, problem, state } = (await desk.current(id)) ?? {};
  throw new Error(JSON.stringify({ action, problem, state }));
}

describe('an engine that is killed at an await', () => {
  it('is followed by another that goes on where it was: one writer at every look, every step done once', async () => {
    let deaths = 0;
    let there = desk.a;
    for (let step = 1; step <= STEPS_MAX; step += EVERY) {
      const [kind, to] = there === desk.a ? (['SWITCHOVER', desk.b] as const) : (['FAILBACK', desk.a] as const);
      await endLeases();
      const id = await desk.approved(kind, to.center.id, { runbookId: runbooks[kind] });
      const mortal = new Mortal(step);
      const whole = await playedBy(engineOf(mortal), mortal, id);
      if (!whole) {
        deaths += 1;
        await endLeases();
        const heir = new Mortal();
        expect(await playedBy(engineOf(heir), heir, id)).toBe(true);
      }
      const row = await desk.row(id);
      expect(row).toMatchObject({ state: 'CLOSED', outcome: 'COMMITTED' });
      const steps = await desk.steps(id);
      expect(steps.every(({ attempts, state }) => state === 'DONE' && attempts === 1)).toBe(true);
      // One placement an execution, whoever was killed between the record and the clusters.
      const [{ n }] = await desk.app.test.db.query(
        `select count(*) as n from \`${desk.app.test.address.database}_audit\`.dr_placement where execution_id = ?`,
        [id],
      );
      expect(Number(n)).toBe(1);
      expect((await desk.check()).writers).toEqual([to.center.id]);
      expect([there.cluster.running, to.cluster.running]).toEqual([0, 2]);
      there = to;
      if (whole) break;
    }
    // Begun, worked and finished eleven steps, each with its calls and its transactions.
    expect(deaths * EVERY).toBeGreaterThan(100);
  }, 900_000);
});
