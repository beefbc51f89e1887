import { figure, METER_WORDS, type QuotaSubject, type SomeAmounts } from '../quotas/domain/quota.js';
import type { QuotasAround } from '../quotas/quota-settings.service.js';
import type { EvaluationRow } from './performance.types.js';

export function subjectOf({ kind, subjectId, subjectName, departmentId }: EvaluationRow): QuotaSubject {
  return { level: kind, id: subjectId, name: subjectName, departmentId };
}

export function aboveOf({ above, own }: QuotasAround, subject: QuotaSubject): readonly QuotaSubject[] {
  return subject.level === 'SYSTEM' ? [...above, own] : above;
}

/** A system has nothing beneath it. */
export function beneathOf({ beneath }: QuotasAround, subject: QuotaSubject): readonly QuotaSubject[] {
  return subject.level === 'SYSTEM' ? [] : beneath;
}

const LABEL_LENGTH_MAX = 200;

export function labelOf(amounts: SomeAmounts, sign: string): string {
  const parts = (Object.entries(amounts) as [keyof typeof METER_WORDS, number][]).map(
    ([meter, amount]) => `${METER_WORDS[meter].zh} ${sign}${figure(meter, amount)}`,
  );
  return parts.join('，').slice(0, LABEL_LENGTH_MAX);
}
