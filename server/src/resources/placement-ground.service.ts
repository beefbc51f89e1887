import { Inject, Injectable } from '@nestjs/common';
import { type LossPair, lossNeeds } from '../allocation/domain/loss-headroom.js';
import type { CenterFacts, LossNeed, OwnMachines } from '../allocation/domain/placement-facts.js';
import type { Near } from '../cabinets/domain/nearness.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { Memo } from '../platform/memo.js';
import { SystemsService } from '../systems/systems.service.js';
import { UsageHistory } from './usage-history.service.js';

/** What the choice among places looks at beside their counters. */
export interface PlacementGround {
  readonly lossNeeds: readonly LossNeed[];
  readonly ownMachines: readonly OwnMachines[];
  /** Where the system's servers and places stand. */
  readonly near?: Near;
}

/** What dual-active systems run changes by the day; it only weighs in a score. */
const LOADS_LIFE_MS = 60_000;

/** N-1 and locality, for preview, submit and the allocator alike. */
@Injectable()
export class PlacementGroundService {
  constructor(
    private readonly history: UsageHistory,
    private readonly systems: SystemsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private readonly loads = new Memo(
    async () => this.history.useOfSystems(await this.systems.dualActiveIds()),
    LOADS_LIFE_MS,
    () => this.clock.now().getTime(),
  );

  async of(centers: readonly CenterFacts[], systemId: string | null): Promise<PlacementGround> {
    const [loads, ownMachines] = await Promise.all([
      this.loads.get(),
      systemId === null ? [] : this.history.placesOfSystem(systemId),
    ]);
    const pair = pairOf(centers);
    return { lossNeeds: pair ? lossNeeds(pair, loads) : [], ownMachines };
  }
}

/** null while there is no dual-active pair. */
function pairOf(centers: readonly CenterFacts[]): LossPair | null {
  const at = (role: CenterFacts['role']) => centers.find((c) => c.role === role && c.life !== 'STOPPED')?.centerId;
  const [a, b] = [at('ACTIVE_A'), at('ACTIVE_B')];
  return a === undefined || b === undefined ? null : [a, b];
}
