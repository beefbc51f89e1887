import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EXECUTION_STATES, executionAfter, isOver, onwardOf, stageOf } from './execution-state.js';
import { EXECUTION_KINDS, type ExecutionKind, STEP_STAGES, type StepAction } from './execution-words.js';
import { nextMove, type PlayedExecution } from './next-move.js';
import { isMissed, LATE_MS_MAX } from './planned-time.js';
import type { PlannedStep } from './runbook.js';
import { isSettled, isUnderWay, type StepMove, type StepState, stepAfter } from './step-state.js';
import { stepsBack, usualSteps } from './usual-steps.js';

interface Step extends PlannedStep {
  readonly number: number;
  state: StepState;
  startedAt: Date | null;
}

/** What the worker and people do to an execution, as the services do it: by the tables alone. */
class Model {
  now = 0;
  /** Every step that was finished, in that order. */
  readonly done: Step[] = [];
  readonly begun: Step[] = [];
  execution: PlayedExecution;
  steps: Step[];

  constructor(kind: ExecutionKind) {
    this.execution = { state: 'DRAFT', pausedAt: null, plannedAt: null };
    this.steps = usualSteps(kind).map((step, at) => ({ ...step, number: at + 1, state: 'WAITING', startedAt: null }));
  }

  get clock(): Date {
    return new Date(this.now);
  }

  get underWay(): Step | undefined {
    return this.steps.find(({ state }) => isUnderWay(state));
  }

  move(step: Step, move: StepMove): boolean {
    const to = stepAfter(step.state, move);
    if (to === undefined) return false;
    step.state = to;
    if (move === 'BEGIN' || move === 'RETRY') {
      step.startedAt = this.clock;
      this.begun.push(step);
    }
    if (to === 'DONE') this.done.push(step);
    return true;
  }

  act(action: Parameters<typeof executionAfter>[1]): boolean {
    const state = executionAfter(this.execution.state, action);
    if (state === undefined) return false;
    this.execution = { ...this.execution, state };
    return true;
  }

  pause(): void {
    this.execution = { ...this.execution, pausedAt: this.clock };
  }

  /** One look of the worker; `works` = what the step it works at comes to. */
  look(works: 'DONE' | 'FAILS' | 'NOT_YET'): void {
    const next = nextMove(this.execution, this.steps, this.clock);
    if (next.move === 'BEGIN') this.move(next.step, 'BEGIN');
    else if (next.move === 'WORK' && works !== 'NOT_YET') this.move(next.step, works === 'DONE' ? 'FINISH' : 'FAIL');
    else if (next.move === 'TIME_OUT') this.move(next.step, 'FAIL');
    else if (next.move === 'PAUSE') this.execution.state === 'CLEANING_UP' ? this.act('FAIL_CLEANUP') : this.pause();
    else if (next.move === 'ADVANCE') this.act(next.action);
  }

  /** A person ends the step that waits for one. */
  person(hands: boolean): void {
    const step = this.underWay;
    if (!step || step.kind === 'AUTOMATIC') return;
    if (step.state === 'AWAITS_CHECK') this.move(step, hands ? 'CONFIRM' : 'SEND_BACK');
    else if (step.state === 'RUNNING') this.move(step, step.secondCheck ? 'HAND_IN' : 'FINISH');
  }

  retry(): void {
    const step = this.underWay;
    if (step?.state !== 'FAILED') return;
    this.move(step, 'RETRY');
    if (this.execution.state === 'CLEANUP_FAILED') this.act('CLEAN_UP');
    this.execution = { ...this.execution, pausedAt: null };
  }

  rollBack(): void {
    if (!this.act('ROLL_BACK')) return;
    const begun = new Set<StepAction>(this.begun.map(({ action }) => action));
    for (const step of this.steps) if (!isSettled(step.state)) this.move(step, 'LEAVE_OUT');
    const back = stepsBack(begun);
    this.steps.push(
      ...back.map((step, at): Step => ({ ...step, number: 100 + at, state: 'WAITING', startedAt: null })),
    );
    this.execution = { ...this.execution, pausedAt: null };
  }
}

const command = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ c: 'look', works: 'DONE' } as const) },
  { weight: 2, arbitrary: fc.constant({ c: 'look', works: 'FAILS' } as const) },
  { weight: 2, arbitrary: fc.constant({ c: 'look', works: 'NOT_YET' } as const) },
  { weight: 6, arbitrary: fc.record({ c: fc.constant('person' as const), hands: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant({ c: 'retry' } as const) },
  { weight: 1, arbitrary: fc.constant({ c: 'rollBack' } as const) },
  { weight: 1, arbitrary: fc.record({ c: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
);

describe('the machines of executions and steps', () => {
  it.each(EXECUTION_KINDS)('of a %s keep their order, whatever happens', (kind) => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 160 }), (commands) => {
        const model = new Model(kind);
        model.act('APPROVE');
        for (const one of commands) {
          const [before, doneBefore] = [model.underWay, model.done.length];
          if (one.c === 'look') model.look(one.works);
          else if (one.c === 'person') model.person(one.hands);
          else if (one.c === 'retry') model.retry();
          else if (one.c === 'rollBack') model.rollBack();
          else model.now += one.hours * 3_600_000;
          model.now += 1_000;
          // One step at a time, and never a next one past one that failed.
          expect(model.steps.filter(({ state }) => isUnderWay(state)).length).toBeLessThan(2);
          if (before?.state === 'FAILED' && one.c !== 'rollBack') expect(model.underWay ?? before).toBe(before);
          // Nothing begins before everything before it is settled.
          const last = model.begun.at(-1);
          if (last)
            for (const earlier of model.steps)
              if (earlier.number < last.number) expect(isSettled(earlier.state)).toBe(true);
          // What is over stays over, and no step of it moves.
          if (isOver(model.execution.state)) expect(model.underWay).toBeUndefined();
          expect(model.done.length).toBeGreaterThanOrEqual(doneBefore);
        }
        const actions = model.done.map(({ action }) => action);
        const promoted = actions.indexOf('PROMOTE_TARGET');
        // Before a writer is promoted its predecessor has been proved to write no more.
        if (promoted >= 0) expect(actions.slice(0, promoted)).toContain('PROVE_FENCE');
        if (model.execution.state === 'CLOSED') expect(model.steps.every(({ state }) => isSettled(state))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each(EXECUTION_KINDS)('of a %s come to an end by their own looks and people who do their part', (kind) => {
    const model = new Model(kind);
    model.act('APPROVE');
    for (let n = 0; n < 200 && !isOver(model.execution.state); n += 1) {
      model.look('DONE');
      model.person(true);
    }
    expect(model.execution.state).toBe('CLOSED');
    expect(model.steps.every(({ state }) => state === 'DONE')).toBe(true);
  });

  it('know for every state what follows, or that people must bring it on', () => {
    for (const state of EXECUTION_STATES) {
      const action = onwardOf(state);
      if (action !== null) expect(executionAfter(state, action)).toBeDefined();
      const stage = stageOf(state);
      if (stage !== null) expect(STEP_STAGES).toContain(stage);
    }
  });

  it('let nothing be cancelled once production is touched, and nothing begin while a cleanup has failed', () => {
    for (const state of ['RUNNING', 'VALIDATING', 'CLEANING_UP', 'CLEANUP_FAILED'] as const)
      expect(executionAfter(state, 'CANCEL')).toBeUndefined();
    expect(executionAfter('CLEANUP_FAILED', 'CLOSE')).toBeUndefined();
    expect(isOver('CLEANUP_FAILED')).toBe(false);
    expect(executionAfter('RUNNING', 'CLEAN_UP')).toBeUndefined();
  });

  it('wait while somebody has stopped them, and stop at a failed step instead of warning', () => {
    const model = new Model('SWITCHOVER');
    model.act('APPROVE');
    model.look('DONE');
    model.look('FAILS');
    expect(nextMove(model.execution, model.steps, model.clock)).toMatchObject({ move: 'PAUSE' });
    model.look('DONE');
    expect(model.execution.pausedAt).not.toBeNull();
    for (let n = 0; n < 20; n += 1) model.look('DONE');
    expect(model.done).toEqual([]);
  });

  it('go back by a proof of their own once a writer was promoted, and without one before', () => {
    const actions = (done: StepAction[]) => stepsBack(new Set(done)).map(({ action }) => action);
    expect(actions(['HALT_SOURCE'])).toEqual(['START_TARGET']);
    expect(actions(['HALT_SOURCE', 'PROVE_FENCE', 'FINAL_SYNC', 'DEMOTE_SOURCE'])).toEqual([
      ...['LIFT_FENCE', 'PROMOTE_TARGET', 'START_TARGET'],
    ]);
    const whole = actions(['HALT_SOURCE', 'PROVE_FENCE', 'DEMOTE_SOURCE', 'PROMOTE_TARGET', 'SWITCH_TRAFFIC']);
    expect(whole.indexOf('PROVE_FENCE')).toBeLessThan(whole.indexOf('PROMOTE_TARGET'));
    expect(whole.slice(0, 5)).toEqual([
      ...['HALT_SOURCE', 'LIFT_FENCE', 'PROVE_FENCE', 'DEMOTE_SOURCE', 'PROMOTE_TARGET'],
    ]);
  });
});

describe('an execution that is planned for later', () => {
  it('is missed when its hour is over, and never without a plan', () => {
    const at = (ms: number) => isMissed(new Date(1_000), new Date(1_000 + ms));
    expect([at(-1), at(0), at(LATE_MS_MAX), at(LATE_MS_MAX + 1)]).toEqual([false, false, false, true]);
    expect(isMissed(null, new Date())).toBe(false);
  });

  it('begins nothing before, whatever time it is, and then everything in its order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXECUTION_KINDS), fc.integer({ min: -5, max: 5 }), (kind, minutes) => {
        const plannedAt = new Date('2026-11-30T22:00:00Z');
        const now = new Date(plannedAt.getTime() + minutes * 60_000);
        const steps = usualSteps(kind).map((step, at) => ({
          ...{ ...step, number: at + 1, state: 'WAITING' as const, startedAt: null },
        }));
        const at = (state: PlayedExecution['state'], planned: Date | null) =>
          nextMove({ state, pausedAt: null, plannedAt: planned }, steps, now).move;
        expect(at('APPROVED', plannedAt)).toBe(minutes < 0 ? 'WAIT' : 'BEGIN');
        expect(at('APPROVED', null)).toBe('BEGIN');
        // What has begun goes on, and no clock holds it.
        expect(at('RUNNING', plannedAt)).toBe('BEGIN');
      }),
    );
  });
});
