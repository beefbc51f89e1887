/** Decides when a password that was lost is set anew, and how far a machine's guest has got with it. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Rights } from '../../kernel/viewer.js';
import type { FirstLogin } from './first-login.js';

export const RESET_REASON_MAX = 500;
/** Where and how it shows; beyond that a person must look. */
export const RESET_STAGES = ['SENDING', 'RESTART', 'OFF', 'NO_AGENT', 'REFUSED', 'SETTING', 'SET', 'OVER'] as const;
/**
 * SENDING: the cluster does not have it yet. RESTART: the machine was started before it could take a password, and must be
 * started anew. OFF: it does not run. NO_AGENT: nobody in the guest answers. REFUSED: the guest did not take it. SETTING: it
 * has it and needs a moment. SET: the password holds. OVER: it was handed over, or destroyed.
 */
export type ResetStage = (typeof RESET_STAGES)[number];

/**
 * A node hands a changed Secret to a machine that runs within its sync period, a minute by default, and the guest agent
 * takes it up after that; KubeVirt does not say of which Secret its "synchronized" speaks.
 */
export const RESET_SETTLES_MS = 2 * 60_000;

export interface LoginReset {
  readonly resourceId: string;
  readonly number: number;
  /** Whom it is handed to; null = asked before this was kept, and the request's applicant's. */
  readonly askedById: string | null;
  readonly appliedAt: Date | null;
  readonly expiresAt: Date;
  readonly revealedAt: Date | null;
  readonly destroyedAt: Date | null;
}

/** What a cluster last said of the machine. */
export interface MachineNow {
  readonly state: string;
  readonly management: string;
  readonly power: string;
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly message: string | null;
    readonly since: string | null;
  }[];
}

export function isResetOpen(reset: LoginReset): boolean {
  return reset.revealedAt === null && reset.destroyedAt === null;
}

/** How far a reset is, with what keeps it in the cluster's own words. */
export function stageOfReset(
  reset: LoginReset,
  machine: MachineNow,
  now: Date,
): { readonly stage: ResetStage; readonly text: Bilingual } {
  const stage = (name: ResetStage, zh: string, en: string) => ({ stage: name, text: say(zh, en) });
  if (!isResetOpen(reset))
    return reset.revealedAt
      ? stage('OVER', '新口令已领取', 'The new password was fetched')
      : stage('OVER', '新口令逾期未领取，已销毁', 'Nobody fetched the new password; it was destroyed');
  if (reset.appliedAt === null)
    return stage('SENDING', '正在下发到集群', 'On its way to the cluster; the old password still holds');
  if (machine.power !== 'RUNNING')
    return stage('OFF', '虚拟机未运行，开机后设置', 'The machine does not run; it is set when it does');
  const condition = (type: string) => machine.conditions.find((each) => each.type === type);
  const agent = condition('AgentConnected');
  const synchronized = condition('AccessCredentialsSynchronized');
  if (synchronized === undefined && condition('RestartRequired')?.status === 'True')
    return stage(
      'RESTART',
      '虚拟机须重启一次才能接受新口令，请在合适的时候重启',
      'The machine must be restarted once before it can take a password; restart it when it suits',
    );
  if (agent?.status !== 'True')
    return stage(
      'NO_AGENT',
      `系统内的代理（qemu-guest-agent）未连接，连接后自动设置${because(agent?.message)}`,
      `The guest agent (qemu-guest-agent) is not connected; it is set as soon as it is${because(agent?.message)}`,
    );
  if (synchronized?.status === 'False')
    return stage(
      'REFUSED',
      `系统内未能设置新口令${because(synchronized.message)}`,
      `The guest did not take the new password${because(synchronized.message)}`,
    );
  const from = Math.max(reset.appliedAt.getTime(), agent.since === null ? 0 : Date.parse(agent.since));
  if (synchronized?.status !== 'True' || now.getTime() - from < RESET_SETTLES_MS)
    return stage('SETTING', '系统内正在设置，约需 2 分钟', 'The guest is setting it, which takes some 2 minutes');
  return stage('SET', '新口令已生效，待领取', 'The new password holds and is to be fetched');
}

function because(message: string | null | undefined): string {
  return message ? `（${message}）` : '';
}

/**
 * Whoever has the machine's business: a machine outlives the request that brought it, and the person who wrote that. So any
 * 经办人 of the department that holds its system, by his own place or by a membership; neither its head, who decides and
 * does not operate, nor a vendor's staff, to whom a department hands a password itself.
 */
export function holdsBusinessOf(departmentId: string, viewer: Rights): boolean {
  return [viewer, ...(viewer.elsewhere ?? [])].some(
    (rights) =>
      rights.departmentId === departmentId &&
      // The right that an applicant has in one department, and a head in a tree of them.
      rights.permissions.some(
        ({ object, action, scope }) => object === 'RESOURCE' && action === 'RELEASE' && scope === 'OWN_DEPARTMENT',
      ),
  );
}

/** Whom a reset is handed to: who asked for it, and so is the one who is told and knows why. */
export function takerOf({ askedById }: Pick<LoginReset, 'askedById'>, applicantId: string): string {
  return askedById ?? applicantId;
}

/** An open reset of another: its password would wait for somebody who may have gone. Asked anew, the newer one holds. */
export function isReplaceable(latest: LoginReset | null, asker: Pick<Asker, 'viewerId' | 'applicantId'>): boolean {
  return latest !== null && isResetOpen(latest) && takerOf(latest, asker.applicantId) !== asker.viewerId;
}

interface Asker {
  readonly applicantId: string;
  readonly viewerId: string;
  readonly now: Date;
}

/** null = this viewer may have another password set now. */
export function resetObstacle(
  login: FirstLogin | null,
  latest: LoginReset | null,
  machine: MachineNow,
  asker: Asker & { readonly holdsBusiness: boolean },
): Refusal | null {
  if (!asker.holdsBusiness)
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'APPLICANT_ONLY',
      message: say('口令由使用单位的经办人重置', 'An applicant of the department that uses it has its password reset'),
    };
  if (machine.management !== 'DRIVEN' || machine.state !== 'IN_USE')
    return illegal(
      machine.state,
      '只有集云管理且在用的虚拟机可以重置口令',
      'Only a machine that the console drives and that is in use can be reset',
    );
  if (!login)
    return illegal(
      'NONE',
      '这台资源没有由集云设置的初始口令，账号由系统内管理',
      'The console has set no first password of this machine; its accounts are kept inside',
    );
  if (!login.revealedAt && !login.destroyedAt && login.expiresAt > asker.now)
    return illegal('READY', '初始口令尚未领取，无须重置', 'The first password was not fetched yet; fetch it');
  if (latest && isResetOpen(latest) && !isReplaceable(latest, asker))
    return illegal(
      'RESETTING',
      '上一次重置尚未完成，完成后在此领取',
      'A reset is under way; its password is fetched here',
    );
  return null;
}

/** Beside the reasons of a first password: it must hold in the guest before anybody is shown it. */
export function revealResetObstacle(reset: LoginReset, machine: MachineNow, asker: Asker): Refusal | null {
  if (asker.viewerId !== takerOf(reset, asker.applicantId))
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'ASKER_ONLY',
      message: say(
        '新口令只交给申请重置的人；他已不在岗的，可由本单位经办人重新申请',
        'The new password is handed to who asked for it alone; if he has left, another applicant of the department asks anew',
      ),
    };
  const { stage, text } = stageOfReset(reset, machine, asker.now);
  if (stage === 'SET') return null;
  return { code: 'ILLEGAL_TRANSITION', path: [], state: stage, action: 'REVEAL', message: text };
}

export function checkResetReason(reason: string): Refusal[] {
  const { length } = reason.trim();
  if (length > 0 && length <= RESET_REASON_MAX) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say(
        `请填写重置原因，1 至 ${RESET_REASON_MAX} 字`,
        `Give a reason of 1 to ${RESET_REASON_MAX} characters`,
      ),
    },
  ];
}

function illegal(state: string, zh: string, en: string): Refusal {
  return { code: 'ILLEGAL_TRANSITION', path: [], state, action: 'RESET', message: say(zh, en) };
}
