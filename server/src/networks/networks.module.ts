import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AddressHolders } from './address-holders.service.js';
import { AddressLookup } from './address-lookup.service.js';
import { AddressRecord } from './address-record.service.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import { AddressesByHandService } from './addresses-by-hand.service.js';
import { AddressesInDepartment } from './addresses-in-department.service.js';
import { MachineAddresses } from './machine-addresses.service.js';
import { NetworksRepository } from './networks.repository.js';
import { AddressClaimEdgesResolver, NetworksResolver, ServerAddressesResolver } from './networks.resolver.js';
import { NetworksService } from './networks.service.js';
import { ServerAddresses } from './server-addresses.service.js';

/** RESOURCES_AS_HOLDERS comes from a global module of the root. */
@Module({
  imports: [AuditModule, DepartmentsModule, SystemsModule, FacilitiesModule, ServersModule],
  providers: [
    AddressesInDepartment,
    NetworksRepository,
    AddressesRepository,
    NetworksService,
    AddressesService,
    AddressesByHandService,
    AddressLookup,
    AddressRecord,
    MachineAddresses,
    AddressHolders,
    ServerAddresses,
    NetworksResolver,
    AddressClaimEdgesResolver,
    ServerAddressesResolver,
  ],
  exports: [NetworksService, AddressesService, AddressLookup, AddressRecord, MachineAddresses, ServerAddresses],
})
export class NetworksModule {}
