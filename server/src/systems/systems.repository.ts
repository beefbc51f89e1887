import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { GovernmentSystem, PaymentLink, Project } from './domain/system.js';
import { ProjectEntity, SystemEntity, SystemProjectEntity } from './systems.entity.js';

@Injectable()
export class SystemsRepository {
  constructor(private readonly db: DataSource) {}

  systemsByIds(scope: TenantScope, ids: readonly string[]): Promise<GovernmentSystem[]> {
    return this.systemsWithin(scope)
      .andWhere('system.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  projectsByIds(scope: TenantScope, ids: readonly string[]): Promise<Project[]> {
    return withinScope(this.db.createQueryBuilder(ProjectEntity, 'project'), 'project.departmentId', scope)
      .andWhere('project.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** By name or code, in the order of the code. */
  listSystems(scope: TenantScope, search: string | null, page: PageRequest): Promise<Page<GovernmentSystem>> {
    const query = matching(this.systemsWithin(scope), ['system.name', 'system.code'], search);
    return pageOf(query, 'system.code', page);
  }

  /** Projects that pay for any of the systems on that day, each beside its system's id, in the order of the code. */
  async payingProjects(
    scope: TenantScope,
    systemIds: readonly string[],
    on: CalendarDate,
  ): Promise<{ systemId: string; project: Project }[]> {
    const links = await withinScope(
      this.db
        .createQueryBuilder(SystemProjectEntity, 'link')
        .innerJoin('link.system', 'system')
        .innerJoinAndSelect('link.project', 'project'),
      'system.departmentId',
      scope,
    )
      .andWhere('link.systemId in (:...systemIds)', { systemIds: inList(systemIds) })
      .andWhere('link.fromDate <= :on and (link.toDate is null or link.toDate > :on)', { on })
      .orderBy('project.code')
      .getMany();
    return links.map((link) => ({ systemId: link.systemId, project: link.project as ProjectEntity }));
  }

  async insert(
    tx: Tx,
    systems: readonly GovernmentSystem[],
    projects: readonly Project[],
    links: readonly PaymentLink[],
  ): Promise<void> {
    const into = async (
      entity: typeof SystemEntity | typeof ProjectEntity | typeof SystemProjectEntity,
      rows: object[],
    ) => {
      if (rows.length > 0)
        await tx.manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute();
    };
    await into(SystemEntity, [...systems]);
    await into(ProjectEntity, [...projects]);
    await into(
      SystemProjectEntity,
      links.map(({ systemId, projectId, from, to }) => ({ systemId, projectId, fromDate: from, toDate: to })),
    );
  }

  private systemsWithin(scope: TenantScope) {
    return withinScope(this.db.createQueryBuilder(SystemEntity, 'system'), 'system.departmentId', scope);
  }
}
