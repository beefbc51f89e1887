import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { BoundSystem, TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { inAsciiList, inList } from '../platform/database/unit-of-work.js';
import { DECLARATION_WARNING_DAYS, type DeclarationState, daysAfter } from './domain/declaration.js';
import type { GovernmentSystem, LocalMode, PaymentLink, Project, RemoteMode } from './domain/system.js';
import type { VendorBinding } from './domain/vendor-binding.js';
import { ProjectEntity, SystemEntity, SystemProjectEntity, VendorBindingEntity } from './systems.entity.js';

export interface SystemFilter {
  readonly search: string | null;
  readonly departmentId: string | null;
  readonly protectionLevel: number | null;
  readonly filed: boolean | null;
  readonly declaration: DeclarationState | null;
  readonly localMode: LocalMode | null;
  readonly remoteMode: RemoteMode | null;
  readonly withoutOwner: boolean;
}

export interface ProjectFilter {
  readonly search: string | null;
  readonly departmentId: string | null;
  readonly budgetYear: number | null;
}

/** Reads of systems, projects, their periods and bindings. */
/** What a budget item pays for: projects of its department, or what finance pays for. */
export type PaidBy =
  | 'CENTRAL'
  | { readonly departmentId: string; readonly projectId: string | null; readonly budgetCode: string };

@Injectable()
export class SystemsRepository {
  constructor(private readonly db: DataSource) {}

  async dualActiveIds(): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      "select id from government_system where local_mode = 'DUAL_ACTIVE' order by id",
    );
    return rows.map((row) => row.id);
  }

  systemsByIds(scope: TenantScope, ids: readonly string[]): Promise<GovernmentSystem[]> {
    return this.systemsWithin(scope)
      .andWhere('system.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  systemsByCodes(codes: readonly string[]): Promise<GovernmentSystem[]> {
    return this.db
      .createQueryBuilder(SystemEntity, 'system')
      .where('system.code in (:...codes)', { codes: inAsciiList(codes) })
      .getMany();
  }

  /** Projects whose keys may name one budget item: of a department under a code, or all that anybody's finance pays for. */
  projectsPaidBy(payer: PaidBy): Promise<Project[]> {
    const query = this.db.createQueryBuilder(ProjectEntity, 'project');
    if (payer === 'CENTRAL') query.where("project.fundingMode <> 'OWN_PAYS'");
    else
      query.where(
        "project.fundingMode <> 'CENTRAL' and project.departmentId = :departmentId and (project.id = :projectId or project.budgetCode = :budgetCode)",
        payer,
      );
    return query.orderBy('project.code').getMany();
  }

  async projectIdsOfBudgetCode(budgetCode: string): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query('select id from project where budget_code in (?)', [
      inAsciiList([budgetCode]),
    ]);
    return rows.map(({ id }) => id);
  }

  projectsByIds(scope: TenantScope, ids: readonly string[]): Promise<Project[]> {
    return this.projectsWithin(scope)
      .andWhere('project.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** In the order of the code. */
  listSystems(
    scope: TenantScope,
    filter: SystemFilter,
    on: CalendarDate,
    page: PageRequest,
  ): Promise<Page<GovernmentSystem>> {
    const query = matching(this.systemsWithin(scope), ['system.name', 'system.code'], filter.search);
    const equal = { ...filter, search: null, declaration: null, withoutOwner: null };
    for (const [column, value] of Object.entries(equal))
      if (value !== null) query.andWhere(`system.${column} = :${column}`, { [column]: value });
    if (filter.withoutOwner) query.andWhere('system.ownerUserId is null');
    if (filter.declaration) withDeclaration(query, filter.declaration, on);
    return pageOf(query, 'system.code', page);
  }

  /** In the order of the code. */
  listProjects(scope: TenantScope, filter: ProjectFilter, page: PageRequest): Promise<Page<Project>> {
    const query = matching(this.projectsWithin(scope), ['project.name', 'project.code'], filter.search);
    if (filter.departmentId !== null) query.andWhere('project.departmentId = :departmentId', { ...filter });
    if (filter.budgetYear !== null) query.andWhere('project.budgetYear = :budgetYear', { ...filter });
    return pageOf(query, 'project.code', page);
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

  /** Every period of the systems or of the projects, the newest first. */
  async links(by: 'systemId' | 'projectId', ids: readonly string[], manager?: EntityManager): Promise<PaymentLink[]> {
    const rows = await (manager ?? this.db.manager)
      .createQueryBuilder(SystemProjectEntity, 'link')
      .where(`link.${by} in (:...ids)`, { ids: inList(ids) })
      .orderBy('link.fromDate', 'DESC')
      .addOrderBy('link.projectId')
      .addOrderBy('link.systemId')
      .getMany();
    return rows.map(({ systemId, projectId, fromDate, toDate }) => ({
      systemId,
      projectId,
      from: fromDate,
      to: toDate,
    }));
  }

  /** Bindings that were not ended by a person; what ran out is among them. */
  async bindings(systemIds: readonly string[]): Promise<VendorBinding[]> {
    const rows = await this.db
      .createQueryBuilder(VendorBindingEntity, 'binding')
      .where('binding.systemId in (:...systemIds) and binding.unboundAt is null', { systemIds: inList(systemIds) })
      .orderBy('binding.untilDate', 'DESC')
      .addOrderBy('binding.id')
      .getMany();
    return rows.map(toBinding);
  }

  /** In the order of the code. */
  async liveBetween(from: CalendarDate, before: CalendarDate): Promise<GovernmentSystem[]> {
    return this.db
      .createQueryBuilder(SystemEntity, 'system')
      .where('system.liveSince >= :from and system.liveSince < :before', { from, before })
      .orderBy('system.code')
      .getMany();
  }

  async ownedBy(userId: string): Promise<GovernmentSystem[]> {
    return this.db.manager.find(SystemEntity, { where: { ownerUserId: userId }, order: { code: 'ASC' } });
  }

  /** What a person of a vendor reaches on that day, beside the department of each. */
  async boundTo(userId: string, on: CalendarDate, manager: EntityManager = this.db.manager): Promise<BoundSystem[]> {
    const rows: { system_id: string; department_id: string }[] = await manager.query(
      `select distinct b.system_id, s.department_id from vendor_binding b join government_system s on s.id = b.system_id
       where b.user_id = ? and b.unbound_at is null and b.until_date >= ? order by b.system_id`,
      [userId, on],
    );
    return rows.map((row) => ({ systemId: row.system_id, departmentId: row.department_id }));
  }

  private systemsWithin(scope: TenantScope): SelectQueryBuilder<SystemEntity> {
    const every = this.db.createQueryBuilder(SystemEntity, 'system');
    return withinScope(every, 'system.departmentId', scope, 'system.id in (:...scopeSystemIds)');
  }

  private projectsWithin(scope: TenantScope): SelectQueryBuilder<ProjectEntity> {
    return withinScope(
      this.db.createQueryBuilder(ProjectEntity, 'project'),
      'project.departmentId',
      scope,
      PAYS_FOR_SCOPE,
    );
  }
}

/**
 * A project is reached with the systems that it pays, paid or will pay for, but not beyond their department: that a
 * provincial project pays for a city's system opens it to nobody of the city.
 */
const PAYS_FOR_SCOPE = `exists (select 1 from system_project paid join government_system s on s.id = paid.system_id
  where paid.project_id = project.id and s.department_id = project.department_id and s.id in (:...scopeSystemIds))`;

export function toBinding(row: VendorBindingEntity): VendorBinding {
  return {
    id: row.id,
    systemId: row.systemId,
    userId: row.userId,
    name: row.name,
    phone: row.phone,
    company: row.company,
    until: row.untilDate,
  };
}

function withDeclaration(query: SelectQueryBuilder<SystemEntity>, state: DeclarationState, on: CalendarDate): void {
  const until = 'system.declarationValidUntil';
  const days = { on, warned: daysAfter(on, DECLARATION_WARNING_DAYS) };
  if (state === 'MISSING') query.andWhere(`${until} is null`);
  if (state === 'EXPIRED') query.andWhere(`${until} < :on`, days);
  if (state === 'EXPIRING') query.andWhere(`${until} between :on and :warned`, days);
  if (state === 'VALID') query.andWhere(`${until} > :warned`, days);
}
