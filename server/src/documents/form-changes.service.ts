import { Injectable } from '@nestjs/common';
import { ChangeRecord } from '../requests/change-record.service.js';
import type { RequestLineRow, RequestRow } from '../requests/requests.types.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { FormContent } from './domain/form-content.js';

/** What a change request says of what is there and becomes another; of a new request nothing. */
@Injectable()
export class FormChanges {
  constructor(
    private readonly changes: ChangeRecord,
    private readonly resources: ResourcesService,
  ) {}

  /** Batch: two statements where any of them is a change, none otherwise. */
  async of(
    requests: readonly RequestRow[],
  ): Promise<(request: RequestRow, lines: readonly RequestLineRow[]) => Pick<FormContent, 'change'>> {
    const ids = requests.flatMap(({ id, nature }) => (nature === 'CHANGE' ? [id] : []));
    if (ids.length === 0) return () => ({});
    // What is made comes with the grant: under the seal is what was asked.
    const rows = (await this.changes.ofRequests(ids)).flat().filter(({ what }) => what !== 'MAKE');
    const found = await this.resources.rows(rows.map(({ resourceId }) => resourceId));
    const resources = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
    return (request, lines) => {
      if (request.nature !== 'CHANGE') return {};
      const nameOf = new Map(lines.map(({ id, name }) => [id, name]));
      const own = rows.filter(({ requestId }) => requestId === request.id);
      return {
        change: {
          modes: lines.map(({ name, localMode, remoteMode, fromLocalMode, fromRemoteMode }) => ({
            line: name,
            from: { localMode: fromLocalMode ?? localMode, remoteMode: fromRemoteMode ?? remoteMode },
            to: { localMode, remoteMode },
          })),
          resources: own
            .map((row) => ({
              line: nameOf.get(row.lineId) ?? '',
              code: resources.get(row.resourceId)?.code ?? '',
              name: resources.get(row.resourceId)?.name ?? '',
              from: { vcpu: row.fromVcpu, memoryMib: row.fromMemoryMib, diskGib: row.fromDiskGib },
              to:
                row.what === 'LEAVE' ? null : { vcpu: row.toVcpu, memoryMib: row.toMemoryMib, diskGib: row.toDiskGib },
            }))
            .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
        },
      };
    };
  }
}
