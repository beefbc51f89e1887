import { Module } from '@nestjs/common';
import { DepartmentsRepository } from './departments.repository.js';
import { DepartmentsResolver } from './departments.resolver.js';
import { DepartmentsService } from './departments.service.js';
import { ViewerDepartmentResolver } from './viewer-department.resolver.js';

@Module({
  providers: [DepartmentsRepository, DepartmentsService, DepartmentsResolver, ViewerDepartmentResolver],
  exports: [DepartmentsService],
})
export class DepartmentsModule {}
