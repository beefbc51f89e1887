import { Module } from '@nestjs/common';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { AllocationRepository } from './allocation.repository.js';
import { CapacityShortageResolver, PoolCapacityResolver } from './allocation.resolver.js';
import { AllocationService } from './allocation.service.js';
import { HeldClaims } from './held-claims.service.js';
import { PlacementCheckResolver, PlacementShareResolver } from './placement.resolver.js';
import { PlacingService } from './placing.service.js';

@Module({
  imports: [DepartmentsModule, FacilitiesModule],
  providers: [
    AllocationRepository,
    AllocationService,
    PlacingService,
    HeldClaims,
    PoolCapacityResolver,
    CapacityShortageResolver,
    PlacementShareResolver,
    PlacementCheckResolver,
  ],
  exports: [AllocationService, PlacingService, HeldClaims],
})
export class AllocationModule {}
