import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TakeOverPreviews } from './take-over-preview.service.js';
import { TakeOversRepository } from './take-overs.repository.js';
import { TakeOversResolver } from './take-overs.resolver.js';
import { TakeOvers } from './take-overs.service.js';

@Module({
  imports: [AuditModule, FacilitiesModule, FreezesModule, ResourcesModule],
  providers: [TakeOversRepository, TakeOverPreviews, TakeOvers, TakeOversResolver],
  exports: [TakeOverPreviews, TakeOvers],
})
export class TakeOversModule {}
