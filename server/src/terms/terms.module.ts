import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { Extensions } from './extensions.service.js';
import { Reviews } from './reviews.service.js';
import { TermSweep } from './term-sweep.service.js';
import { TermsRepository } from './terms.repository.js';
import { ResourceTermsResolver, ReviewChangeResolver, TermsResolver } from './terms.resolver.js';
import { TermsService } from './terms.service.js';

@Module({
  imports: [AuditModule, ResourcesModule, RequestsModule],
  providers: [
    TermsRepository,
    TermsService,
    Extensions,
    Reviews,
    TermSweep,
    TermsResolver,
    ResourceTermsResolver,
    ReviewChangeResolver,
  ],
  exports: [TermsService, Extensions, Reviews, TermSweep],
})
export class TermsModule {}
