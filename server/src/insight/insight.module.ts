import { Module } from '@nestjs/common';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ReplacementsModule } from '../replacements/replacements.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SealsModule } from '../seals/seals.module.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { HomeResolver } from './home.resolver.js';
import { NodeResolver } from './node.resolver.js';

@Module({
  imports: [FacilitiesModule, RequestsModule, ResourcesModule, ReplacementsModule, SealsModule, WorkOrdersModule],
  providers: [HomeResolver, NodeResolver],
})
export class InsightModule {}
