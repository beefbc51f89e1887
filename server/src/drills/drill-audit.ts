import type { AuditFact } from '../audit/audit.types.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { DrillRow } from './drills.types.js';

export function factOf(
  row: Pick<DrillRow, 'id' | 'code' | 'departmentId'>,
  what: Bilingual,
  after: unknown,
  before: unknown = null,
): AuditFact {
  return {
    objectType: 'DrDrill',
    objectId: row.id,
    departmentId: row.departmentId,
    summary: say(`${row.code} ${what.zh}`, `${row.code}: ${what.en}`),
    before,
    after,
  } as AuditFact;
}
