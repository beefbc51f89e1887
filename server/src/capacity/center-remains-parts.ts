import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { CenterRemains } from '../facilities/center-remains.service.js';
import { MaintenanceService } from '../facilities/maintenance.service.js';
import { ServersService } from '../servers/servers.service.js';

/** Everything that is promised in a center, each counted by the feature that promises it. */
@Injectable()
export class CenterRemainsParts implements OnModuleInit {
  constructor(
    private readonly remains: CenterRemains,
    private readonly allocation: AllocationService,
    private readonly servers: ServersService,
    private readonly cabinets: CabinetsService,
    private readonly maintenance: MaintenanceService,
  ) {}

  onModuleInit(): void {
    this.remains.register('CLAIM', (tx, centerId) => this.allocation.claimsInCenter(tx, centerId));
    this.remains.register('SERVER', (tx, centerId) => this.servers.usedInCenter(tx, centerId));
    this.remains.register('SPACE', (tx, centerId) => this.cabinets.promisedInCenter(tx, centerId));
    this.remains.register('MAINTENANCE', (tx, centerId) => this.maintenance.runningInCenter(tx, centerId));
  }
}
