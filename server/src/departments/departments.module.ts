import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { CapacityFigures } from './capacity-figures.service.js';
import { DepartmentAdministration } from './department-administration.service.js';
import { DepartmentUse } from './department-use.service.js';
import { DepartmentsRepository } from './departments.repository.js';
import { DepartmentsResolver } from './departments.resolver.js';
import { DepartmentsService } from './departments.service.js';
import {
  MembershipDepartmentResolver,
  PersonDepartmentResolver,
  UserDepartmentResolver,
} from './people-departments.resolver.js';
import { UserImport } from './user-import.service.js';
import { ViewerDepartmentResolver } from './viewer-department.resolver.js';

@Module({
  imports: [AuditModule, IdentityModule, ImportsModule],
  providers: [
    DepartmentAdministration,
    CapacityFigures,
    DepartmentUse,
    DepartmentsRepository,
    DepartmentsService,
    DepartmentsResolver,
    MembershipDepartmentResolver,
    PersonDepartmentResolver,
    UserDepartmentResolver,
    UserImport,
    ViewerDepartmentResolver,
  ],
  exports: [CapacityFigures, DepartmentUse, DepartmentsService],
})
export class DepartmentsModule {}
