import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import {
  CabinetEdgesResolver,
  CabinetHolderEdgesResolver,
  CabinetRowEdgesResolver,
  RoomEdgesResolver,
  SpaceShortageResolver,
} from './cabinet-edges.resolver.js';
import { CabinetView } from './cabinet-view.service.js';
import { CabinetsRepository } from './cabinets.repository.js';
import { CabinetsResolver } from './cabinets.resolver.js';
import { CabinetsService } from './cabinets.service.js';
import { RecountService } from './recount.service.js';
import { SpaceRepository } from './space.repository.js';
import { SpaceService } from './space.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, FacilitiesModule],
  providers: [
    CabinetsRepository,
    SpaceRepository,
    CabinetsService,
    SpaceService,
    RecountService,
    CabinetView,
    CabinetsResolver,
    RoomEdgesResolver,
    CabinetRowEdgesResolver,
    CabinetEdgesResolver,
    CabinetHolderEdgesResolver,
    SpaceShortageResolver,
  ],
  exports: [CabinetsService, SpaceService, RecountService],
})
export class CabinetsModule {}
