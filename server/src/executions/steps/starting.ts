import { counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { isFailure } from '../../provisioning/domain/cluster-failure.js';
import { at, type ClusterObject, textAt } from '../../provisioning/domain/cluster-object.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import type { ResourceStanding } from '../../resources/resource-standing.service.js';
import type { StandingMachine } from '../../resources/system-sites.service.js';
import { type ByHand, handedOver, type NotStarted } from '../domain/by-hand.js';
import type { StepHandler, StepLook, StepWorld } from '../step-handlers.service.js';
import { isObserved } from './halting.js';
import { type Outside, unanswered } from './outside.js';
import { resumeCopies } from './replicating.js';
import { machineKey, notRunning, type Site, sideOf, waitsFor } from './site.js';
import { type Wave, wavesOf } from './waves.js';

/** 按依赖次序启动: a tier begins when every machine of those before it is ready, and what its runbook asks of it has answered. */
export class StartTarget implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly standing: ResourceStanding,
    private readonly net: Outside,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const site = sideOf(world, this.clusters, 'TARGET');
    const waves = wavesOf(world, site.machines);
    let resumed = 0;
    try {
      for (const wave of waves) {
        const waits = await this.begin(world, site, wave);
        if (waits !== null) return waits;
      }
      if (world.step.params.back === true)
        resumed = await resumeCopies(world, site, sideOf(world, this.clusters, 'SOURCE'));
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
    const order = waves.map(({ machines, name, probe }) => ({
      ...{ tier: name, machines: machines.map((one) => one.name), probe },
    }));
    const byHand = world.step.params.byHand ?? [];
    return { done: true, output: { center: site.center.code, started: site.machines.length, resumed, order, byHand } };
  }

  /** null = all of it is there, and the next one may begin. */
  private async begin(world: StepWorld, site: Site, { machines, name, probe }: Wave): Promise<StepLook | null> {
    const halted = machines.filter(({ standby }) => standby);
    if (halted.length > 0)
      await world.write((tx) =>
        this.standing.stand(
          tx,
          halted.map(({ id }) => id),
          false,
          world.execution.code,
        ),
      );
    const notStarted = await startObserved(world, site, machines);
    const told = new Set(world.step.params.byHand ?? []);
    const forPeople = notStarted.filter(({ machine }) => !told.has(machine.id));
    if (forPeople.length > 0) {
      const byHand: ByHand = handedOver(site.center.name, name, forPeople);
      return { done: false, note: byHand.note, byHand };
    }
    const seen = machines.filter(({ management }) => management !== 'RECORDED');
    const waiting = await notRunning(site, seen);
    if (waiting.length > 0)
      return {
        done: false,
        note: say(
          `层「${name}」还有 ${waiting.length} 台未启动：${named(waiting).zh}`,
          `Of the tier ${name} ${counted(waiting.length, 'machine has', 'machines have')} not started yet: ${named(waiting).en}`,
        ),
      };
    const silent = probe === null ? null : await unanswered(this.net, probe);
    if (silent === null) return null;
    const note = say(
      `层「${name}」已启动，等待探测应答：${silent.zh}`,
      `The tier ${name} has started, and what is asked of it is waited for: ${silent.en}`,
    );
    return { done: false, note };
  }
}

/** Its owner's way of saying so is left as it is; one that waits for a person's start is started by nobody else. */
const STARTED_BY: readonly string[] = ['Always', 'RerunOnFailure', 'Once'];
const isWished = (machine: ClusterObject) =>
  at(machine, 'spec', 'running') === true || STARTED_BY.includes(textAt(machine, 'spec', 'runStrategy') ?? '');

/**
 * What is only observed is driven by nobody: it is started at its cluster, as it was halted there. Gives what cannot be, and why.
 */
async function startObserved(
  world: StepWorld,
  { gateway }: Pick<Site, 'gateway'>,
  machines: readonly StandingMachine[],
): Promise<NotStarted[]> {
  const failed: NotStarted[] = [];
  for (const machine of machines) {
    if (machine.management === 'RECORDED') {
      failed.push({ machine, why: 'NOT_IN_CLUSTER', said: null });
      continue;
    }
    if (!isObserved(machine)) continue;
    const key = machineKey(machine, 'VirtualMachine');
    const found = await gateway.get(key);
    if (found === undefined) {
      failed.push({ machine, why: 'NOT_FOUND', said: null });
      continue;
    }
    if (isWished(found)) continue;
    const { resourceVersion = '', uid = '' } = found.metadata;
    try {
      world.assertMay();
      // `running` is the older word, which KubeVirt refuses beside runStrategy.
      const patch = { spec: { runStrategy: 'Always', running: null } };
      await gateway.amend(key, { uid, resourceVersion }, patch, { stillMay: world.assertMay });
    } catch (error) {
      if (!isFailure(error, 'PERMANENT')) throw error;
      failed.push({ machine, why: 'REFUSED', said: error instanceof Error ? error.message : String(error) });
    }
  }
  return failed;
}
