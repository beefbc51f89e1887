import { Injectable } from '@nestjs/common';
import { HolderZones } from '../cabinets/holder-zones.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { LineTermRow } from '../requests/line-terms.types.js';
import { ServersService } from '../servers/servers.service.js';

/** Whether what was taken in is still its system's: a server that is used by it, a device that stands in its cabinet. */
@Injectable()
export class TakenInThings {
  constructor(
    private readonly servers: ServersService,
    private readonly places: HolderZones,
  ) {}

  /** Ids of the terms whose thing is still used: two statements, however many. */
  async stillUsed(rows: readonly LineTermRow[], tx?: Tx): Promise<ReadonlySet<string>> {
    const subjects = (kind: LineTermRow['takenInKind']) =>
      rows.flatMap(({ subjectId, takenInKind }) => (takenInKind === kind ? (subjectId ?? []) : []));
    const [uses, standing] = [
      await this.servers.usesOf(subjects('SERVER'), tx),
      await this.places.of(subjects('CABINET'), tx),
    ];
    const isUsed = ({ subjectId, systemId, takenInKind }: LineTermRow): boolean =>
      takenInKind === 'SERVER' ? uses.get(subjectId ?? '')?.systemId === systemId : standing.has(subjectId ?? '');
    return new Set(rows.filter(isUsed).map(({ lineId }) => lineId));
  }
}
