import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { AddressUses } from './address-uses.service.js';
import { DataUses } from './data-uses.service.js';
import { DiskUses } from './disk-uses.service.js';
import { MachineUses } from './machine-uses.service.js';
import { MeteringRepository } from './metering.repository.js';
import { MeteringService } from './metering.service.js';
import { RunningUses } from './running-uses.service.js';
import { ThingUses } from './thing-uses.service.js';

@Module({
  imports: [
    AllocationModule,
    CabinetsModule,
    CatalogModule,
    DocumentsModule,
    FacilitiesModule,
    NetworksModule,
    RequestsModule,
    ResourcesModule,
    ServersModule,
  ],
  providers: [
    MeteringRepository,
    MeteringService,
    MachineUses,
    ThingUses,
    DataUses,
    DiskUses,
    AddressUses,
    RunningUses,
  ],
  exports: [MeteringService, RunningUses],
})
export class MeteringModule {}
