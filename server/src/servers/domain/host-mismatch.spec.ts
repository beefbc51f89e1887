import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterMismatchAction,
  MISMATCH_ACTIONS,
  MISMATCH_PROBLEMS,
  MISMATCH_STATES,
  mismatchActionsOf,
  mismatchesOf,
  passOverMismatches,
  type ServerBesideHosts,
  type SightedHost,
  type StandingMismatch,
} from './host-mismatch.js';

const HOST: SightedHost = {
  ...{ namespace: 'metal', name: 'h-1', uid: 'u-1', state: 'available', serial: 'SN1', trouble: null },
  ...{ hardware: '华为 TaiShan', bmcAddress: 'redfish://10.0.0.1/' },
};
const SERVER: ServerBesideHosts = {
  ...{ id: 's-1', serial: 'SN1', host: null, state: 'FREE', bmcAddress: '10.0.0.1', byHand: false },
};
const BOUND = { ...SERVER, host: { namespace: 'metal', name: 'h-1' } };
const problems = (servers: readonly ServerBesideHosts[], hosts: readonly SightedHost[]) =>
  mismatchesOf(servers, hosts).map(({ problem, subjectId }) => `${subjectId} ${problem}`);

describe('hosts and assets without their twin', () => {
  it('are none where they are bound, or are about to be', () => {
    expect(problems([BOUND], [HOST])).toEqual([]);
    expect(problems([SERVER], [HOST])).toEqual([]);
  });

  it('are hosts that no asset is known for, each with what is in its way', () => {
    expect(problems([], [HOST])).toEqual(['u-1 NO_SERVER']);
    expect(problems([], [{ ...HOST, serial: null }])).toEqual(['u-1 NO_SERIAL']);
    // On its way in: nothing is known of it yet, and nothing wrong with it.
    expect(problems([], [{ ...HOST, serial: null, state: 'inspecting' }])).toEqual([]);
    expect(problems([], [{ ...HOST, serial: null, state: 'registering', trouble: 'timed out' }])).toEqual([
      'u-1 NOT_INSPECTED',
    ]);
    const twin = { ...HOST, name: 'h-2', uid: 'u-2' };
    expect(problems([], [HOST, twin])).toEqual(['u-1 SHARED_SERIAL', 'u-2 SHARED_SERIAL']);
    const moved = { ...BOUND, host: { namespace: 'metal', name: 'h-9' } };
    const other = { ...HOST, name: 'h-9', uid: 'u-9', serial: 'SN9' };
    expect(problems([moved], [HOST, other])).toEqual(['u-1 ANOTHER_HOST']);
  });

  it('are assets that a host is expected of: racked, with a BMC, where servers are installed, and not kept by people', () => {
    const other = { ...HOST, serial: 'SN9' };
    const [found] = mismatchesOf([SERVER], [other]).filter(({ side }) => side === 'SERVER');
    expect(found).toMatchObject({ subjectId: 's-1', serverId: 's-1', problem: 'NO_HOST', serial: 'SN1', host: null });
    for (const but of [{ bmcAddress: null }, { state: 'PLANNED' as const }, { byHand: true }])
      expect(problems([{ ...SERVER, ...but }], [other])).toEqual(['u-1 NO_SERVER']);
    // A cluster that knows no host at all installs no servers.
    expect(problems([SERVER], [])).toEqual([]);
    expect(problems([BOUND], [])).toEqual(['s-1 HOST_GONE']);
    expect(problems([BOUND], [{ ...other, name: 'h-2' }])).toEqual(['u-1 NO_SERVER', 's-1 HOST_GONE']);
  });

  it('are no assets while a host is on its way in, which may be any of them; those that were found before stay', () => {
    const coming = { ...HOST, serial: null, state: 'inspecting' };
    expect(problems([SERVER], [coming])).toEqual([]);
    expect(mismatchesOf([SERVER], [coming], new Set(['s-1'])).map(({ problem }) => problem)).toEqual(['NO_HOST']);
    // One that cannot be reached keeps nobody waiting, and neither does one that is bound already.
    const stuck = { ...coming, trouble: 'timed out' };
    expect(problems([SERVER], [stuck])).toEqual(['u-1 NOT_INSPECTED', 's-1 NO_HOST']);
    const other = { ...SERVER, id: 's-2', serial: 'SN2' };
    expect(problems([BOUND, other], [coming])).toEqual(['s-2 NO_HOST']);
  });

  it('are matched by hand only where nothing contradicts', () => {
    for (const problem of MISMATCH_PROBLEMS)
      expect(mismatchActionsOf({ state: 'OPEN', problem }).includes('MATCH')).toBe(
        problem === 'NO_SERVER' || problem === 'NO_SERIAL',
      );
    expect(mismatchActionsOf({ state: 'IGNORED', problem: 'NO_HOST' })).toEqual(['WATCH']);
    for (const action of MISMATCH_ACTIONS)
      expect(afterMismatchAction({ state: 'ENDED', problem: 'NO_SERVER' }, action)).toBeUndefined();
  });
});

describe('what became of them since the last look', () => {
  const [finding] = mismatchesOf([], [HOST]);
  const known = { ...finding, id: 'c-1', state: 'IGNORED', version: 2 } as StandingMismatch;

  it('is nothing where the look says the same: what is let be stays let be', () => {
    expect(passOverMismatches([known], mismatchesOf([], [HOST]))).toEqual({ fresh: [], changed: [], ended: [] });
  });

  it('is open again with another problem, and has ended with its twin', () => {
    const found = mismatchesOf([], [HOST, { ...HOST, name: 'h-2', uid: 'u-2' }]);
    const pass = passOverMismatches([known], found);
    expect(pass.changed).toEqual([{ known, values: { problem: 'SHARED_SERIAL', state: 'OPEN' } }]);
    expect(pass.fresh.map(({ subjectId }) => subjectId)).toEqual(['u-2']);
    expect(passOverMismatches([known], mismatchesOf([BOUND], [HOST])).ended).toEqual([known]);
  });

  it('leaves one case standing for each thing that is found, whatever was known (property)', () => {
    const subjects = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    const of = (subjectId: string) => ({ ...finding, subjectId }) as NonNullable<typeof finding>;
    const stateOf = fc.constantFrom(...MISMATCH_STATES.filter((state) => state !== 'ENDED'));
    fc.assert(
      fc.property(subjects, subjects, stateOf, (before, now, state) => {
        const standing = before.map((subject, at) => ({ ...of(subject), id: `c-${at}`, state, version: 1 }));
        const { changed, ended, fresh } = passOverMismatches(standing, now.map(of));
        const left = standing.filter((row) => !ended.includes(row)).map(({ subjectId }) => subjectId);
        expect([...left, ...fresh.map(({ subjectId }) => subjectId)].toSorted()).toEqual(now.toSorted());
        expect(changed).toEqual([]);
      }),
    );
  });
});
