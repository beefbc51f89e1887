/** Decides whether a system's 安全可靠情况说明 (what of its processors, operating systems and databases is domestic, 信创) is well-formed. */
import { say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { FieldChecks, isCalendarDate, typed } from './field-checks.js';

/** What is looked at (安全可靠测评 covers processors, operating systems and databases). */
export const RELIABILITY_PARTS = ['CPU', 'OS', 'DATABASE'] as const;
export type ReliabilityPart = (typeof RELIABILITY_PARTS)[number];

/** One product that the system uses. */
export interface ReliabilityEntry {
  readonly part: ReliabilityPart;
  /** As its maker calls it, e.g. "鲲鹏 920", "银河麒麟 V10". */
  readonly product: string;
  readonly domestic: boolean;
  /** Why it is not domestic; null where it is. */
  readonly reason: string | null;
}

/** What a department states of a system: the signed file, its last day, and product by product. */
export interface Reliability {
  readonly reliabilityFileId: string | null;
  readonly reliabilityValidUntil: CalendarDate | null;
  readonly reliabilityEntries: readonly ReliabilityEntry[];
}

/** A system that runs on more products than that is several systems. */
export const ENTRIES_MAX = 20;
const PRODUCT_LENGTH_MAX = 80;
export const REASON_LENGTH_MAX = 200;
/** A system without a database states none; without a processor and an operating system it is no system. */
const NEEDED: readonly ReliabilityPart[] = ['CPU', 'OS'];

export function checkReliability(
  entries: readonly ReliabilityEntry[],
  validUntil: string,
  today: CalendarDate,
): Result<readonly ReliabilityEntry[], readonly Refusal[]> {
  const checks = new FieldChecks([]);
  checks.date('validUntil', validUntil);
  if (isCalendarDate(validUntil) && validUntil <= today)
    checks.refuse('validUntil', 'future', say('有效期须晚于今天', 'It must be valid beyond today'));
  if (entries.length === 0 || entries.length > ENTRIES_MAX)
    checks.refuse(
      'entries',
      'range',
      say(`请填写 1 至 ${ENTRIES_MAX} 项产品`, `1 to ${ENTRIES_MAX} products are needed`),
    );
  const kept = entries.slice(0, ENTRIES_MAX).map((entry) => ({
    ...entry,
    product: entry.product.trim(),
    reason: entry.domestic ? null : typed(entry.reason),
  }));
  kept.forEach(({ product, domestic, reason }, index) => {
    checks.text(['entries', String(index), 'product'], product, PRODUCT_LENGTH_MAX);
    if (!domestic) checks.text(['entries', String(index), 'reason'], reason ?? '', REASON_LENGTH_MAX);
  });
  for (const part of NEEDED)
    if (entries.length > 0 && !kept.some((entry) => entry.part === part))
      checks.refuse('entries', 'incomplete', part === 'CPU' ? CPU_MISSING : OS_MISSING);
  return checks.refusals.length > 0 ? refuse(checks.refusals) : ok(kept);
}

const CPU_MISSING = say('请至少填写一项处理器', 'Name one processor at least');
const OS_MISSING = say('请至少填写一项操作系统', 'Name one operating system at least');
