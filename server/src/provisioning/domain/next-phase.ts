/** Decides what to do next in each situation of a machine, and how to say where it stands. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { OffReason } from '../../resources/domain/term.js';
import { type Facts, isBehind, isResized, type Situation, situationOf } from './situation.js';

export type Phase = 'PENDING' | 'CREATING' | 'RUNNING' | 'STOPPED' | 'DELETING' | 'GONE' | 'FAILED';

/**
 * What to do now; only one thing at a time, for the next look decides anew.
 * HALT: apply it so that nothing of it runs, whatever is wanted otherwise. END_INSTANCE: what runs ends, and the cluster starts another. READ: ask the cluster itself, not the kept view, for all of the machine's objects.
 */
export type Act = 'APPLY' | 'HALT' | 'END_INSTANCE' | 'REMOVE_MACHINE' | 'REMOVE_DISK' | 'KEEP_DISK' | 'READ' | 'NONE';

export interface Decision {
  readonly situation: Situation;
  readonly act: Act;
  readonly phase: Phase;
  readonly statusText: Bilingual;
  /** Of provisioning, 0 to 100, while it is known. */
  readonly progressPercent: number | null;
  /** A resize that was under way has been carried out. */
  readonly resized: boolean;
  /** A size that was granted takes effect by a restart alone, and nobody has agreed to one. */
  readonly asksForRestart: boolean;
  /** The machine is gone, and its disk is there to be kept. */
  readonly diskKept: boolean;
}

interface Row {
  /** APPLY_IF_DUE: only where the cluster's objects are behind, or healing is due. */
  readonly act: Act | 'APPLY_IF_DUE';
  readonly phase: Phase;
  readonly text: (facts: Facts) => Bilingual;
  readonly progress?: (facts: Facts) => number;
}

/** Sent 5, disk 10 to 80, start 85: where the time goes when a machine is made. */
const PROGRESS = { sent: 5, diskFrom: 10, diskTo: 80, starting: 85, noAddress: 95 } as const;

const OFF_TEXT: Readonly<Record<OffReason | 'NONE', Bilingual>> = {
  NONE: say('已关机', 'Stopped'),
  ASKED: say('已关机', 'Stopped'),
  TERM_OVER: say('已停机：使用期限已到', 'Stopped: its term is over'),
  IN_BIN: say('已停机：在回收站中', 'Stopped: it is in the recycle bin'),
};

/** Said alike before and after the objects are seen: applying them and seeing them is one piece of news, and one write. */
const SENT = {
  ...row('APPLY_IF_DUE', 'PENDING', '已下发到集群，等待处理', 'Sent to the cluster; waiting for it to begin'),
  progress: () => PROGRESS.sent,
};

const ROWS: Readonly<Record<Situation, Row>> = {
  TAKEN: row(
    'NONE',
    'FAILED',
    '集群中已有同名对象且不属于本资源，未作任何改动',
    'An object of this name in the cluster is not ours; nothing was touched',
  ),
  SUPERSEDED: row(
    'NONE',
    'PENDING',
    '集群中的对象属于更新的一次放置，未作任何改动',
    'The cluster holds a newer placement of this machine; nothing was touched',
  ),
  LEAVING: row(
    'NONE',
    'CREATING',
    '对象正被删除，删除完成后将重新创建',
    'Its objects are being deleted; it is made again when they are gone',
  ),
  REBUILD_DISK: row(
    'REMOVE_DISK',
    'CREATING',
    '磁盘内容不完整，正在从快照重建',
    'Its disk is torn; it is being made anew from a snapshot',
  ),
  REBUILD_WAIT: row(
    'NONE',
    'CREATING',
    '磁盘待从快照重建，虚拟机停机之前不作改动',
    'Its disk is to be made anew from a snapshot; nothing is touched while the machine is not halted',
  ),
  MISSING: { ...SENT, act: 'APPLY' },
  TAKE_OVER: row('APPLY', 'CREATING', '正在纳入管理，运行不受影响', 'Being taken over; it goes on running'),
  TAKE_OVER_CHANGED: row(
    'NONE',
    'FAILED',
    '集群中的规格或启停与批准时不同，未作任何改动，请先核对并改回',
    'Its size or power is not as it was approved; nothing was touched: look at it and put it back first',
  ),
  TAKEN_OVER_MISSING: row(
    'NONE',
    'STOPPED',
    '台账有、集群中找不到；原有虚拟机不会重新创建，请核实',
    'On record, but not found in the cluster; what the console did not make it does not make anew: a person must look',
  ),
  SENT,
  IMPORT_FAILED: {
    act: 'APPLY_IF_DUE',
    phase: 'FAILED',
    text: ({ seen }) =>
      say(
        `系统盘导入失败：${seen.disk?.trouble ?? '原因未知'}`,
        `The disk could not be imported: ${seen.disk?.trouble ?? 'reason unknown'}`,
      ),
  },
  IMPORT_WAITING: {
    ...row('APPLY_IF_DUE', 'CREATING', '系统盘等待创建', 'The disk waits to be made'),
    progress: () => PROGRESS.diskFrom,
  },
  IMPORTING: {
    act: 'APPLY_IF_DUE',
    phase: 'CREATING',
    text: ({ seen }) =>
      seen.disk?.percent === undefined
        ? say('正在导入系统盘', 'Importing the disk')
        : say(`正在导入系统盘 ${seen.disk.percent}%`, `Importing the disk, ${seen.disk.percent}%`),
    progress: ({ seen }) =>
      PROGRESS.diskFrom + Math.floor(((seen.disk?.percent ?? 0) * (PROGRESS.diskTo - PROGRESS.diskFrom)) / 100),
  },
  DISK_TROUBLE: row(
    'APPLY_IF_DUE',
    'CREATING',
    '系统盘暂不可用，集群正在重试',
    'The disk cannot be used yet; the cluster keeps trying',
  ),
  UNSCHEDULABLE: row('APPLY_IF_DUE', 'CREATING', '暂无节点可以放置，等待资源', 'No node has room for it now; it waits'),
  START_FAILED: row(
    'APPLY_IF_DUE',
    'FAILED',
    '反复启动失败，集群仍在重试',
    'It fails to start again and again; the cluster keeps trying',
  ),
  RESIZE_LIVE: row(
    'APPLY_IF_DUE',
    'RUNNING',
    '正在在线调整规格，业务不中断',
    'Being resized while it runs; nothing is interrupted',
  ),
  RESIZE_ASKS: row(
    'APPLY_IF_DUE',
    'RUNNING',
    '新规格不能在线生效，等待重启：请在业务方便时重启',
    'Its new size cannot take effect while it runs: restart it when it suits',
  ),
  RESIZE_STOP: row('HALT', 'RUNNING', '正在关机以调整规格', 'Shutting down to be resized'),
  RESIZE_STOPPING: row('NONE', 'RUNNING', '正在关机以调整规格', 'Shutting down to be resized'),
  RESIZE_START: row('APPLY', 'CREATING', '规格已调整，正在重新启动', 'Resized; starting again'),
  // Its disks are the cluster's until it says that they are back: whatever it looks like meanwhile, nothing is applied.
  RESTORING: row('NONE', 'STOPPED', '正在从快照恢复', 'A snapshot is being restored'),
  RESTART: row('END_INSTANCE', 'RUNNING', '正在重启', 'Restarting'),
  RESTARTING: row('NONE', 'CREATING', '正在重启', 'Restarting'),
  STARTING: { ...row('APPLY_IF_DUE', 'CREATING', '正在启动', 'Starting'), progress: () => PROGRESS.starting },
  STOPPING: row('APPLY_IF_DUE', 'STOPPED', '正在关机', 'Shutting down'),
  STOPPED: {
    act: 'APPLY_IF_DUE',
    phase: 'STOPPED',
    text: ({ desired }) =>
      desired.standby && !desired.off
        ? say('已就绪，灾备待命（关机）', 'Ready, halted as a standby')
        : OFF_TEXT[desired.off ?? 'NONE'],
  },
  // Nothing is concluded from not knowing: no phase that would deliver it.
  NODE_LOST: row(
    'APPLY_IF_DUE',
    'STOPPED',
    '所在节点失去联系，运行状态未知',
    'Its node is lost; whether it runs is unknown',
  ),
  PAUSED: row('APPLY_IF_DUE', 'RUNNING', '已暂停', 'Paused'),
  MIGRATING: row('APPLY_IF_DUE', 'RUNNING', '运行中，正在热迁移', 'Running; moving to another node'),
  RUNNING_WITHOUT_ADDRESS: {
    ...row('APPLY_IF_DUE', 'CREATING', '已启动，等待网络地址', 'Started; waiting for an address'),
    progress: () => PROGRESS.noAddress,
  },
  RUNNING: row('APPLY_IF_DUE', 'RUNNING', '运行中', 'Running'),
  RELEASE_TAKEN: row(
    'NONE',
    'DELETING',
    '集群中的同名对象不属于本资源，未作删除，需人工核实',
    'The object of this name is not ours; nothing was deleted, a person must look',
  ),
  RELEASE_SUPERSEDED: row(
    'NONE',
    'DELETING',
    '集群中的对象属于更新的一次放置，未作删除',
    'The cluster holds a newer placement; nothing was deleted',
  ),
  RELEASE_MACHINE: row('REMOVE_MACHINE', 'DELETING', '正在关机并删除虚拟机', 'Shutting down and deleting the machine'),
  RELEASE_MACHINE_WAIT: row('NONE', 'DELETING', '正在关机并删除虚拟机', 'Shutting down and deleting the machine'),
  RELEASE_INSTANCE_WAIT: row(
    'NONE',
    'DELETING',
    '虚拟机已删除，等待其运行实例退出',
    'The machine is deleted; waiting for its instance to end',
  ),
  RELEASE_KEEP_DISK: row(
    'KEEP_DISK',
    'DELETING',
    '虚拟机已删除，正在标记保留的磁盘',
    'The machine is deleted; its disk is being marked as kept',
  ),
  RELEASE_DISK: row(
    'REMOVE_DISK',
    'DELETING',
    '虚拟机已删除，正在删除系统盘',
    'The machine is deleted; deleting its disk',
  ),
  RELEASE_DISK_WAIT: row(
    'NONE',
    'DELETING',
    '虚拟机已删除，正在删除系统盘',
    'The machine is deleted; deleting its disk',
  ),
  RELEASE_STUCK: row(
    'NONE',
    'DELETING',
    '删除已超过15分钟未完成，需人工核实',
    'Deletion has taken more than 15 minutes; a person must look',
  ),
  RELEASE_READ: row('READ', 'DELETING', '正在向集群核实是否已全部删除', 'Reading at the cluster whether all is gone'),
  RELEASED: row('NONE', 'GONE', '已释放', 'Released'),
  RELEASED_DISK_KEPT: row('NONE', 'GONE', '已释放，磁盘继续保留', 'Released; its disk is kept'),
};

function row(act: Row['act'], phase: Phase, zh: string, en: string): Row {
  const text = say(zh, en);
  return { act, phase, text: () => text };
}

const HELD = {
  SNAPSHOT: say('正在创建快照，完成后继续', 'A snapshot is being made; it goes on afterwards'),
  RESTORE: say('集群正在恢复快照，完成后继续', 'The cluster restores a snapshot; it goes on afterwards'),
} as const;

export function nextPhase(facts: Facts): Decision {
  const situation = situationOf(facts);
  const { act, phase, progress, text } = ROWS[situation];
  const due = act === 'APPLY_IF_DUE' ? (isBehind(facts) || facts.healingDue ? 'APPLY' : 'NONE') : act;
  // KubeVirt would refuse it; the change that ends the holding is seen, and it is looked at again.
  const held = due === 'APPLY' || due === 'HALT' || due === 'END_INSTANCE' ? facts.seen.machine?.heldFor : null;
  return {
    situation,
    act: held ? 'NONE' : due,
    phase,
    statusText: held && (isBehind(facts) || due !== 'APPLY') ? HELD[held] : text(facts),
    progressPercent: progress?.(facts) ?? null,
    resized: isResized(facts),
    asksForRestart: situation === 'RESIZE_ASKS',
    diskKept: situation === 'RELEASED_DISK_KEPT',
  };
}
