import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { Extensions } from './extensions.service.js';
import { LineExtensions } from './line-extensions.service.js';
import { LineReviews } from './line-reviews.service.js';
import { LineTermSweep } from './line-term-sweep.service.js';
import { ExtendedLineResolver, LineTermsResolver } from './line-terms.resolver.js';
import { Reviews } from './reviews.service.js';
import { TakenInThings } from './taken-in-things.service.js';
import { TermSweep } from './term-sweep.service.js';
import { TermsRepository } from './terms.repository.js';
import { ResourceTermsResolver, ReviewChangeResolver, TermsResolver } from './terms.resolver.js';
import { TermsService } from './terms.service.js';

@Module({
  imports: [
    AuditModule,
    DepartmentsModule,
    FreezesModule,
    CabinetsModule,
    ServersModule,
    ResourcesModule,
    RequestsModule,
    SystemsModule,
  ],
  providers: [
    TermsRepository,
    TermsService,
    Extensions,
    Reviews,
    TermSweep,
    LineExtensions,
    LineReviews,
    LineTermSweep,
    TakenInThings,
    LineTermsResolver,
    ExtendedLineResolver,
    TermsResolver,
    ResourceTermsResolver,
    ReviewChangeResolver,
  ],
  exports: [TermsService, Extensions, Reviews, TermSweep, LineExtensions, LineReviews, LineTermSweep],
})
export class TermsModule {}
