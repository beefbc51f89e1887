import { Inject, Injectable } from '@nestjs/common';
import type { BoundSystems } from '../identity/users.types.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { type BoundSystem, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { GovernmentSystem, PaymentLink, Project } from './domain/system.js';
import type { VendorBinding } from './domain/vendor-binding.js';
import { SystemWrites } from './system-writes.repository.js';
import { type PaidBy, type ProjectFilter, type SystemFilter, SystemsRepository } from './systems.repository.js';

const EVERY_SYSTEM: SystemFilter = {
  search: null,
  departmentId: null,
  protectionLevel: null,
  filed: null,
  declaration: null,
  localMode: null,
  remoteMode: null,
  withoutOwner: false,
};

/** What is looked up of systems and projects. Acts on them are in system-records, project-records and vendor-bindings. */
@Injectable()
export class SystemsService implements BoundSystems {
  constructor(
    private readonly repository: SystemsRepository,
    private readonly writes: SystemWrites,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Ids of the systems that are to run in both same-city centers. */
  dualActiveIds(): Promise<string[]> {
    return this.repository.dualActiveIds();
  }

  /** Kept from others until the transaction ends; null = not there. */
  kept(tx: Tx, id: string): Promise<GovernmentSystem | null> {
    return this.writes.lockedSystem(tx, WHOLE_PROVINCE, id);
  }

  /** 上线: accepted by all parties, from that day on. The row is locked by then. */
  async goLive(tx: Tx, system: Pick<GovernmentSystem, 'id' | 'version'>, liveSince: CalendarDate): Promise<void> {
    await this.writes.updateSystem(tx, system.id, { liveSince, version: system.version + 1 });
  }

  /** Systems that went live on those days, the first included. Unscoped: for rounds of the calendar. */
  liveBetween(from: CalendarDate, before: CalendarDate): Promise<GovernmentSystem[]> {
    return this.repository.liveBetween(from, before);
  }

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

  /** In the order of the code. */
  list(scope: TenantScope, filter: Partial<SystemFilter>, page: PageRequest): Promise<Page<GovernmentSystem>> {
    return this.repository.listSystems(scope, { ...EVERY_SYSTEM, ...filter }, this.today(), page);
  }

  listProjects(scope: TenantScope, filter: ProjectFilter, page: PageRequest): Promise<Page<Project>> {
    return this.repository.listProjects(scope, filter, page);
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
    const links = await this.repository.payingProjects(WHOLE_PROVINCE, systemIds, this.today());
    const bySystem = Map.groupBy(links, (link) => link.systemId);
    return systemIds.map((id) => (bySystem.get(id) ?? []).map((link) => link.project));
  };

  /** Batch for loaders: every period of each system, the newest first. */
  periodsOfSystems = async (systemIds: readonly string[]): Promise<PaymentLink[][]> => {
    const links = Map.groupBy(await this.repository.links('systemId', systemIds), (link) => link.systemId);
    return systemIds.map((id) => links.get(id) ?? []);
  };

  /** Batch for loaders: every period of each project, the newest first. */
  periodsOfProjects = async (projectIds: readonly string[]): Promise<PaymentLink[][]> => {
    const links = Map.groupBy(await this.repository.links('projectId', projectIds), (link) => link.projectId);
    return projectIds.map((id) => links.get(id) ?? []);
  };

  /** Batch for loaders: the vendor's staff of each system, those whose time ran out among them. */
  bindingsOf = async (systemIds: readonly string[]): Promise<VendorBinding[][]> => {
    const bindings = Map.groupBy(await this.repository.bindings(systemIds), (binding) => binding.systemId);
    return systemIds.map((id) => bindings.get(id) ?? []);
  };

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  systems = async (ids: readonly string[]): Promise<(GovernmentSystem | null)[]> => {
    return inOrderOf(ids, await this.repository.systemsByIds(WHOLE_PROVINCE, ids), (system) => system.id);
  };

  /** By their catalogue numbers, for tables that people write. Unscoped: for those who see every system. */
  systemsByCodes(codes: readonly string[]): Promise<GovernmentSystem[]> {
    return this.repository.systemsByCodes(codes);
  }

  /** Unscoped: callers scope what they show of them. */
  projectIdsOfBudgetCode(budgetCode: string): Promise<string[]> {
    return this.repository.projectIdsOfBudgetCode(budgetCode);
  }

  /** Batch for loaders. Unscoped: reached by id from a row that the viewer may already see. */
  projects = async (ids: readonly string[]): Promise<(Project | null)[]> =>
    inOrderOf(ids, await this.repository.projectsByIds(WHOLE_PROVINCE, ids), (project) => project.id);

  /** Projects whose keys may name one budget item. Unscoped: for sums of a budget that the viewer may already see. */
  projectsPaidBy(payer: PaidBy): Promise<Project[]> {
    return this.repository.projectsPaidBy(payer);
  }

  /** Systems that this person answers for, in the order of the code. */
  ownedBy(userId: string): Promise<GovernmentSystem[]> {
    return this.repository.ownedBy(userId);
  }

  /** What a person of a vendor is bound to today, as identity makes scopes of it. */
  boundTo(userId: string, tx?: Tx): Promise<BoundSystem[]> {
    return this.repository.boundTo(userId, this.today(), tx?.manager);
  }

  /** Part of a hand-over: every system of one person becomes another's. The number of systems. */
  handOver(tx: Tx, fromUserId: string, toUserId: string): Promise<number> {
    return this.writes.changeOwner(tx, fromUserId, toUserId);
  }

  /** Takes in rows that are known to be well-formed, as the demonstration and imports do. */
  add(
    tx: Tx,
    rows: {
      readonly systems: readonly GovernmentSystem[];
      readonly projects: readonly Project[];
      readonly links: readonly PaymentLink[];
      readonly bindings?: readonly VendorBinding[];
    },
  ): Promise<void> {
    return this.writes.insert(tx, rows);
  }

  private today(): CalendarDate {
    return calendarDate(this.clock.now());
  }
}
