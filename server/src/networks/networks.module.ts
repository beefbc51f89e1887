import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { AddressLookup } from './address-lookup.service.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import { AddressesByHandService } from './addresses-by-hand.service.js';
import { NetworksRepository } from './networks.repository.js';
import { AddressClaimEdgesResolver, NetworksResolver } from './networks.resolver.js';
import { NetworksService } from './networks.service.js';

@Module({
  imports: [AuditModule, DepartmentsModule, FacilitiesModule],
  providers: [
    NetworksRepository,
    AddressesRepository,
    NetworksService,
    AddressesService,
    AddressesByHandService,
    AddressLookup,
    NetworksResolver,
    AddressClaimEdgesResolver,
  ],
  exports: [NetworksService, AddressesService, AddressLookup],
})
export class NetworksModule {}
