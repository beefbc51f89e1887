/** Decides who hears that an execution waits for them: for a signature, for a step that is a person's, or since it stands still. */
import { say } from '../../kernel/bilingual.js';
import type { Audience, Notice, RoleAudience } from '../../kernel/notice.js';
import type { ExecutionState } from './execution-state.js';
import type { ExecutionKind, StepAction, StepKind } from './execution-words.js';
import type { StepState } from './step-state.js';

export interface WaitingExecution {
  readonly id: string;
  readonly code: string;
  readonly kind: ExecutionKind;
  readonly state: ExecutionState;
  readonly groupName: string;
  readonly departmentId: string;
  readonly requestedById: string;
  readonly requestedBy: string;
  readonly pausedAt: Date | null;
}

export interface WaitingStep {
  readonly id: string;
  readonly number: number;
  readonly kind: StepKind;
  readonly action: StepAction;
  readonly state: StepState;
  /** Grows with whatever is done to it: sent back, handed in again, handed over once more. */
  readonly version: number;
  readonly doneById: string | null;
}

const KIND = {
  SWITCHOVER: say('计划内切换', 'Planned switchover'),
  FAILOVER: say('灾难切换', 'Failover'),
  FAILBACK: say('回切', 'Failback'),
} as const satisfies { readonly [K in ExecutionKind]: unknown };

const everywhere = (role: RoleAudience['role']): RoleAudience => ({ role, departmentId: null });
const OPERATORS = [everywhere('DR_OPERATOR'), everywhere('DUTY_ENGINEER')];
/** Besides the head of the department whose system it is. */
const SIGNERS = [everywhere('LEADER'), everywhere('DR_OPERATOR'), everywhere('CLOUD_AUTHORITY')];

/** Each once: what is waited for has a name of its own, however often it is looked at. @param signedIds who has approved it. */
export function waitsOf(
  execution: WaitingExecution,
  steps: readonly WaitingStep[],
  signedIds: readonly string[],
): Notice[] {
  const { code, departmentId, groupName, kind, pausedAt, requestedBy, requestedById, state } = execution;
  const owner: RoleAudience = { role: 'DEPARTMENT_HEAD', departmentId };
  const tell = (key: string, audience: Audience, zh: string, en: string): Notice => ({
    kind: 'WORK_WAITING',
    subject: { type: 'DrExecution', id: execution.id },
    audience,
    text: say(`【${KIND[kind].zh}】${groupName} ${zh}（${code}）`, `[${KIND[kind].en}] ${groupName}: ${en} (${code})`),
    onceKey: `dr-execution/${execution.id}/${key}`,
  });
  if (state === 'DRAFT')
    return [
      tell(
        'sign',
        { roles: [...SIGNERS, owner], except: [requestedById, ...signedIds] },
        `由 ${requestedBy} 发起，待批准`,
        `asked for by ${requestedBy}, awaits approval`,
      ),
    ];
  if (pausedAt !== null)
    return [
      tell(
        `paused/${pausedAt.getTime()}`,
        { roles: OPERATORS, userIds: [requestedById] },
        '已暂停，等人决定如何继续',
        'stands still until somebody says how it goes on',
      ),
    ];
  return steps.flatMap((step) => {
    const { action, doneById, id, kind: by, number, version } = step;
    if (step.state === 'AWAITS_CHECK')
      return [
        tell(
          `check/${id}/${version}`,
          // The second who signs that the old side is fenced is of another department: seldom one of the operators'.
          {
            roles: action === 'PROVE_FENCE' ? [...SIGNERS, everywhere('DUTY_ENGINEER'), owner] : OPERATORS,
            except: doneById === null ? [] : [doneById],
          },
          `第 ${number} 步已提交，待另一人复核`,
          `step ${number} was handed in and awaits another’s check`,
        ),
      ];
    if (step.state !== 'RUNNING' || by === 'AUTOMATIC') return [];
    const isOwners = action === 'VERIFY';
    return [
      tell(
        `step/${id}/${version}`,
        { roles: isOwners ? [owner] : OPERATORS },
        isOwners ? `已在新中心运行，请验证业务（第 ${number} 步）` : `第 ${number} 步须人工办理`,
        isOwners
          ? `runs in its new center: verify that it serves (step ${number})`
          : `step ${number} is to be done by hand`,
      ),
    ];
  });
}
