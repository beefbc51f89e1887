/** Decides whether what a backup platform tells can be taken: all of it or none, each fault named by its place. */

import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { PushFault } from '../../kernel/push-fault.js';
import { type BackupRun, checkRun } from './backup.js';

export interface BackupSignal extends BackupRun {
  /** By its code, as it stands in the platform's job. */
  readonly backup: string;
}

/** A night of a province in a few calls, each in one short transaction. */
export const SIGNALS_MAX = 200;
const CODE = /^BF-\d{4}-\d{6,}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

export function parseSignals(
  body: unknown,
  now: Date,
): { readonly signals: readonly BackupSignal[]; readonly faults: readonly PushFault[] } {
  const list = isObject(body) ? body.runs : undefined;
  if (!Array.isArray(list) || list.length < 1 || list.length > SIGNALS_MAX)
    return {
      signals: [],
      faults: [fault(null, 'runs', say(`须有 1 至 ${SIGNALS_MAX} 条结果`, `1 to ${SIGNALS_MAX} runs are wanted`))],
    };
  const signals: BackupSignal[] = [];
  const faults: PushFault[] = [];
  for (const [index, item] of list.entries()) {
    const read = parseOne(item, index);
    if ('field' in read) {
      faults.push(read);
      continue;
    }
    const wrong = checkRun(read, now);
    faults.push(...wrong.map((each) => fault(index, String(each.path[0]), each.message)));
    if (wrong.length === 0) signals.push(read);
  }
  return { signals, faults };
}

function parseOne(item: unknown, index: number): BackupSignal | PushFault {
  if (!isObject(item)) return fault(index, 'runs', say('结果须为对象', 'A run is an object'));
  const { backup, endedAt, result, sizeMib = null, note = null } = item;
  if (typeof backup !== 'string' || !CODE.test(backup))
    return fault(index, 'backup', say('备份编号如 BF-2026-000001', 'A code such as BF-2026-000001'));
  const at = typeof endedAt === 'string' && TIME.test(endedAt) ? new Date(endedAt) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime()))
    return fault(index, 'endedAt', say('时间须含时区，如 2026-11-29T02:30:00+08:00', 'A time with its zone'));
  if (result !== 'SUCCEEDED' && result !== 'FAILED')
    return fault(index, 'result', say('结果为 SUCCEEDED 或 FAILED', 'SUCCEEDED or FAILED'));
  if (sizeMib !== null && typeof sizeMib !== 'number')
    return fault(index, 'sizeMib', say('数据量须为整数 MiB', 'The size is a whole number of MiB'));
  if (note !== null && typeof note !== 'string') return fault(index, 'note', say('说明须为文本', 'The note is a text'));
  return { backup, endedAt: at, result, sizeMib, note };
}

function fault(index: number | null, field: string, message: Bilingual): PushFault {
  return { index, field, message };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
