import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DrDebtsModule } from '../drdebts/drdebts.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SimulatorResolver } from './simulator.resolver.js';
import { SimulatorService } from './simulator.service.js';

@Module({
  imports: [FacilitiesModule, CatalogModule, AllocationModule, DrDebtsModule, ResourcesModule],
  providers: [SimulatorService, SimulatorResolver],
})
export class SimulatorModule {}
