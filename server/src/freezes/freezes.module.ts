import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezeGate } from './freeze-gate.service.js';
import { FreezesRepository } from './freezes.repository.js';
import { Freezes } from './freezes.service.js';

/** 封网: when nothing is changed but what a leader lets through; whoever changes something asks the gate within his act. */
@Module({
  imports: [AuditModule, FacilitiesModule],
  providers: [FreezesRepository, FreezeGate, Freezes],
  exports: [FreezeGate, Freezes],
})
export class FreezesModule {}
