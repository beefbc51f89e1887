/** Decides the usual steps of a move, which a runbook begins with, and the steps by which a move goes back. */
import type { Bilingual } from '../../kernel/bilingual.js';
import type { ExecutionKind, StepAction, StepStage } from './execution-words.js';
import type { PlannedStep, StepParams } from './runbook.js';
import { USUAL } from './usual-texts.js';

const MINUTE_S = 60;

interface Usual {
  readonly kind?: PlannedStep['kind'];
  readonly minutes: number;
  readonly title: Bilingual;
  readonly instruction?: Bilingual;
  readonly needsEvidence?: boolean;
  readonly secondCheck?: boolean;
  readonly params?: StepParams;
}

function usual(stage: StepStage, action: StepAction, of: Usual): PlannedStep {
  const { instruction, kind = 'AUTOMATIC', minutes, needsEvidence = false, params = {} } = of;
  return {
    ...{ stage, action, kind, instruction: instruction?.zh ?? '', needsEvidence, params, title: of.title.zh },
    ...{ timeoutSeconds: minutes * MINUTE_S, secondCheck: of.secondCheck ?? false, retries: 0 },
  };
}

const HALT = usual('RUN', 'HALT_SOURCE', { minutes: 15, title: USUAL.HALT });
const GONE = usual('RUN', 'PROVE_FENCE', {
  ...{ minutes: 10, title: USUAL.PROVE, params: { proof: 'MACHINES_GONE' } },
});
const SYNC = usual('RUN', 'FINAL_SYNC', { minutes: 60, title: USUAL.SYNC });
const DEMOTE = usual('RUN', 'DEMOTE_SOURCE', { minutes: 15, title: USUAL.DEMOTE });
const PROMOTE = usual('RUN', 'PROMOTE_TARGET', { minutes: 15, title: USUAL.PROMOTE });
const START = usual('RUN', 'START_TARGET', { minutes: 30, title: USUAL.START });
const TRAFFIC = usual('RUN', 'SWITCH_TRAFFIC', {
  ...{ kind: 'MANUAL', minutes: 30, title: USUAL.TRAFFIC, needsEvidence: true },
  instruction: USUAL.TRAFFIC_TOLD,
});

const POINT = usual('CLEAN_UP', 'POINT_REMOTE', { minutes: 60, title: USUAL.POINT });

/** SOP: halt, prove, synchronize, demote, promote, start, lead the traffic over, verify, decide. @param remote whether a copy is kept in the recovery center. */
export function usualSteps(kind: ExecutionKind, remote = false): PlannedStep[] {
  const check = usual('PRECHECK', 'CHECK_PREREQUISITES', { minutes: 5, title: USUAL.CHECK });
  const validate = [
    usual('VALIDATE', 'VERIFY', {
      ...{ kind: 'MANUAL', minutes: 60, title: USUAL.VERIFY, needsEvidence: true },
      instruction: USUAL.VERIFY_TOLD,
    }),
    usual('VALIDATE', 'DECIDE_COMMIT', {
      ...{ kind: 'DECISION', minutes: 240, title: USUAL.DECIDE },
      instruction: USUAL.DECIDE_TOLD,
    }),
  ];
  if (kind === 'FAILOVER')
    return [
      check,
      usual('RUN', 'ACCEPT_LOSS', {
        ...{ kind: 'DECISION', minutes: 60, title: USUAL.ACCEPT },
        instruction: USUAL.ACCEPT_TOLD,
      }),
      usual('RUN', 'PROVE_FENCE', {
        ...{ kind: 'MANUAL', minutes: 60, title: USUAL.PROVE, needsEvidence: true, secondCheck: true },
        instruction: USUAL.STATEMENT_TOLD,
        params: { proof: 'STATEMENT' },
      }),
      ...[PROMOTE, START, TRAFFIC, ...validate, ...(remote ? [POINT] : [])],
      usual('CLEAN_UP', 'INSTRUCTION', {
        ...{ kind: 'MANUAL', minutes: 1_440, title: USUAL.RETURN },
        instruction: USUAL.RETURN_TOLD,
      }),
    ];
  return [
    ...[check, HALT, GONE, SYNC, DEMOTE, PROMOTE, START, TRAFFIC, ...validate],
    usual('CLEAN_UP', 'REPROTECT', { minutes: 60, title: USUAL.REPROTECT }),
    ...(remote ? [POINT] : []),
    usual('CLEAN_UP', 'LIFT_FENCE', { minutes: 10, title: USUAL.LIFT }),
  ];
}

/**
 * How a move goes back, from what has been done of it: what was promoted is a writer, and goes back only as it came, by a
 * proof that the new side writes no more. What had only been halted is started again.
 */
export function stepsBack(done: ReadonlySet<StepAction>): PlannedStep[] {
  const back = (step: PlannedStep, title: Bilingual): PlannedStep => ({
    ...{ ...step, stage: 'ROLL_BACK', title: title.zh, params: { ...step.params, back: true } },
  });
  const lift = (title: Bilingual): PlannedStep => back(usual('RUN', 'LIFT_FENCE', { minutes: 10, title }), title);
  const promoted = done.has('PROMOTE_TARGET');
  const steps: PlannedStep[] = [];
  if (promoted) steps.push(back(HALT, USUAL.BACK_HALT));
  // Before the new side is fenced the old one is not any more: of the two of a city one is, at most.
  if (done.has('PROVE_FENCE')) steps.push(lift(USUAL.BACK_LIFT_SOURCE));
  if (promoted) steps.push(back(GONE, USUAL.BACK_PROVE), back(DEMOTE, USUAL.BACK_DEMOTE));
  if (promoted || done.has('DEMOTE_SOURCE')) steps.push(back(PROMOTE, USUAL.BACK_PROMOTE));
  if (promoted || done.has('HALT_SOURCE')) steps.push(back(START, USUAL.BACK_START));
  if (done.has('SWITCH_TRAFFIC')) steps.push(back(TRAFFIC, USUAL.BACK_TRAFFIC));
  if (promoted) steps.push(lift(USUAL.BACK_LIFT_TARGET));
  return steps;
}
