import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { CenterLives } from './center-lives.service.js';
import { CenterOpenings } from './center-openings.service.js';
import { CenterPools } from './center-pools.service.js';
import { CenterRemains } from './center-remains.service.js';
import { CentersService } from './centers.service.js';
import { CloudsInDepartment } from './clouds-in-department.service.js';
import { ConsolidationResolver } from './consolidation.resolver.js';
import { ConsolidationService } from './consolidation.service.js';
import { FacilitiesRepository } from './facilities.repository.js';
import { CloudsResolver, FacilitiesResolver, PoolsResolver } from './facilities.resolver.js';
import { FacilitiesService } from './facilities.service.js';
import { MaintainedPools } from './maintained-pools.service.js';
import { MaintenanceRepository } from './maintenance.repository.js';
import { MaintenanceResolver, PoolMaintenanceResolver } from './maintenance.resolver.js';
import { MaintenanceService } from './maintenance.service.js';
import { MaintenancePlaces } from './maintenance-places.service.js';
import { PlaceActsResolver } from './place-acts.resolver.js';
import { PlaceMaintenance } from './place-maintenance.service.js';
import { PoolsService } from './pools.service.js';
import { ThingsGivenBack } from './things-given-back.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule],
  providers: [
    CloudsInDepartment,
    FacilitiesRepository,
    MaintenanceRepository,
    FacilitiesService,
    CenterLives,
    CenterRemains,
    CenterOpenings,
    ThingsGivenBack,
    CenterPools,
    CentersService,
    PoolsService,
    MaintainedPools,
    MaintenanceService,
    MaintenancePlaces,
    PlaceMaintenance,
    ConsolidationService,
    FacilitiesResolver,
    PoolsResolver,
    CloudsResolver,
    PlaceActsResolver,
    MaintenanceResolver,
    PoolMaintenanceResolver,
    ConsolidationResolver,
  ],
  exports: [
    PoolsService,
    FacilitiesService,
    MaintenanceService,
    MaintenancePlaces,
    PlaceMaintenance,
    CenterLives,
    CenterRemains,
    CenterOpenings,
    ThingsGivenBack,
    ConsolidationService,
  ],
})
export class FacilitiesModule {}
