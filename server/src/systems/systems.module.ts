import { Module } from '@nestjs/common';
import { DepartmentsModule } from '../departments/departments.module.js';
import { ProjectsResolver } from './projects.resolver.js';
import { SystemWrites } from './system-writes.repository.js';
import { SystemsRepository } from './systems.repository.js';
import { SystemsResolver } from './systems.resolver.js';
import { SystemsService } from './systems.service.js';

@Module({
  imports: [DepartmentsModule],
  providers: [SystemsRepository, SystemWrites, SystemsService, SystemsResolver, ProjectsResolver],
  exports: [SystemsService],
})
export class SystemsModule {}
