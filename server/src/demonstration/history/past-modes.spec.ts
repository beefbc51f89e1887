import { describe, expect, it } from '@jest/globals';
import { amountsOf, minus, plus } from '../../allocation/domain/capacity.js';
import { modesOf } from '../../allocation/domain/dr-change.js';
import { makeUpProvince } from '../province.js';
import { factsOf } from './facts-of-province.js';
import { makeUpHistory } from './make-up-history.js';
import { withDebts } from './past-debts.js';
import { isOld, withRecovery, withTwins } from './past-modes.js';

const SEED = 20_260_101;
const until = new Date('2026-11-24T07:00:00.000Z');
const scale = { machines: 1_500, months: 24, until };
const facts = factsOf(makeUpProvince(SEED, scale.machines));
const plain = makeUpHistory(SEED, facts, scale);
const owing = withDebts(withTwins(plain, facts), facts, () => 'debt').piece;
const history = withRecovery(owing, facts, { seed: SEED, until });
const systemOf = new Map(facts.askers.map(({ system }) => [system.id, system]));
const requestOf = new Map(history.requests.map((request) => [request.id, request]));
const lineOf = new Map(history.lines.map((line) => [line.id, line]));
const isLive = ({ state }: { state: string }) => state === 'ALLOCATED';

describe('the DR modes of a made-up past', () => {
  it('are what claims amount to, line by line', () => {
    const claims = Map.groupBy(history.claims.filter(isLive), ({ lineId }) => lineId);
    const of = [...claims].map(([lineId, own]) => ({ line: lineOf.get(lineId), is: modesOf(own), own }));
    for (const { is, line } of of) {
      expect(line?.localMode).toBe(is.localMode);
      if (!line?.shares.some(({ owed }) => owed)) expect(line?.remoteMode).toBe(is.remoteMode);
    }
    expect(new Set(of.map(({ is }) => `${is.localMode} ${is.remoteMode}`)).size).toBeGreaterThanOrEqual(4);
  });

  it('are those that most systems are on record with; the others were asked for before there were any', () => {
    const dual = history.resources.filter(
      ({ standby, state, systemId }) =>
        state === 'IN_USE' && !standby && systemOf.get(systemId)?.localMode === 'DUAL_ACTIVE',
    );
    const old = dual.filter(({ lineId }) => lineOf.get(lineId)?.localMode === 'SINGLE');
    expect(old.length).toBeGreaterThan(0);
    expect(old.length).toBeLessThan(dual.length / 4);
    for (const { systemId } of old) expect(isOld(facts, systemId)).toBe(true);
  });

  it('leave no machine of a pair without its other one, of its own size, but what is in the bin', () => {
    const live = history.resources.filter(
      ({ standby, state }) => !standby && (state === 'IN_USE' || state === 'IN_BIN'),
    );
    for (const [lineId, own] of Map.groupBy(live, (one) => one.lineId)) {
      if (lineOf.get(lineId)?.localMode !== 'DUAL_ACTIVE') continue;
      const sides = [...Map.groupBy(own, ({ centerId }) => centerId).values()].map((side) =>
        side.map(({ vcpu }) => vcpu).toSorted((a, b) => a - b),
      );
      expect(sides).toHaveLength(2);
      expect(sides[0]).toEqual(sides[1]);
    }
  });

  it('have a standby of each machine of one side, named and priced as one that is granted today', () => {
    const standby = history.resources.filter((one) => one.standby);
    expect(standby.length).toBeGreaterThan(5);
    const claimOf = new Map(history.claims.map((claim) => [claim.claimId, claim]));
    for (const one of standby) {
      expect(claimOf.get(one.claimId)).toMatchObject({ share: 'RECOVERY', standing: 'STANDBY', poolId: one.poolId });
      expect(one.name).toMatch(/-r-\d+$/);
      expect(one.monthlyFen).toBeGreaterThan(0n);
      expect(one.createdAt.getTime()).toBeLessThan(until.getTime());
    }
    const codes = history.resources.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(history.resources.map(({ macAddress }) => macAddress)).size).toBe(codes.length);
    for (const code of codes) {
      const [, year, number] = code.split('-').map(Number);
      const used = history.codes.find((one) => one.prefix === 'VM' && one.year === year)?.count ?? 0;
      expect(number).toBeLessThanOrEqual(used);
    }
  });

  it('take no more of the recovery center than it has, and nothing twice', () => {
    const recovery = facts.place.centers.find(({ role }) => role === 'RECOVERY')?.centerId;
    for (const pool of facts.place.pools.filter(({ centerId }) => centerId === recovery)) {
      const own = history.claims.filter(({ poolId }) => poolId === pool.poolId);
      const taken = own.reduce((sum, claim) => plus(sum, amountsOf(claim, 1)), minus(pool.free, pool.free));
      expect(Math.min(...Object.values(minus(pool.free, taken)))).toBeGreaterThanOrEqual(0);
    }
    const ids = history.claims.map(({ claimId }) => claimId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are the same from the same seed, and change nothing that was asked and paid for', () => {
    expect(withRecovery(owing, facts, { seed: SEED, until })).toEqual(history);
    for (const [requestId, lines] of Map.groupBy(history.lines, (line) => line.requestId)) {
      const before = plain.lines.filter((line) => line.requestId === requestId);
      const sum = (all: typeof lines) => all.reduce((fen, { monthlyFen }) => fen + (monthlyFen ?? 0n), 0n);
      expect(sum(lines)).toBe(sum(before));
      expect(requestOf.get(requestId)).toEqual(plain.requests.find(({ id }) => id === requestId));
      expect(lines.map(({ position }) => position)).toEqual(lines.map((_, at) => at));
    }
  });
});
