import { describe, expect, it } from '@jest/globals';
import { amountsOf, minus, NOTHING, plus } from '../../allocation/domain/capacity.js';
import { calendarDate } from '../../kernel/calendar.js';
import { after, REQUEST_ACTIONS, type RequestMove, SYSTEM_MOVES } from '../../requests/domain/request-state.js';
import { makeUpProvince } from '../province.js';
import { factsOf } from './facts-of-province.js';
import { Happenings } from './happenings.js';
import { piecesOf } from './history.js';
import { makeUpHistory } from './make-up-history.js';

const SEED = 20_260_101;
const until = new Date('2026-11-24T07:00:00.000Z');
const scale = { machines: 1_500, months: 24, until };
const facts = factsOf(makeUpProvince(SEED, scale.machines));
const history = makeUpHistory(SEED, facts, scale);

describe('a made-up past', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(makeUpHistory(SEED, facts, scale)).toEqual(history);
    expect(makeUpHistory(SEED + 1, facts, scale).requests[0]?.id).not.toBe(history.requests[0]?.id);
  });

  it('grants about as many machines as were wanted, over all the months, none after its end', () => {
    expect(history.resources.length).toBeGreaterThan(scale.machines * 0.8);
    expect(history.resources.length).toBeLessThan(scale.machines * 1.2);
    const months = new Set(history.resources.map((resource) => resource.createdAt.toISOString().slice(0, 7)));
    expect(months.size).toBeGreaterThanOrEqual(24);
    for (const step of history.steps) expect(step.at.getTime()).toBeLessThan(until.getTime());
  });

  it('has every end that a request can come to, and work that is still open', () => {
    const states = new Set(history.requests.map((request) => request.state));
    for (const state of ['DELIVERED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED', 'UNDER_REVIEW'] as const)
      expect(states).toContain(state);
  });

  it('took only steps that the table of requests allows, each after the one before', () => {
    const moves = new Set<string>([...REQUEST_ACTIONS, ...SYSTEM_MOVES]);
    for (const [id, steps] of Map.groupBy(history.steps, (step) => step.requestId)) {
      const request = history.requests.find((one) => one.id === id);
      let before = steps[0];
      expect(before?.action).toBe('CREATE');
      for (const step of steps.slice(1)) {
        expect(moves).toContain(step.action);
        expect(step.fromState).toBe(before?.toState);
        expect(after(step.fromState ?? 'DRAFT', step.action as RequestMove)).toBe(step.toState);
        expect(step.at.getTime()).toBeGreaterThanOrEqual(before?.at.getTime() ?? 0);
        before = step;
      }
      expect(request?.state).toBe(before?.toState);
      expect(request?.version).toBe(steps.length);
    }
  });

  it('never let two people of one chain be the same', () => {
    const applicants = new Map(history.requests.map((request) => [request.id, request.applicantId]));
    const signed = history.steps.filter((step) => step.action === 'SUBMIT');
    expect(signed.length).toBeGreaterThan(0);
    for (const step of signed) expect(step.actorId).not.toBe(applicants.get(step.requestId));
  });

  it('never promised more of a pool than it has, at any moment', () => {
    const free = new Map(facts.place.pools.map((pool) => [pool.poolId, pool.free]));
    const sizes = Map.groupBy(history.events, (event) => event.resourceId);
    const resourceOf = new Map(history.resources.map((resource) => [resource.claimId, resource]));
    type Move = { at: number; poolId: string; taken: ReturnType<typeof amountsOf> };
    const moves: Move[] = history.claims.flatMap((claim) => {
      const resource = resourceOf.get(claim.claimId);
      const changes = resource ? (sizes.get(resource.id) ?? []).filter((event) => event.size !== null) : [];
      const first = changes[0]?.size ?? claim;
      const list: Move[] = [{ at: claim.createdAt.getTime(), poolId: claim.poolId, taken: amountsOf(first, 1) }];
      for (const [index, change] of changes.entries())
        if (index > 0 && change.size)
          list.push({
            at: change.at.getTime(),
            poolId: claim.poolId,
            taken: minus(amountsOf(change.size, 1), amountsOf(changes[index - 1]?.size ?? first, 1)),
          });
      if (claim.releasedAt)
        list.push({ at: claim.releasedAt.getTime(), poolId: claim.poolId, taken: minus(NOTHING, amountsOf(claim, 1)) });
      return list;
    });
    for (const { poolId, taken } of moves.toSorted((a, b) => a.at - b.at)) {
      const left = minus(free.get(poolId) ?? NOTHING, taken);
      expect(Math.min(...Object.values(left))).toBeGreaterThanOrEqual(0);
      free.set(poolId, left);
    }
    const live = history.claims.filter((claim) => claim.state !== 'RELEASED');
    for (const pool of facts.place.pools) {
      const sum = live
        .filter((claim) => claim.poolId === pool.poolId)
        .reduce((total, claim) => plus(total, amountsOf(claim, 1)), NOTHING);
      expect(minus(pool.free, sum)).toEqual(free.get(pool.poolId));
    }
  });

  it('keeps record and lifecycle together: the last size is what the machine is, the last entry where it ended', () => {
    const events = Map.groupBy(history.events, (event) => event.resourceId);
    for (const resource of history.resources) {
      const own = events.get(resource.id) ?? [];
      const size = own.findLast((event) => event.size !== null)?.size;
      expect(size).toMatchObject({ vcpu: resource.vcpu, memoryMib: resource.memoryMib });
      expect(resource.state === 'RELEASED').toBe(own.at(-1)?.kind === 'RELEASED');
      expect(resource.observedGeneration).toBe(resource.generation);
    }
  });

  it('uses each code once, from one on', () => {
    for (const [prefix, codes] of [
      ['SQ', history.requests.map((request) => request.code)],
      ['VM', history.resources.map((resource) => resource.code)],
    ] as const) {
      expect(new Set(codes).size).toBe(codes.length);
      const used = history.codes.filter((code) => code.prefix === prefix);
      expect(used.reduce((sum, { count }) => sum + count, 0)).toBe(codes.length);
    }
  });

  it('asked each day for what a machine cost on that day', () => {
    const change = '2026-01-01';
    const fenOf = (line: (typeof history.lines)[number], on: string): bigint => {
      const offer = facts.offers.find((one) => one.id === line.offerId);
      const disk = { tier: line.storageTier ?? 'SSD', gib: line.diskGib ?? 0 };
      if (!offer) throw new Error(line.offerId);
      return (facts.monthlyFen({ ...offer, disk }, line.centerId ?? '', on) ?? 0n) * BigInt(line.itemCount);
    };
    const requests = new Map(history.requests.map((request) => [request.id, request]));
    const sides = Map.groupBy(history.lines, (line) => {
      const day = calendarDate(requests.get(line.requestId)?.createdAt ?? new Date(0));
      expect(line.monthlyFen).toBe(fenOf(line, day));
      return day < change;
    });
    // The price list of 2024 was a tenth dearer than that of 2026.
    for (const line of sides.get(true) ?? []) expect(line.monthlyFen).toBeGreaterThan(fenOf(line, change));
    expect(sides.get(true)?.length).toBeGreaterThan(0);
    expect(sides.get(false)?.length).toBeGreaterThan(0);
  });

  it('falls into pieces without losing a row', () => {
    const pieces = piecesOf(history, 37);
    for (const part of [
      'requests',
      'lines',
      'steps',
      'claims',
      'resources',
      'events',
      'entries',
      'encumbrances',
      'adjustments',
    ] as const) {
      expect(pieces.reduce((sum, piece) => sum + piece[part].length, 0)).toBe(history[part].length);
      expect(history[part].length).toBeGreaterThan(0);
    }
  });
});

describe('Happenings', () => {
  it('come in the order of time, then of saying, and not after the end', () => {
    const seen: number[] = [];
    const happenings = new Happenings();
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    const times = [9, 3, 7, 3, 1, 8, 2, 20, 5];
    for (const [index, n] of times.entries())
      happenings.at(day(n), (at) => {
        seen.push(at.getUTCDate() * 100 + index);
        if (n === 3 && index === 1) happenings.at(day(4), (then) => seen.push(then.getUTCDate() * 100));
      });
    happenings.runUntil(day(10));
    expect(seen).toEqual([104, 206, 301, 303, 400, 508, 702, 805, 900]);
  });
});
