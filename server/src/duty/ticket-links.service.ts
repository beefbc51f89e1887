import { Injectable } from '@nestjs/common';
import { AlertViews } from '../alerts/alert-views.service.js';
import { DrillTickets } from '../drills/drill-tickets.service.js';
import { ExecutionViews } from '../executions/execution-views.service.js';
import { uuidOf } from '../kernel/node-id.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { ResourceConcerns } from '../resources/resource-concerns.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ServersService } from '../servers/servers.service.js';
import { SystemsService } from '../systems/systems.service.js';
import type { Concern, Link, LinkSubject } from './domain/ticket-links.js';
import { TicketsRepository } from './tickets.repository.js';

export interface LinkWish {
  readonly subjectType: LinkSubject;
  /** Its id, or how people call it where they do: a system's, machine's or ticket's code, a server's asset number. */
  readonly subject: string;
}

export interface ResolvedLink extends Link {
  readonly subjectName: string;
}

/** What tickets name in other rooms: found when it is linked, and asked whose it is when departments are told. */
@Injectable()
export class TicketLinks {
  constructor(
    private readonly repository: TicketsRepository,
    private readonly systems: SystemsService,
    private readonly resources: ResourcesService,
    private readonly concerned: ResourceConcerns,
    private readonly servers: ServersService,
    private readonly alerts: AlertViews,
    private readonly executions: ExecutionViews,
    private readonly drillTickets: DrillTickets,
  ) {}

  /** In their order; null = there is no such thing. */
  resolved(wishes: readonly LinkWish[]): Promise<(ResolvedLink | null)[]> {
    return Promise.all(wishes.map((wish) => this.one(wish)));
  }

  /** Whose these are. Of alerts: of the group's department; of what belongs to the center alone: nobody's. */
  async concerns(links: readonly Link[], centerId: string | null): Promise<Concern[]> {
    const idsOf = (type: LinkSubject) =>
      links.filter(({ subjectType }) => subjectType === type).map((l) => l.subjectId);
    const [systems, resources, servers, alerts] = await Promise.all([
      this.systems.systems(idsOf('System')),
      this.resources.rows(idsOf('Resource')),
      this.servers.servers(idsOf('Server')),
      Promise.all(idsOf('DrAlert').map((id) => this.alerts.inScope(WHOLE_PROVINCE, id))),
    ]);
    const named = [
      ...systems.map((system) => system && { departmentId: system.departmentId, systemId: system.id }),
      ...resources,
      ...servers,
      ...alerts,
    ].flatMap((one) =>
      one && one.departmentId !== null ? [{ departmentId: one.departmentId, systemId: one.systemId }] : [],
    );
    // Whoever names the center alone means everybody who stands in it.
    return named.length > 0 || centerId === null ? named : this.concerned.in(centerId);
  }

  /** In which centers the machines and servers stand that are named; a system stands in many, and says nothing. */
  async centers(links: readonly Link[]): Promise<string[]> {
    const idsOf = (type: LinkSubject) =>
      links.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId);
    const [resources, servers] = await Promise.all([
      this.resources.rows(idsOf('Resource')),
      this.servers.servers(idsOf('Server')),
    ]);
    return [...new Set([...resources, ...servers].flatMap((one) => one?.centerId ?? []))];
  }

  private async one({ subject, subjectType }: LinkWish): Promise<ResolvedLink | null> {
    const text = subject.trim();
    const id = uuidOf(subjectType, text);
    const found = await this.found(subjectType, id, text);
    return found && { subjectType, subjectId: found.id, subjectName: found.name.slice(0, 200) };
  }

  private async found(
    type: LinkSubject,
    id: string | undefined,
    code: string,
  ): Promise<{ id: string; name: string } | null> {
    switch (type) {
      case 'System': {
        const [row] = id === undefined ? await this.systems.systemsByCodes([code]) : await this.systems.systems([id]);
        return row ? { id: row.id, name: `${row.code} ${row.name}` } : null;
      }
      case 'Resource': {
        const [row] = id === undefined ? await this.concerned.byCodes([code]) : await this.resources.rows([id]);
        return row ? { id: row.id, name: `${row.code} ${row.name}` } : null;
      }
      case 'Server': {
        const [row] = id === undefined ? await this.servers.byAssetNumbers([code]) : await this.servers.servers([id]);
        return row ? { id: row.id, name: row.assetNumber } : null;
      }
      case 'DutyTicket': {
        const row = id === undefined ? await this.repository.byCode(code) : (await this.repository.byIds([id]))[0];
        return row ? { id: row.id, name: `${row.code} ${row.title}` } : null;
      }
      case 'DrAlert': {
        const row = id === undefined ? null : await this.alerts.inScope(WHOLE_PROVINCE, id);
        return row ? { id: row.id, name: `${row.code ?? ''} ${row.name}`.trim() } : null;
      }
      case 'DrExecution': {
        const row = id === undefined ? null : await this.executions.inScope(WHOLE_PROVINCE, id);
        return row ? { id: row.id, name: `${row.code} ${row.groupName}` } : null;
      }
      case 'DrTicket': {
        const row = id === undefined ? null : await this.drillTickets.byId(WHOLE_PROVINCE, id);
        return row ? { id: row.id, name: row.subject === null ? row.code : `${row.code} ${row.subject}` } : null;
      }
    }
  }
}
