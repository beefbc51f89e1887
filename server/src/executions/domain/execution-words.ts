/** Decides the words of runbooks, executions and their steps. */

/** SWITCHOVER 计划内切换, FAILOVER 灾难切换, FAILBACK 回切: each moves who writes. What only rehearses that is a drill. */
export const EXECUTION_KINDS = ['SWITCHOVER', 'FAILOVER', 'FAILBACK'] as const;
export type ExecutionKind = (typeof EXECUTION_KINDS)[number];

/** AUTOMATIC: the console does it; MANUAL: a person does it and says so; DECISION: a person chooses. */
export const STEP_KINDS = ['AUTOMATIC', 'MANUAL', 'DECISION'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** In this order. ROLL_BACK is made when it is decided, never written into a runbook. */
export const STEP_STAGES = ['PRECHECK', 'RUN', 'VALIDATE', 'ROLL_BACK', 'CLEAN_UP'] as const;
export type StepStage = (typeof STEP_STAGES)[number];

/** INSTRUCTION: whatever a person is told to do. PROVE_FENCE and those after it are what moves a writer. */
export const STEP_ACTIONS = [
  'CHECK_PREREQUISITES',
  'PROBE',
  'VERIFY',
  'INSTRUCTION',
  'ACCEPT_LOSS',
  'HALT_SOURCE',
  'PROVE_FENCE',
  'FINAL_SYNC',
  'DEMOTE_SOURCE',
  'PROMOTE_TARGET',
  'START_TARGET',
  'SWITCH_TRAFFIC',
  'DECIDE_COMMIT',
  'REPROTECT',
  'POINT_REMOTE',
  'LIFT_FENCE',
] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

const KINDS_OF_ACTION: { readonly [A in StepAction]: readonly StepKind[] } = {
  CHECK_PREREQUISITES: ['AUTOMATIC'],
  PROBE: ['AUTOMATIC', 'MANUAL'],
  VERIFY: ['MANUAL'],
  INSTRUCTION: ['MANUAL'],
  ACCEPT_LOSS: ['DECISION'],
  HALT_SOURCE: ['AUTOMATIC'],
  PROVE_FENCE: ['AUTOMATIC', 'MANUAL'],
  FINAL_SYNC: ['AUTOMATIC', 'MANUAL'],
  DEMOTE_SOURCE: ['AUTOMATIC'],
  PROMOTE_TARGET: ['AUTOMATIC'],
  START_TARGET: ['AUTOMATIC'],
  SWITCH_TRAFFIC: ['AUTOMATIC', 'MANUAL'],
  DECIDE_COMMIT: ['DECISION'],
  REPROTECT: ['AUTOMATIC', 'MANUAL'],
  POINT_REMOTE: ['AUTOMATIC', 'MANUAL'],
  LIFT_FENCE: ['AUTOMATIC'],
};

export function mayBe(action: StepAction, kind: StepKind): boolean {
  return KINDS_OF_ACTION[action].includes(kind);
}

/** How it ended. ABANDONED: nothing had been touched yet. */
export const EXECUTION_OUTCOMES = ['COMMITTED', 'ROLLED_BACK', 'ABANDONED'] as const;
export type ExecutionOutcome = (typeof EXECUTION_OUTCOMES)[number];

/** T0 to T7, measured. DETECTED and ALARMED come from signals; what has no stamp is not known. */
export const EXECUTION_MOMENTS = [
  'DETECTED',
  'ALARMED',
  'DECLARED',
  'APPROVED',
  'FENCED',
  'PROMOTED',
  'PROBED',
  'SWITCHED',
] as const;
export type ExecutionMoment = (typeof EXECUTION_MOMENTS)[number];

const MOMENT_OF: { readonly [A in StepAction]?: ExecutionMoment } = {
  PROVE_FENCE: 'FENCED',
  PROMOTE_TARGET: 'PROMOTED',
  PROBE: 'PROBED',
  SWITCH_TRAFFIC: 'SWITCHED',
};

/** Which moment the end of an action is. What is probed before anything moved, or after all of it, tells nothing of how long it took. */
export function momentOf(action: StepAction, stage: StepStage): ExecutionMoment | undefined {
  return stage === 'RUN' || stage === 'VALIDATE' ? MOMENT_OF[action] : undefined;
}
