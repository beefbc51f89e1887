import { counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { textAt } from '../../provisioning/domain/cluster-object.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import type { ResourceStanding } from '../../resources/resource-standing.service.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';
import { machineKey, type Site, sideOf, stillThere, waitsFor } from './site.js';
import { wavesOf } from './waves.js';

/**
 * 停止原中心的虚拟机: they stand by from now on, tier by tier, those first that others do not depend on, and their cluster is
 * read until none of them runs.
 */
export class HaltSource implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly standing: ResourceStanding,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const site = sideOf(world, this.clusters, 'SOURCE');
    // On the way back this is what serves: it is not turned off for a center that does not answer.
    if (site.machines.some(({ standby }) => !standby) && world.step.params.back === true) await this.refuseInto(world);
    const waves = wavesOf(world, site.machines).toReversed();
    try {
      for (const { machines, name } of waves) {
        const left = await this.halt(world, { ...site, machines });
        if (left.length > 0)
          return {
            done: false,
            note: say(
              `层「${name}」还有 ${left.length} 台在运行：${named(left).zh}`,
              `Of the tier ${name} ${counted(left.length, 'machine runs', 'machines run')} still: ${named(left).en}`,
            ),
          };
      }
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
    const names = site.machines.map(({ name }) => name);
    const order = waves.map(({ name }) => name);
    return { done: true, output: { center: site.center.code, halted: names.length, machines: names, order } };
  }

  /** Of one tier: gives those that still run. What stands upon it has ended before, so that nothing is cut off in the middle of a write. */
  private async halt(world: StepWorld, wave: Site): Promise<string[]> {
    const serving = wave.machines.filter(({ standby }) => !standby);
    if (serving.length > 0)
      await world.write((tx) =>
        this.standing.stand(
          tx,
          serving.map(({ id }) => id),
          true,
          world.execution.code,
        ),
      );
    await haltAtCluster({ ...wave, machines: wave.machines.filter(isObserved) }, world.assertMay, world.assertMay);
    return stillThere(wave);
  }

  private async refuseInto(world: StepWorld): Promise<void> {
    const { center, gateway } = sideOf(world, this.clusters, 'TARGET');
    await gateway.probe().catch(() => {
      throw new StepRefused(
        say(
          `原中心 ${center.name} 没有应答，停机后将没有中心承载业务；未作更改，待其恢复后重试`,
          `The old center ${center.name} does not answer: with this one halted no center would serve. Nothing was changed; try again when it is back`,
        ),
      );
    });
  }
}

export const isObserved = ({ management }: { readonly management: string }) => management === 'OBSERVED';

/**
 * Told at the cluster itself, whoever drives the machine: what the console drives would be halted by its record a moment
 * later, what it only observes by nobody.
 *
 * @param stillMay asked once more as the call goes out: one that waits its turn for longer than the lease would stop what
 *   another console has started meanwhile.
 */
export async function haltAtCluster(
  { gateway, machines }: Pick<Site, 'gateway' | 'machines'>,
  assertMay: () => void | Promise<void>,
  stillMay: () => void,
) {
  for (const machine of machines) {
    const key = machineKey(machine, 'VirtualMachine');
    const found = await gateway.get(key);
    if (found === undefined || textAt(found, 'spec', 'runStrategy') === 'Halted') continue;
    await assertMay();
    await gateway.halt(key, { uid: found.metadata.uid ?? '' }, { stillMay });
  }
}
