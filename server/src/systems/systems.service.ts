import { Inject, Injectable } from '@nestjs/common';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { GovernmentSystem, PaymentLink, Project } from './domain/system.js';
import { SystemsRepository } from './systems.repository.js';

@Injectable()
export class SystemsService {
  constructor(
    private readonly repository: SystemsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** null = not there, or another department's. */
  async system(scope: TenantScope, id: string): Promise<GovernmentSystem | null> {
    const [system] = await this.repository.systemsByIds(scope, [id]);
    return system ?? null;
  }

  /** null = not there, or another department's. */
  async project(scope: TenantScope, id: string): Promise<Project | null> {
    const [project] = await this.repository.projectsByIds(scope, [id]);
    return project ?? null;
  }

  /** By name or code. */
  list(scope: TenantScope, search: string | null, page: PageRequest): Promise<Page<GovernmentSystem>> {
    return this.repository.listSystems(scope, search, page);
  }

  /**
   * Who pays for the system on that day. The caller has found the system within its scope; the project may well be
   * another department's, as when a city's system is paid for by a provincial project.
   */
  async payingProjects(systemId: string, on: CalendarDate): Promise<Project[]> {
    const links = await this.repository.payingProjects(WHOLE_PROVINCE, [systemId], on);
    return links.map((link) => link.project);
  }

  /** Batch for loaders: who pays for each system today. */
  payingProjectsToday = async (systemIds: readonly string[]): Promise<Project[][]> => {
    const links = await this.repository.payingProjects(WHOLE_PROVINCE, systemIds, calendarDate(this.clock.now()));
    const bySystem = Map.groupBy(links, (link) => link.systemId);
    return systemIds.map((id) => (bySystem.get(id) ?? []).map((link) => link.project));
  };

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  systems = async (ids: readonly string[]): Promise<(GovernmentSystem | null)[]> =>
    inOrderOf(ids, await this.repository.systemsByIds(WHOLE_PROVINCE, ids), (system) => system.id);

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  projects = async (ids: readonly string[]): Promise<(Project | null)[]> =>
    inOrderOf(ids, await this.repository.projectsByIds(WHOLE_PROVINCE, ids), (project) => project.id);

  add(
    tx: Tx,
    rows: {
      readonly systems: readonly GovernmentSystem[];
      readonly projects: readonly Project[];
      readonly links: readonly PaymentLink[];
    },
  ): Promise<void> {
    return this.repository.insert(tx, rows.systems, rows.projects, rows.links);
  }
}
