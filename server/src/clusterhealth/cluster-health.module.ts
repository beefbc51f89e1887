import { Module } from '@nestjs/common';
import { DriftModule } from '../drift/drift.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { QuarantineModule } from '../quarantine/quarantine.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ClusterHealthResolver } from './cluster-health.resolver.js';
import { ClusterHealth } from './cluster-health.service.js';
import { MetricsController } from './metrics.controller.js';

@Module({
  imports: [FacilitiesModule, DriftModule, QuarantineModule, ResourcesModule],
  controllers: [MetricsController],
  providers: [ClusterHealth, ClusterHealthResolver],
  exports: [ClusterHealth],
})
export class ClusterHealthModule {}
