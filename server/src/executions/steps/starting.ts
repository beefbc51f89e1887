import type { Clusters } from '../../provisioning/domain/ports.js';
import type { ResourceStanding } from '../../resources/resource-standing.service.js';
import type { StandingMachine } from '../../resources/system-sites.service.js';
import type { StepHandler, StepLook, StepWorld } from '../step-handlers.service.js';
import { resumeCopies } from './replicating.js';
import { notRunning, sideOf, waitsFor } from './site.js';

/** 按依赖次序启动: a tier begins when every machine of those before it runs. */
export class StartTarget implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly standing: ResourceStanding,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const site = sideOf(world, this.clusters, 'TARGET');
    const waves = inOrder(world, site.machines);
    let resumed = 0;
    try {
      for (const { machines, name } of waves) {
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
        const waiting = await notRunning(site, machines);
        if (waiting.length > 0)
          return {
            done: false,
            note: `层「${name}」还有 ${waiting.length} 台未启动：${waiting.slice(0, 5).join('、')}`,
          };
      }
      if (world.step.params.back === true)
        resumed = await resumeCopies(world, site, sideOf(world, this.clusters, 'SOURCE'));
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
    const order = waves.map(({ machines, name }) => ({ tier: name, machines: machines.map((one) => one.name) }));
    return { done: true, output: { center: site.center.code, started: site.machines.length, resumed, order } };
  }
}

/** As the runbook names them; then data before what stands upon it. */
export function inOrder(
  { ground, step }: Pick<StepWorld, 'ground' | 'step'>,
  machines: readonly StandingMachine[],
): { readonly name: string; readonly machines: readonly StandingMachine[] }[] {
  const named = step.params.order ?? [];
  const rank = ({ dataKind, name }: (typeof ground.picture.facts.tiers)[number]) => {
    const at = named.indexOf(name);
    return at >= 0 ? at : named.length + (dataKind === 'STATELESS' ? 1 : 0);
  };
  const tiers = ground.picture.facts.tiers.toSorted((a, b) => rank(a) - rank(b));
  return tiers.flatMap((tier) => {
    const own = machines.filter(({ id }) => ground.tierOf.get(id) === tier.id);
    return own.length === 0 ? [] : [{ name: tier.name, machines: own }];
  });
}
