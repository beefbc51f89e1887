import { Injectable } from '@nestjs/common';
import { PlacingService } from '../allocation/placing.service.js';
import { PlacementGroundService } from '../resources/placement-ground.service.js';
import { type WhatIf, type WhatIfLine, whatIf } from './domain/what-if.js';

/** Asks placement what it would do with machines that nobody asked for. Nothing is held, and no row is written. */
@Injectable()
export class SimulatorService {
  constructor(
    private readonly placing: PlacingService,
    private readonly grounds: PlacementGroundService,
  ) {}

  async simulate(lines: readonly WhatIfLine[]): Promise<WhatIf> {
    const standing = await this.placing.standingFacts();
    const ground = await this.grounds.of(standing.centers, null);
    return whatIf(lines, await this.placing.facts(new Set([null]), { ...standing, ...ground }));
  }
}
