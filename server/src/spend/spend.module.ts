import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CostsModule } from '../costs/costs.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { OutagesModule } from '../outages/outages.module.js';
import { AssetsRepository } from './assets.repository.js';
import { AssetsResolver } from './assets.resolver.js';
import { AssetsService } from './assets.service.js';
import { ContractFaults } from './contract-faults.service.js';
import { ContractImport } from './contract-import.service.js';
import { ContractsRepository } from './contracts.repository.js';
import { ContractsResolver, SuppliersResolver } from './contracts.resolver.js';
import { ContractsService } from './contracts.service.js';
import { DeductionsResolver } from './deductions.resolver.js';
import { Deductions } from './deductions.service.js';
import { DisposalsRepository } from './disposals.repository.js';
import { AssetEndResolver, DisposalsResolver } from './disposals.resolver.js';
import { DisposalsService } from './disposals.service.js';
import { EntriesRepository } from './entries.repository.js';
import { EntriesResolver } from './entries.resolver.js';
import { EntriesService } from './entries.service.js';
import { DuePaymentsResolver } from './payments-due.resolver.js';
import { DuePayments } from './payments-due.service.js';
import { ReconciliationResolver, SpendPartsResolver } from './reconciliation.resolver.js';
import { ReconciliationService } from './reconciliation.service.js';
import { SupplementsRepository } from './supplements.repository.js';
import { ContractLifeResolver, SupplementsResolver } from './supplements.resolver.js';
import { SupplementsService } from './supplements.service.js';

/** 支出: what is really paid to suppliers and for what the province owns, reconciled with what use is accounted at. */
@Module({
  imports: [AuditModule, CostsModule, DepartmentsModule, FacilitiesModule, FilesModule, ImportsModule, OutagesModule],
  providers: [
    ContractsRepository,
    EntriesRepository,
    SupplementsRepository,
    DisposalsRepository,
    AssetsRepository,
    ContractsService,
    ContractFaults,
    EntriesService,
    Deductions,
    DeductionsResolver,
    SupplementsService,
    DisposalsService,
    AssetsService,
    ReconciliationService,
    ContractImport,
    DuePayments,
    DuePaymentsResolver,
    SuppliersResolver,
    ContractsResolver,
    EntriesResolver,
    SupplementsResolver,
    ContractLifeResolver,
    AssetsResolver,
    DisposalsResolver,
    AssetEndResolver,
    ReconciliationResolver,
    SpendPartsResolver,
  ],
  exports: [
    ContractsService,
    Deductions,
    EntriesService,
    SupplementsService,
    DisposalsService,
    AssetsService,
    ReconciliationService,
  ],
})
export class SpendModule {}
