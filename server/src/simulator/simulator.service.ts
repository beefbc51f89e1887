import { Injectable } from '@nestjs/common';
import { PlacingService } from '../allocation/placing.service.js';
import { PlanningService } from '../allocation/planning.service.js';
import { DebtPolicies } from '../drdebts/debt-policies.service.js';
import { PlacementGroundService } from '../resources/placement-ground.service.js';
import { type WhatIf, type WhatIfLine, whatIf } from './domain/what-if.js';

/** Asks the planning of requests what it would do with things that nobody asked for. Nothing is held, and no row is written. */
@Injectable()
export class SimulatorService {
  constructor(
    private readonly placing: PlacingService,
    private readonly planning: PlanningService,
    private readonly grounds: PlacementGroundService,
    private readonly debts: DebtPolicies,
  ) {}

  async simulate(lines: readonly WhatIfLine[]): Promise<WhatIf> {
    const [standing, debts] = await Promise.all([this.placing.standingFacts(), this.debts.inForce()]);
    const around = { ...standing, ...(await this.grounds.of(standing.centers, null)) };
    const asks = (kind: WhatIfLine['thing']['kind']) => lines.some(({ thing }) => thing.kind === kind);
    // Any center and zone may be tried for a line that does not fit: the look is at all of them.
    const space = asks('CABINET') ? standing.centers.map(({ centerId }) => ({ centerId })) : [];
    const asker = { requestId: null, departmentId: null };
    const ground = await this.planning.ground({ servers: asks('SERVER'), space }, around, asker);
    return whatIf(lines, ground, debts);
  }
}
