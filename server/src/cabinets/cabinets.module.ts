import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { CabinetActsResolver } from './cabinet-acts.resolver.js';
import { CabinetActs } from './cabinet-acts.service.js';
import { CabinetCensus } from './cabinet-census.repository.js';
import {
  CabinetEdgesResolver,
  CabinetHolderEdgesResolver,
  CabinetRowEdgesResolver,
  RoomEdgesResolver,
  SpaceShortageResolver,
} from './cabinet-edges.resolver.js';
import { CabinetImport } from './cabinet-import.js';
import { CabinetInsides } from './cabinet-insides.service.js';
import { CabinetView } from './cabinet-view.service.js';
import { CabinetsRepository } from './cabinets.repository.js';
import { CabinetsResolver } from './cabinets.resolver.js';
import { CabinetsService } from './cabinets.service.js';
import { CenterGate } from './center-gate.service.js';
import { GivenSpaces } from './given-spaces.service.js';
import { HolderDescriptions } from './holder-descriptions.service.js';
import { HolderZones } from './holder-zones.service.js';
import { CabinetPlaces } from './maintenance-places.js';
import { PlaceTakings } from './place-takings.service.js';
import { RackTypeImport } from './rack-type-import.js';
import { RackTypesResolver } from './rack-types.resolver.js';
import { RackTypesService } from './rack-types.service.js';
import { RecountService } from './recount.service.js';
import { RoomActsResolver } from './room-acts.resolver.js';
import { RoomActs } from './room-acts.service.js';
import { SpaceRepository } from './space.repository.js';
import { SpaceService } from './space.service.js';
import { SpaceActs } from './space-acts.service.js';
import { SpaceBatches } from './space-batches.service.js';
import { SpaceBooks } from './space-books.service.js';
import { SpaceExpiry } from './space-expiry.service.js';
import { SpaceGrowth } from './space-growth.service.js';
import { SpaceInDepartment } from './space-in-department.service.js';
import { SpaceMoves } from './space-moves.service.js';
import { SpaceOwnersRepository } from './space-owners.repository.js';
import { SpaceQuotas } from './space-quotas.service.js';
import { SpaceRecordRepository } from './space-record.repository.js';
import {
  CabinetRecordResolver,
  HolderEntryResolver,
  HolderRecordResolver,
  HolderSpotResolver,
  PastHolderResolver,
  SpaceUseResolver,
} from './space-record.resolver.js';
import { SpaceRecord } from './space-record.service.js';
import { SpaceSettlement } from './space-settlement.service.js';
import { SpaceSights } from './space-sights.service.js';
import { SpaceWishes } from './space-wishes.service.js';

@Module({
  imports: [AuditModule, ImportsModule, DepartmentsModule, QuotasModule, FacilitiesModule],
  providers: [
    SpaceInDepartment,
    CabinetsRepository,
    CabinetCensus,
    CenterGate,
    CabinetPlaces,
    SpaceRepository,
    SpaceOwnersRepository,
    SpaceRecordRepository,
    SpaceRecord,
    CabinetsService,
    SpaceBooks,
    SpaceWishes,
    SpaceSights,
    SpaceService,
    SpaceBatches,
    SpaceGrowth,
    HolderDescriptions,
    SpaceMoves,
    RecountService,
    RackTypesService,
    RackTypeImport,
    CabinetImport,
    CabinetActs,
    RoomActs,
    SpaceActs,
    SpaceQuotas,
    SpaceSettlement,
    GivenSpaces,
    HolderZones,
    PlaceTakings,
    SpaceExpiry,
    CabinetView,
    CabinetInsides,
    CabinetsResolver,
    CabinetActsResolver,
    RoomActsResolver,
    RoomEdgesResolver,
    CabinetRowEdgesResolver,
    CabinetEdgesResolver,
    CabinetHolderEdgesResolver,
    SpaceShortageResolver,
    RackTypesResolver,
    HolderRecordResolver,
    CabinetRecordResolver,
    HolderSpotResolver,
    HolderEntryResolver,
    PastHolderResolver,
    SpaceUseResolver,
  ],
  exports: [
    CabinetsService,
    CabinetView,
    CabinetActs,
    SpaceService,
    SpaceSights,
    SpaceBatches,
    SpaceGrowth,
    HolderDescriptions,
    GivenSpaces,
    HolderZones,
    PlaceTakings,
    SpaceExpiry,
    SpaceRecord,
    SpaceQuotas,
    SpaceSettlement,
    RecountService,
    RackTypesService,
  ],
})
export class CabinetsModule {}
