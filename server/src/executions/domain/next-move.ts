/** Decides what the worker does next for an execution, from its record alone: so that any other worker goes on where one died. */
import { type ExecutionAction, type ExecutionState, isOver, onwardOf, stageOf } from './execution-state.js';
import type { StepKind, StepStage } from './execution-words.js';
import { isSettled, isUnderWay, type StepState } from './step-state.js';

export interface PlayedStep {
  readonly number: number;
  readonly stage: StepStage;
  readonly kind: StepKind;
  readonly state: StepState;
  /** Of the attempt that runs. */
  readonly startedAt: Date | null;
  readonly timeoutSeconds: number;
}

export interface PlayedExecution {
  readonly state: ExecutionState;
  /** Somebody, or a failed step, has it stand still. */
  readonly pausedAt: Date | null;
  /** Before that nothing of it begins; null = as soon as it is approved. */
  readonly plannedAt: Date | null;
}

export type NextMove<S extends PlayedStep> =
  /** Over, standing still, or a person's turn. */
  | { readonly move: 'WAIT' }
  | { readonly move: 'BEGIN'; readonly step: S }
  | { readonly move: 'WORK'; readonly step: S }
  | { readonly move: 'TIME_OUT'; readonly step: S }
  | { readonly move: 'PAUSE'; readonly step: S }
  | { readonly move: 'ADVANCE'; readonly action: ExecutionAction };

export const MS_PER_S = 1_000;

export function dueAt({ startedAt, timeoutSeconds }: Pick<PlayedStep, 'startedAt' | 'timeoutSeconds'>): Date | null {
  return startedAt === null ? null : new Date(startedAt.getTime() + timeoutSeconds * MS_PER_S);
}

export function nextMove<S extends PlayedStep>(
  execution: PlayedExecution,
  steps: readonly S[],
  now: Date,
): NextMove<S> {
  const { pausedAt, plannedAt, state } = execution;
  if (isOver(state) || pausedAt !== null) return { move: 'WAIT' };
  if (state === 'APPROVED' && plannedAt !== null && now < plannedAt) return { move: 'WAIT' };
  const stage = stageOf(state);
  const ofStage = steps.filter((step) => step.stage === stage).toSorted((a, b) => a.number - b.number);
  const current = ofStage.find((step) => isUnderWay(step.state));
  if (current !== undefined) return moveOf(current, now);
  const next = ofStage.find((step) => !isSettled(step.state));
  if (next !== undefined) return { move: 'BEGIN', step: next };
  const action = onwardOf(state);
  return action === null ? { move: 'WAIT' } : { move: 'ADVANCE', action };
}

function moveOf<S extends PlayedStep>(step: S, now: Date): NextMove<S> {
  if (step.state === 'FAILED') return { move: 'PAUSE', step };
  const due = dueAt(step);
  if (due !== null && now.getTime() > due.getTime()) return { move: 'TIME_OUT', step };
  return step.state === 'RUNNING' && step.kind === 'AUTOMATIC' ? { move: 'WORK', step } : { move: 'WAIT' };
}
