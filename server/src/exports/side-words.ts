import type { StatementSide } from '../accounting/statements.service.js';
import type { TenantScope } from '../kernel/viewer.js';

/** Whose costs a summary is of: who sees less than the province has one side only, and it is his. */
export function sideWords(scope: TenantScope, side: StatementSide): string {
  if (scope.kind !== 'PROVINCE') return '';
  return side === 'CITIES' ? '设区市' : '省级';
}
