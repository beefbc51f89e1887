import { describe, expect, it } from '@jest/globals';
import { nextState } from '../../kernel/state-machine.js';
import { type ServerMove, type ServerState, serverTable } from '../../servers/domain/server-state.js';
import { makeUpProvince } from '../province.js';
import { factsOf } from './facts-of-province.js';
import { makeUpServerLives } from './past-servers.js';

const SEED = 20_260_101;
const until = new Date('2026-11-24T07:00:00.000Z');
const scale = { machines: 1_200, months: 24, until };
const province = makeUpProvince(SEED, scale.machines);
const facts = factsOf(province);
const { lives, takings } = makeUpServerLives(SEED, facts, scale);

describe('the past of standalone servers', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(makeUpServerLives(SEED, facts, scale)).toEqual({ lives, takings });
    expect(makeUpServerLives(SEED + 1, facts, scale).lives).not.toEqual(lives);
  });

  it('takes only steps of their table, in order, after they came and before it ends, and ends where the last one led', () => {
    const from = new Map(facts.servers.map((server) => [server.id, server.from]));
    expect(lives.length).toBeGreaterThan(20);
    for (const { serverId, steps, state, use } of lives) {
      let before: ServerState = 'FREE';
      let at = from.get(serverId)?.getTime() ?? Number.NaN;
      for (const step of steps) {
        expect(nextState(serverTable, before, step.kind as ServerMove)).toBe(step.state);
        expect(step.at.getTime()).toBeGreaterThanOrEqual(at);
        expect(step.at.getTime()).toBeLessThan(until.getTime());
        [before, at] = [step.state, step.at.getTime()];
      }
      expect(state).toBe(before);
      expect(use.departmentId !== null).toBe(state === 'IN_USE');
    }
    const states = new Set(lives.map((life) => life.state));
    expect([...states].toSorted()).toEqual(expect.arrayContaining(['FREE', 'IN_USE']));
  });

  it('takes quotas for exactly the time that somebody has the server, and gives them back once', () => {
    const bySubject = Map.groupBy(takings, (taking) => taking.subjectId);
    for (const { serverId, steps } of lives) {
      const spans = steps.flatMap((step, index) =>
        step.kind === 'ALLOCATE' ? [[step.at, steps[index + 1]?.at ?? null] as const] : [],
      );
      expect((bySubject.get(serverId) ?? []).map(({ takenAt, givenBackAt }) => [takenAt, givenBackAt])).toEqual(spans);
    }
    expect(takings.length).toBe(lives.flatMap(({ steps }) => steps).filter((step) => step.kind === 'ALLOCATE').length);
    const quotas = new Set(province.quotas.map((quota) => quota.subject.id));
    for (const { quotaIds, amounts } of takings) {
      expect(amounts).toEqual({ SERVER: 1 });
      expect(quotaIds.filter((id) => !quotas.has(id))).toEqual([]);
      expect(quotaIds.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('never goes beyond a quota, at any moment', () => {
    const limits = new Map(province.quotas.map(({ subject, limits: of }) => [subject.id, of.SERVER]));
    const used = new Map<string, number>();
    const moves = takings.flatMap(({ quotaIds, takenAt, givenBackAt }) => [
      { at: takenAt, by: 1, quotaIds },
      ...(givenBackAt ? [{ at: givenBackAt, by: -1, quotaIds }] : []),
    ]);
    for (const { by, quotaIds } of moves.toSorted((one, other) => one.at.getTime() - other.at.getTime()))
      for (const id of quotaIds) {
        used.set(id, (used.get(id) ?? 0) + by);
        expect(used.get(id)).toBeLessThanOrEqual(limits.get(id) ?? Number.POSITIVE_INFINITY);
      }
  });

  it('gives trends something to show: servers came into use in many months', () => {
    const months = new Set(takings.map(({ takenAt }) => takenAt.toISOString().slice(0, 7)));
    expect(months.size).toBeGreaterThan(8);
  });
});
