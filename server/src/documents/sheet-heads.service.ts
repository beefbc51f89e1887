import { Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import { ResourcesOfRequests } from '../resources/resources-of-requests.service.js';
import { SystemsService } from '../systems/systems.service.js';
import type { ObjectionRow, SheetFacts, SheetHead, SheetOfRequest } from './documents.types.js';
import { HandOverRepository, type SheetFilter } from './hand-over.repository.js';
import { SheetThings } from './sheet-things.service.js';

/** Delivery sheets without their things: what a list and the head of a page say of them, a thousand things or one. */
@Injectable()
export class SheetHeads {
  constructor(
    private readonly repository: HandOverRepository,
    private readonly things: SheetThings,
    private readonly machines: ResourcesOfRequests,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly requests: RequestsService,
  ) {}

  /** Batch for loaders; callers have let the viewer see the requests. null = not all of it is delivered yet. */
  readonly headsOf = async (requestIds: readonly string[]): Promise<(SheetHead | null)[]> =>
    inOrderOf(requestIds, await this.repository.heads(requestIds), ({ requestId }) => requestId);

  /** Batch for loaders: as it was confirmed, before that as things are. */
  readonly factsOf = async (sheets: readonly SheetOfRequest[]): Promise<SheetFacts[]> => {
    const confirmed = await this.repository.confirmedFacts(
      sheets.flatMap(({ head }) => (head.state === 'CONFIRMED' ? [head.id] : [])),
    );
    const open = sheets.filter(({ head }) => !confirmed.has(head.id)).map(({ request }) => request);
    const facts = new Map((await this.asThingsAre(open)).map((fact, at) => [open[at]?.id, fact]));
    return sheets.map(
      ({ head, request }) => confirmed.get(head.id) ?? facts.get(request.id) ?? { unit: '', system: '', itemCount: 0 },
    );
  };

  /** Batch for loaders: of each sheet how many objections wait for their answer. */
  readonly openObjectionsOf = async (sheetIds: readonly string[]): Promise<number[]> => {
    const counts = await this.repository.openObjectionCounts(sheetIds);
    return sheetIds.map((id) => counts.get(id) ?? 0);
  };

  /** A page of sheets, each with its request: the same number of statements however many. */
  async page(scope: TenantScope, filter: SheetFilter, page: PageRequest): Promise<Page<SheetOfRequest>> {
    const found = await this.repository.page(scope, filter, page);
    const requests = await this.requests.requestsOf(found.rows.map((row) => row.requestId));
    const rows = found.rows.flatMap((head, at) => {
      const request = requests[at];
      return request ? [{ head, request }] : [];
    });
    return { ...found, rows };
  }

  /** null = no such sheet, or not for this viewer's eyes. */
  async sheet(viewer: Viewer, id: string): Promise<SheetOfRequest | null> {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    const head = scope && (await this.repository.headById(id));
    const request = head && (await this.requests.inScope(scope, head.requestId));
    return head && request ? { head, request } : null;
  }

  async objection(viewer: Viewer, id: string): Promise<ObjectionRow | null> {
    const objection = await this.repository.objection(id);
    return objection && (await this.sheet(viewer, objection.sheetId)) ? objection : null;
  }

  private async asThingsAre(requests: readonly RequestRow[]): Promise<SheetFacts[]> {
    if (requests.length === 0) return [];
    const ids = requests.map(({ id }) => id);
    const [units, systems, machines, things] = await Promise.all([
      this.departments.departments(requests.map(({ departmentId }) => departmentId)),
      this.systems.systems(requests.map(({ systemId }) => systemId)),
      this.machines.counts(ids),
      this.things.countsOf(ids),
    ]);
    return requests.map((_, at) => ({
      unit: units[at]?.name ?? '',
      system: systems[at]?.name ?? '',
      itemCount: (machines[at]?.all ?? 0) + (things[at] ?? 0),
    }));
  }
}
