/** Decides what is said of a machine that the console observes and does not drive: it never asks for anything to be done. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { OffReason } from '../../resources/domain/term.js';
import type { Phase } from './next-phase.js';
import type { Seen } from './observe.js';

export interface ObservedState {
  readonly phase: Phase;
  readonly statusText: Bilingual;
  readonly actual: {
    readonly presence: 'SEEN' | 'MISSING';
    readonly vcpu: number | null;
    readonly memoryMib: number | null;
  };
}

const OFF_WISH: Readonly<Record<OffReason, Bilingual>> = {
  ASKED: say('；已要求关机，请自行停机', '; it is asked to be off: switch it off where it runs'),
  TERM_OVER: say('；使用期限已到，请自行停机', '; its term is over: switch it off where it runs'),
  IN_BIN: say('；已在回收站，请自行停机', '; it is in the recycle bin: switch it off where it runs'),
};

/**
 * @param wanted ABSENT: the record was given back; the object is nobody's business here any more.
 * @param off The record says that it should be off; the console switches nothing here, but says so.
 */
export function observeOnly(seen: Seen, wanted: 'PRESENT' | 'ABSENT', off: OffReason | null = null): ObservedState {
  const { machine } = seen;
  const actual = {
    presence: machine ? ('SEEN' as const) : ('MISSING' as const),
    vcpu: machine?.vcpu ?? null,
    memoryMib: machine?.memoryMib ?? null,
  };
  if (wanted === 'ABSENT')
    return {
      actual,
      phase: 'GONE',
      statusText: say('已退出纳管，集群中的对象未作改动', 'No longer observed; its object was left as it is'),
    };
  if (!machine)
    return {
      actual,
      // Nothing ends because an object was not seen.
      phase: 'STOPPED',
      statusText: say('台账有、集群中找不到，请核实', 'On record, but not found in the cluster; a person must look'),
    };
  const wish = off === null ? say('', '') : OFF_WISH[off];
  return seen.instance?.phase === 'Running'
    ? {
        actual,
        phase: 'RUNNING',
        statusText: say(`运行中（只读纳管）${wish.zh}`, `Running (observed only)${wish.en}`),
      }
    : { actual, phase: 'STOPPED', statusText: say('未运行（只读纳管）', 'Not running (observed only)') };
}
