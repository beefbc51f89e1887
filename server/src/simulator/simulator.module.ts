import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SimulatorResolver } from './simulator.resolver.js';
import { SimulatorService } from './simulator.service.js';

@Module({
  imports: [FacilitiesModule, AllocationModule, ResourcesModule],
  providers: [SimulatorService, SimulatorResolver],
})
export class SimulatorModule {}
