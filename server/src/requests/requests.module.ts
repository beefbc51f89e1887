import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { FollowUpService } from './follow-up.service.js';
import { QuotationService } from './quotation.service.js';
import { RequestCustodyRepository } from './request-custody.repository.js';
import { RequestCustody } from './request-custody.service.js';
import {
  PlacementCheckResolver,
  PlacementShareResolver,
  RequestEdgesResolver,
  RequestLineEdgesResolver,
  ResourceRequestResolver,
} from './request-edges.resolver.js';
import { RequestsRepository } from './requests.repository.js';
import { RequestsResolver } from './requests.resolver.js';
import { RequestsService } from './requests.service.js';
import { ReviewService } from './review.service.js';
import { SubmissionService } from './submission.service.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    DepartmentsModule,
    SystemsModule,
    QuotasModule,
    FacilitiesModule,
    CatalogModule,
    PricingModule,
    AllocationModule,
    ResourcesModule,
  ],
  providers: [
    RequestCustody,
    RequestCustodyRepository,
    RequestsRepository,
    QuotationService,
    RequestsService,
    SubmissionService,
    ReviewService,
    FollowUpService,
    RequestsResolver,
    RequestEdgesResolver,
    RequestLineEdgesResolver,
    PlacementShareResolver,
    PlacementCheckResolver,
    ResourceRequestResolver,
  ],
  exports: [RequestsService, FollowUpService],
})
export class RequestsModule {}
