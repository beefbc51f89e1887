import type { StandingMachine } from '../../resources/system-sites.service.js';
import { startOrder } from '../domain/start-order.js';
import type { StepWorld } from '../step-handlers.service.js';

/** The machines of one tier, which are started, or stopped, together. */
export interface Wave {
  readonly name: string;
  readonly probe: string | null;
  readonly machines: readonly StandingMachine[];
}

/** What others depend on first: as the runbook's step of starting has it, whichever step asks, and on the way back as well. */
export function wavesOf(
  { ground, step, steps }: Pick<StepWorld, 'ground' | 'step' | 'steps'>,
  machines: readonly StandingMachine[],
): Wave[] {
  const lines =
    step.params.order ??
    steps.find(({ action, params }) => action === 'START_TARGET' && params.order)?.params.order ??
    [];
  return startOrder(ground.picture.facts.tiers, lines).flatMap(({ probe, tier }) => {
    const own = machines.filter(({ id }) => ground.tierOf.get(id) === tier.id);
    // What answers at the one side is not asked of the other on the way back.
    return own.length === 0
      ? []
      : [{ name: tier.name, probe: step.params.back === true ? null : probe, machines: own }];
  });
}
