import type { Change } from '../freezes/domain/freeze.js';
import type { ServerRow } from './servers.types.js';

/** What of a server a freeze may forbid, and by what it may be let through. */
export function changeOfServer({ centerId, id, systemId }: Pick<ServerRow, 'id' | 'centerId' | 'systemId'>): Change {
  const ofSystem = systemId === null ? [] : [{ type: 'System' as const, id: systemId }];
  return { centerIds: [centerId], subjects: [{ type: 'Server', id }, ...ofSystem] };
}
