import type { Done } from '../audit/audit.types.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { NamedLineTerm } from '../requests/line-terms.types.js';

/** The answer and the audit row of an act on the term of a line. */
export function lineDone(
  { lineId, departmentId }: NamedLineTerm,
  summary: Bilingual,
  before: Record<string, string | number | boolean | null> | null,
  after: Record<string, string | number | boolean | null>,
): Done<{ id: string }> {
  return {
    value: { id: lineId },
    audit: { objectType: 'RequestLine', objectId: lineId, departmentId, summary, before, after },
  };
}
