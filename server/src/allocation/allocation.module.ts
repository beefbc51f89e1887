import { Module } from '@nestjs/common';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { AddressClaims } from './address-claims.service.js';
import { AllocationRepository } from './allocation.repository.js';
import { CapacityShortageResolver, PoolCapacityResolver } from './allocation.resolver.js';
import { AllocationService } from './allocation.service.js';
import { BorrowedCapacity } from './borrowed-capacity.service.js';
import { ClaimMoves } from './claim-moves.service.js';
import { ClaimRecord } from './claim-record.service.js';
import { ClaimResizes } from './claim-resizes.service.js';
import { GrownPlaces } from './grown-places.service.js';
import { HeldCaps } from './held-caps.service.js';
import { HeldClaims } from './held-claims.service.js';
import { ItemClaims } from './item-claims.service.js';
import { ItemRecord } from './item-record.service.js';
import { KeptClaims } from './kept-claims.service.js';
import { OwnPlaces } from './own-places.service.js';
import { PlacementCandidateResolver, PlacementCheckResolver, PlacementShareResolver } from './placement.resolver.js';
import { PlacingService } from './placing.service.js';
import { PlanningService } from './planning.service.js';
import { PoolMeters } from './pool-meters.service.js';
import { PoolNodes } from './pool-nodes.service.js';
import { ServerClaims } from './server-claims.service.js';

@Module({
  imports: [QuotasModule, DepartmentsModule, FacilitiesModule, CabinetsModule, ServersModule, NetworksModule],
  providers: [
    AllocationRepository,
    AllocationService,
    HeldClaims,
    HeldCaps,
    PlacingService,
    PlanningService,
    ItemClaims,
    GrownPlaces,
    ItemRecord,
    OwnPlaces,
    ServerClaims,
    PoolMeters,
    PoolNodes,
    PoolCapacityResolver,
    CapacityShortageResolver,
    PlacementShareResolver,
    PlacementCheckResolver,
    PlacementCandidateResolver,
    ClaimMoves,
    ClaimRecord,
    ClaimResizes,
    KeptClaims,
    AddressClaims,
    BorrowedCapacity,
  ],
  exports: [
    AddressClaims,
    AllocationService,
    BorrowedCapacity,
    PlacingService,
    OwnPlaces,
    ClaimMoves,
    ClaimRecord,
    ClaimResizes,
    KeptClaims,
    HeldClaims,
    HeldCaps,
    PlanningService,
    ItemClaims,
    ItemRecord,
    PoolMeters,
  ],
})
export class AllocationModule {}
