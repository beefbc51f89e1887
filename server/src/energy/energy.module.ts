import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { CabinetPowerResolver } from './cabinet-power.resolver.js';
import { EnergyRepository } from './energy.repository.js';
import { EnergyResolver } from './energy.resolver.js';
import { EnergyService } from './energy.service.js';
import { ReadingSourcesRepository } from './reading-sources.repository.js';
import { ReadingSourcesResolver } from './reading-sources.resolver.js';
import { ReadingSources } from './reading-sources.service.js';
import { ReadingsController } from './readings.controller.js';
import { Readings } from './readings.service.js';

@Module({
  imports: [AuditModule, FacilitiesModule, CabinetsModule],
  providers: [
    EnergyRepository,
    ReadingSourcesRepository,
    EnergyService,
    ReadingSources,
    Readings,
    EnergyResolver,
    ReadingSourcesResolver,
    CabinetPowerResolver,
  ],
  controllers: [ReadingsController],
  exports: [EnergyService, ReadingSources],
})
export class EnergyModule {}
