import { Module } from '@nestjs/common';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { AllocationRepository } from './allocation.repository.js';
import { CapacityShortageResolver, PoolCapacityResolver } from './allocation.resolver.js';
import { AllocationService } from './allocation.service.js';

@Module({
  imports: [FacilitiesModule],
  providers: [AllocationRepository, AllocationService, PoolCapacityResolver, CapacityShortageResolver],
  exports: [AllocationService],
})
export class AllocationModule {}
