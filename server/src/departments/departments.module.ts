import { Module } from '@nestjs/common';
import { DepartmentsRepository } from './departments.repository.js';
import { DepartmentsResolver } from './departments.resolver.js';
import { DepartmentsService } from './departments.service.js';

@Module({
  providers: [DepartmentsRepository, DepartmentsService, DepartmentsResolver],
  exports: [DepartmentsService],
})
export class DepartmentsModule {}
