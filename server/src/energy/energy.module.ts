import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { CabinetPowerResolver } from './cabinet-power.resolver.js';
import { EnergyRepository } from './energy.repository.js';
import { EnergyResolver } from './energy.resolver.js';
import { EnergyService } from './energy.service.js';
import { ReadingSources } from './reading-sources.service.js';
import { ReadingsController } from './readings.controller.js';

@Module({
  imports: [AuditModule, FacilitiesModule, CabinetsModule],
  providers: [EnergyRepository, EnergyService, ReadingSources, EnergyResolver, CabinetPowerResolver],
  controllers: [ReadingsController],
  exports: [EnergyService],
})
export class EnergyModule {}
