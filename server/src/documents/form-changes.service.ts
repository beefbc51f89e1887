import { Injectable } from '@nestjs/common';
import { ChangeRecord } from '../requests/change-record.service.js';
import type { RequestLineRow, RequestRow } from '../requests/requests.types.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { FormContent, FormServiceChange } from './domain/form-content.js';
import { answerOf, type LineNames, questionOf } from './form-lines.js';

type NamesOf = (line: RequestLineRow) => LineNames;

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
  ): Promise<(request: RequestRow, lines: readonly RequestLineRow[], names: NamesOf) => Pick<FormContent, 'change'>> {
    const ids = requests.flatMap(({ id, nature }) => (nature === 'CHANGE' ? [id] : []));
    if (ids.length === 0) return () => ({});
    // What is made comes with the grant: under the seal is what was asked.
    const rows = (await this.changes.ofRequests(ids)).flat().filter(({ what }) => what !== 'MAKE');
    const found = await this.resources.rows(rows.map(({ resourceId }) => resourceId));
    const resources = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
    return (request, lines, names) => {
      if (request.nature !== 'CHANGE') return {};
      const nameOf = new Map(lines.map(({ id, name }) => [id, name]));
      const own = rows.filter(({ requestId }) => requestId === request.id);
      const services = lines.filter(({ kind }) => kind === 'SERVICE').map((line) => serviceChange(line, names(line)));
      return {
        change: {
          // A service stands in no center.
          modes: placed(lines).map(({ name, localMode, remoteMode, fromLocalMode, fromRemoteMode }) => ({
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
          // Left out where there is none, so that forms of machines are hashed as they were before services changed.
          ...(services.length > 0 ? { services } : {}),
        },
      };
    };
  }
}

const placed = (lines: readonly RequestLineRow[]) => lines.filter(({ kind }) => kind !== 'SERVICE');

/** What it was is kept with the line from its draft on: what others change of the service meanwhile changes no paper. */
function serviceChange(line: RequestLineRow, { definition }: LineNames): FormServiceChange {
  const { name, itemCount, fromCount, answers, fromAnswers } = line;
  const keys = [...new Set([...(answers ?? []), ...(fromAnswers ?? [])].map(({ key }) => key))];
  const word = (of: RequestLineRow['answers'], key: string) => {
    const given = (of ?? []).find((one) => one.key === key);
    return given ? answerOf(definition, key, given.value) : '';
  };
  return {
    line: name,
    service: definition?.name.zh ?? '',
    unit: definition?.unit.zh ?? '',
    count: { from: fromCount ?? itemCount, to: itemCount },
    answers: keys.map((key) => ({
      label: questionOf(definition, key),
      from: word(fromAnswers ?? answers, key),
      to: word(answers, key),
    })),
  };
}
