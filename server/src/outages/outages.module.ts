import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { WorkOrdersModule } from '../workorders/workorders.module.js';
import { OutagesRepository } from './outages.repository.js';
import { OutagesResolver } from './outages.resolver.js';
import { Outages } from './outages.service.js';

/** 中断登记: what was down, from when to when, and whose fault it was. */
@Module({
  imports: [AuditModule, FacilitiesModule, FilesModule, SystemsModule, WorkOrdersModule],
  providers: [OutagesRepository, Outages, OutagesResolver],
  exports: [Outages],
})
export class OutagesModule {}
