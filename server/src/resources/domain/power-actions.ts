/** Decides which acts on a running machine may be done now, by where it stands, and says of each that may not why not. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { ResourceManagement } from './management.js';
import type { ResourceState } from './resource-state.js';

export const WISHED_POWERS = ['ON', 'OFF'] as const;
/** What whoever operates it last asked for; its term, the bin and standing by overrule it. */
export type WishedPower = (typeof WISHED_POWERS)[number];

export const POWER_ACTIONS = ['START', 'STOP', 'RESTART'] as const;
export type PowerAction = (typeof POWER_ACTIONS)[number];

export const OPERATIONS = [...POWER_ACTIONS, 'SNAPSHOT', 'RESTORE_SNAPSHOT', 'CONSOLE', 'ATTACH_DISK'] as const;
/** All that is done to a machine that goes on living. */
export type Operation = (typeof OPERATIONS)[number];

export interface OperatedMachine {
  readonly state: ResourceState;
  readonly management: ResourceManagement;
  readonly power: 'RUNNING' | 'STARTING' | 'STOPPED' | 'STOPPING' | 'UNKNOWN';
  readonly wishedPower: WishedPower;
  readonly standby: boolean;
  readonly termOverAt: Date | null;
  readonly openChangeCode: string | null;
  /** Not null while a resize is being carried out. */
  readonly formerVcpu: number | null;
  /** What runs of it, as it was seen last; null = nothing does. */
  readonly instanceUid: string | null;
  /** What shall end and be started anew. */
  readonly restartUid: string | null;
  /** The snapshot that its disks are being brought back to. */
  readonly restoringSnapshotId: string | null;
}

export type WhyNot =
  | 'NOT_DRIVEN'
  | 'NOT_IN_USE'
  | 'IN_BIN'
  | 'TERM_OVER'
  | 'STANDBY'
  | 'RESIZING'
  | 'RESTORING'
  | 'ALREADY_ON'
  | 'ALREADY_OFF'
  | 'RESTARTING'
  | 'NOT_RUNNING'
  | 'STOP_FIRST'
  | 'CHANGE_OPEN';

/** null = it may be done now. */
export function whyNot(machine: OperatedMachine, operation: Operation): WhyNot | null {
  return ofItsLife(machine) ?? ofItsSize(machine, operation) ?? BY_OPERATION[operation](machine);
}

/** A resize may wait for the restart that somebody asks for: it ends with that, or with a stop. */
const WHILE_RESIZING: readonly Operation[] = ['STOP', 'RESTART', 'CONSOLE'];

function ofItsSize(machine: OperatedMachine, operation: Operation): WhyNot | null {
  if (machine.formerVcpu !== null && !WHILE_RESIZING.includes(operation)) return 'RESIZING';
  return machine.restoringSnapshotId === null ? null : 'RESTORING';
}

/** Whatever is asked: who overrules those who operate it, in the order in which it is said. */
function ofItsLife(machine: OperatedMachine): WhyNot | null {
  if (machine.management !== 'DRIVEN') return 'NOT_DRIVEN';
  if (machine.state === 'IN_BIN') return 'IN_BIN';
  if (machine.state !== 'IN_USE') return 'NOT_IN_USE';
  if (machine.termOverAt !== null) return 'TERM_OVER';
  return machine.standby ? 'STANDBY' : null;
}

const BY_OPERATION: { readonly [O in Operation]: (machine: OperatedMachine) => WhyNot | null } = {
  START: ({ wishedPower }) => (wishedPower === 'ON' ? 'ALREADY_ON' : null),
  STOP: ({ wishedPower }) => (wishedPower === 'OFF' ? 'ALREADY_OFF' : null),
  RESTART: (machine) => {
    if (machine.wishedPower === 'OFF') return 'ALREADY_OFF';
    if (isRestarting(machine)) return 'RESTARTING';
    // What shall end is named by its identity; of what is not seen there is none to name.
    return machine.power === 'RUNNING' && machine.instanceUid !== null ? null : 'NOT_RUNNING';
  },
  SNAPSHOT: () => null,
  // The disks come back as they were then; a change that waits was judged by how they are now.
  RESTORE_SNAPSHOT: ({ openChangeCode, power, wishedPower }) => {
    if (openChangeCode !== null) return 'CHANGE_OPEN';
    return wishedPower === 'OFF' && power === 'STOPPED' ? null : 'STOP_FIRST';
  },
  // Its list of disks is read when it starts.
  ATTACH_DISK: ({ power, wishedPower }) => (wishedPower === 'OFF' && power === 'STOPPED' ? null : 'STOP_FIRST'),
  CONSOLE: ({ power }) => (power === 'RUNNING' ? null : 'NOT_RUNNING'),
};

/** Until another instance of it runs. */
export function isRestarting({
  instanceUid,
  restartUid,
}: Pick<OperatedMachine, 'instanceUid' | 'restartUid'>): boolean {
  return restartUid !== null && (instanceUid === null || instanceUid === restartUid);
}

export function sayWhyNot(machine: Pick<OperatedMachine, 'openChangeCode'>, why: WhyNot): Bilingual {
  if (why !== 'CHANGE_OPEN') return WORDS[why];
  const code = machine.openChangeCode ?? '';
  return say(
    `变更申请 ${code} 正在办理，请等它办结或先撤回`,
    `${code} is changing it; wait for its end or withdraw it`,
  );
}

const WORDS: { readonly [W in Exclude<WhyNot, 'CHANGE_OPEN'>]: Bilingual } = {
  NOT_DRIVEN: say('不由集云驱动，请在所在平台操作', 'The console does not drive it; do it on its platform'),
  NOT_IN_USE: say('尚未开通，或已在释放', 'It is not delivered yet, or is being released'),
  IN_BIN: say('在回收站中保持关机，请先恢复', 'It is kept off in the recycle bin; restore it first'),
  TERM_OVER: say('使用期限已到，保持关机，请先延期', 'Its term is over and it is kept off; extend it first'),
  STANDBY: say('灾备待命，切换时才开机', 'It stands by and starts only when it is promoted'),
  RESIZING: say('正在调整规格，请等它完成', 'It is being resized; wait for the end'),
  RESTORING: say('正在从快照恢复，请等它完成', 'A snapshot is being restored; wait for the end'),
  ALREADY_ON: say('已开机或正在开机', 'It is on, or starting'),
  ALREADY_OFF: say('已关机，请直接开机', 'It is off; start it instead'),
  RESTARTING: say('正在重启', 'It is being restarted'),
  NOT_RUNNING: say('没有在运行', 'It is not running'),
  STOP_FIRST: say('请先关机，等它停稳再办', 'Stop it first and wait until it stands still'),
};

export function refusalOf(
  machine: Pick<OperatedMachine, 'openChangeCode' | 'state'>,
  operation: Operation,
  why: WhyNot,
): Refusal {
  const message = sayWhyNot(machine, why);
  if (why === 'NOT_IN_USE' || why === 'IN_BIN')
    return { code: 'ILLEGAL_TRANSITION', path: [], state: machine.state, action: operation, message };
  return { code: 'NOT_PERMITTED', path: [], reason: why, message };
}

/** What a page offers of it; nothing where it is not the console's to operate. */
export function powerOffers(machine: OperatedMachine, mayOperate: boolean) {
  if (!mayOperate || machine.management !== 'DRIVEN' || machine.state !== 'IN_USE') return [];
  return [...POWER_ACTIONS, 'CONSOLE' as const].map((action) => {
    const why = whyNot(machine, action);
    return { action, disabled: why && sayWhyNot(machine, why) };
  });
}
