import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import {
  CapacityResolver,
  CenterRemainsResolver,
  DisplacedClaimResolver,
  MaintenanceImpactResolver,
} from './capacity.resolver.js';
import { CapacityService } from './capacity.service.js';
import { CenterRemainsParts } from './center-remains-parts.js';
import { MaintenanceImpactService } from './maintenance-impact.service.js';
import { PlaceImpactResolver } from './place-impact.resolver.js';
import { PlaceImpactService } from './place-impact.service.js';
import { PlaceTrends } from './place-trends.service.js';

@Module({
  imports: [
    DepartmentsModule,
    FacilitiesModule,
    CabinetsModule,
    ServersModule,
    SystemsModule,
    AllocationModule,
    ResourcesModule,
  ],
  providers: [
    CapacityService,
    PlaceTrends,
    CenterRemainsParts,
    MaintenanceImpactService,
    PlaceImpactService,
    PlaceImpactResolver,
    CapacityResolver,
    CenterRemainsResolver,
    MaintenanceImpactResolver,
    DisplacedClaimResolver,
  ],
})
export class CapacityModule {}
