import { Module } from '@nestjs/common';
import { FacilitiesRepository } from './facilities.repository.js';
import { FacilitiesResolver, PoolsResolver } from './facilities.resolver.js';
import { FacilitiesService } from './facilities.service.js';

@Module({
  providers: [FacilitiesRepository, FacilitiesService, FacilitiesResolver, PoolsResolver],
  exports: [FacilitiesService],
})
export class FacilitiesModule {}
