/** Decides the usual steps of a move, which a runbook begins with, and the steps by which a move goes back. */
import type { ExecutionKind, StepAction, StepStage } from './execution-words.js';
import type { PlannedStep, StepParams } from './runbook.js';

const MINUTE_S = 60;

interface Usual {
  readonly kind?: PlannedStep['kind'];
  readonly minutes: number;
  readonly title: string;
  readonly instruction?: string;
  readonly needsEvidence?: boolean;
  readonly secondCheck?: boolean;
  readonly params?: StepParams;
}

function usual(stage: StepStage, action: StepAction, of: Usual): PlannedStep {
  const { instruction = '', kind = 'AUTOMATIC', minutes, needsEvidence = false, params = {} } = of;
  return {
    ...{ stage, action, kind, instruction, needsEvidence, params, title: of.title },
    ...{ timeoutSeconds: minutes * MINUTE_S, secondCheck: of.secondCheck ?? false, retries: 0 },
  };
}

const HALT = usual('RUN', 'HALT_SOURCE', { minutes: 15, title: '停止原中心的虚拟机' });
const GONE = usual('RUN', 'PROVE_FENCE', {
  ...{ minutes: 10, title: '证明原中心不再写入', params: { proof: 'MACHINES_GONE' } },
});
const SYNC = usual('RUN', 'FINAL_SYNC', { minutes: 60, title: '最后一次同步' });
const DEMOTE = usual('RUN', 'DEMOTE_SOURCE', { minutes: 15, title: '将原中心的数据降为副本' });
const PROMOTE = usual('RUN', 'PROMOTE_TARGET', { minutes: 15, title: '将目标中心的数据升为写入方' });
const START = usual('RUN', 'START_TARGET', { minutes: 30, title: '按依赖次序启动目标中心的虚拟机' });
const TRAFFIC = usual('RUN', 'SWITCH_TRAFFIC', {
  ...{ kind: 'MANUAL', minutes: 30, title: '切换访问流量', needsEvidence: true },
  instruction: '将域名解析或负载均衡指向目标中心，并附上变更截图或记录。',
});

const POINT = usual('CLEAN_UP', 'POINT_REMOTE', { minutes: 60, title: '异地副本改由新写入方发送' });

/** SOP: halt, prove, synchronize, demote, promote, start, lead the traffic over, verify, decide. @param remote whether a copy is kept in the recovery center. */
export function usualSteps(kind: ExecutionKind, remote = false): PlannedStep[] {
  const check = usual('PRECHECK', 'CHECK_PREREQUISITES', { minutes: 5, title: '检查切换条件' });
  const validate = [
    usual('VALIDATE', 'VERIFY', {
      ...{ kind: 'MANUAL', minutes: 60, title: '业务单位验证', needsEvidence: true },
      instruction: '由系统使用单位登录业务，核对关键数据和功能，并记录结果。',
    }),
    usual('VALIDATE', 'DECIDE_COMMIT', {
      ...{ kind: 'DECISION', minutes: 240, title: '决定提交或回退' },
      instruction: '验证通过则提交；否则回退到原中心。',
    }),
  ];
  if (kind === 'FAILOVER')
    return [
      check,
      usual('RUN', 'ACCEPT_LOSS', {
        ...{ kind: 'DECISION', minutes: 60, title: '确认可能丢失的数据' },
        instruction: '核对将要丢失的数据量；不明或超过承诺时须逐字输入确认。',
      }),
      usual('RUN', 'PROVE_FENCE', {
        ...{ kind: 'MANUAL', minutes: 60, title: '证明原中心不再写入', needsEvidence: true, secondCheck: true },
        instruction: '由不同部门的两人确认原中心已断电或断网，附证据签署声明。',
        params: { proof: 'STATEMENT' },
      }),
      ...[PROMOTE, START, TRAFFIC, ...validate, ...(remote ? [POINT] : [])],
      usual('CLEAN_UP', 'INSTRUCTION', {
        ...{ kind: 'MANUAL', minutes: 1_440, title: '登记原中心恢复后的处置' },
        instruction: '原中心恢复后先保持停机，再按回切预案恢复反向保护。',
      }),
    ];
  return [
    ...[check, HALT, GONE, SYNC, DEMOTE, PROMOTE, START, TRAFFIC, ...validate],
    usual('CLEAN_UP', 'REPROTECT', { minutes: 60, title: '建立反向保护' }),
    ...(remote ? [POINT] : []),
    usual('CLEAN_UP', 'LIFT_FENCE', { minutes: 10, title: '解除隔离' }),
  ];
}

/**
 * How a move goes back, from what has been done of it: what was promoted is a writer, and goes back only as it came, by a
 * proof that the new side writes no more. What had only been halted is started again.
 */
export function stepsBack(done: ReadonlySet<StepAction>): PlannedStep[] {
  const back = (step: PlannedStep, title: string): PlannedStep => ({
    ...{ ...step, stage: 'ROLL_BACK', title, params: { ...step.params, back: true } },
  });
  const lift = (title: string): PlannedStep => back(usual('RUN', 'LIFT_FENCE', { minutes: 10, title }), title);
  const promoted = done.has('PROMOTE_TARGET');
  const steps: PlannedStep[] = [];
  if (promoted) steps.push(back(HALT, '停止目标中心的虚拟机'));
  // Before the new side is fenced the old one is not any more: of the two of a city one is, at most.
  if (done.has('PROVE_FENCE')) steps.push(lift('解除原中心的隔离'));
  if (promoted) steps.push(back(GONE, '证明目标中心不再写入'), back(DEMOTE, '将目标中心的数据降为副本'));
  if (promoted || done.has('DEMOTE_SOURCE')) steps.push(back(PROMOTE, '将原中心的数据重新升为写入方'));
  if (promoted || done.has('HALT_SOURCE')) steps.push(back(START, '启动原中心的虚拟机'));
  if (done.has('SWITCH_TRAFFIC')) steps.push(back(TRAFFIC, '将访问流量切回原中心'));
  if (promoted) steps.push(lift('解除目标中心的隔离'));
  return steps;
}
