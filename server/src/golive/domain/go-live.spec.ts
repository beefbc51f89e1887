import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../kernel/calendar.js';
import { goLiveActions, partiesToSign } from './go-live-actions.js';
import { checkPolicy, documentsOf, type GoLivePolicy, PARTIES, type Party, partiesOf } from './go-live-policy.js';
import { allAccepted, checkSignature, type Signed, type SignerRights, type SignWish } from './signing.js';
import { checkBegin, daysLeft, isAnythingInUse, obstaclesOf, overOnAfterRefusal, overOnOf } from './trial.js';

const POLICY: GoLivePolicy = {
  trialDays: 30,
  trialDayKind: 'CALENDAR',
  retrialDays: 7,
  beginBackDays: 7,
  beginAheadDays: 30,
  presentWorkingDays: 20,
  signWorkingDays: 10,
  parties: [
    { party: 'DEPARTMENT', fromLevel: 1 },
    { party: 'CENTER', fromLevel: 1 },
    { party: 'VENDOR', fromLevel: 1 },
    { party: 'ASSESSOR', fromLevel: 3 },
  ],
  documents: [
    { kind: 'TRIAL_REPORT', fromLevel: 1 },
    { kind: 'PROTECTION_REPORT', fromLevel: 2 },
  ],
};
const none = new Map();

describe('the days of a trial', () => {
  it('are thirty by the calendar, the first one counted', () => {
    expect(overOnOf('2026-11-01', 30, 'CALENDAR', none)).toBe('2026-12-01');
    expect([daysLeft('2026-12-01', '2026-11-30'), daysLeft('2026-12-01', '2026-12-01')]).toEqual([1, 0]);
  });

  it('may be counted as working days, of which weekends are none', () => {
    // 2026-11-02 is a Monday: five working days end with its Friday.
    expect(overOnOf('2026-11-02', 5, 'WORKING', none)).toBe('2026-11-07');
    expect(overOnOf('2026-11-02', 6, 'WORKING', none)).toBe('2026-11-10');
    expect(overOnOf('2026-11-02', 5, 'WORKING', new Map([['2026-11-04', 'HOLIDAY' as const]]))).toBe('2026-11-10');
  });

  it('begin neither long ago nor far ahead', () => {
    const today = '2026-11-30';
    const begins = (day: string) => checkBegin(day, today, POLICY).length === 0;
    expect(['2026-11-22', '2026-11-23', '2026-12-30', '2026-12-31', '2026-02-30', ''].map(begins)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('run on after a refusal, and never end sooner than they would have', () => {
    expect(overOnAfterRefusal('2026-12-01', '2026-12-10', POLICY, none)).toBe('2026-12-17');
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), (days) => {
        const today = addDays('2026-12-01', days);
        const again = overOnAfterRefusal('2026-12-01', today, POLICY, none);
        expect(again >= '2026-12-01' && daysLeft(again, today) >= POLICY.retrialDays).toBe(true);
      }),
    );
  });

  it('say all that keeps a trial from acceptance', () => {
    const trial = { overOn: '2026-12-01', entries: 0, openIncidents: 2, documents: ['PROTECTION_REPORT' as const] };
    expect(obstaclesOf(trial, '2026-11-28', documentsOf(POLICY, 2))).toEqual([
      { kind: 'DAYS', count: 3, document: null },
      { kind: 'NO_RECORD', count: 0, document: null },
      { kind: 'OPEN_INCIDENT', count: 2, document: null },
      { kind: 'DOCUMENT', count: 0, document: 'TRIAL_REPORT' },
    ]);
    const ready = { ...trial, entries: 1, openIncidents: 0, documents: documentsOf(POLICY, 1) };
    expect(obstaclesOf(ready, '2026-12-01', documentsOf(POLICY, 1))).toEqual([]);
  });
});

describe('the rules', () => {
  it('say by level who signs', () => {
    expect([1, 3].map((level) => partiesOf(POLICY, level))).toEqual([['DEPARTMENT', 'CENTER', 'VENDOR'], [...PARTIES]]);
  });

  it('allow no trial under thirty days, nobody named twice, and neither department nor center left out', () => {
    expect(checkPolicy(POLICY)).toEqual([]);
    const paths = (more: Partial<GoLivePolicy>) =>
      checkPolicy({ ...POLICY, ...more }).map(({ path }) => path.join('.'));
    expect(paths({ trialDays: 29 })).toEqual(['content.trialDays']);
    expect(paths({ parties: [...POLICY.parties, { party: 'VENDOR', fromLevel: 2 }] })).toEqual(['content.parties.4']);
    expect(paths({ parties: POLICY.parties.slice(1) })).toEqual(['content.parties']);
    expect(paths({ documents: [{ kind: 'OTHER', fromLevel: 4 }] })).toEqual(['content.documents.0.fromLevel']);
  });
});

describe('signatures', () => {
  const people: Record<string, SignerRights> = {
    head: { userId: 'head', department: true, center: false, vendor: false, enters: true },
    clerk: { userId: 'clerk', department: false, center: false, vendor: false, enters: true },
    reviewer: { userId: 'reviewer', department: false, center: true, vendor: false, enters: false },
    builder: { userId: 'builder', department: false, center: false, vendor: true, enters: false },
    // In two offices at once, as memberships allow.
    both: { userId: 'both', department: true, center: true, vendor: false, enters: true },
    stranger: { userId: 'stranger', department: false, center: false, vendor: false, enters: false },
  };
  const wish = fc.record({
    who: fc.constantFrom(...Object.keys(people)),
    party: fc.constantFrom(...PARTIES),
    decision: fc.constantFrom('ACCEPT' as const, 'REFUSE' as const),
    opinion: fc.constantFrom('同意', ' '),
    onPaper: fc.constantFrom(
      null,
      { name: '周测评', organisation: '省测评中心' },
      { name: '吴工', organisation: '某公司' },
    ),
    hasFile: fc.boolean(),
    opened: fc.boolean(),
  });

  const signedBy = (said: SignWish, userId: string): Signed => ({
    party: said.party,
    decision: said.decision,
    signerId: said.onPaper ? null : userId,
    enteredById: said.onPaper ? userId : null,
    signerName: said.onPaper?.name ?? userId,
    organisation: said.onPaper?.organisation ?? null,
  });

  it('are of another person for each party, in whatever order people try', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (tries, level) => {
        const parties = partiesOf(POLICY, level);
        const signatures: Signed[] = [];
        for (const { who, opened, ...said } of tries) {
          const rights = people[who] as SignerRights;
          const refused = checkSignature(said, rights, { parties, signatures, factsOpened: opened });
          if (refused.length === 0) signatures.push(signedBy(said, rights.userId));
          // Asked again, the same is refused: what was taken is taken.
          if (refused.length === 0)
            expect(checkSignature(said, rights, { parties, signatures, factsOpened: true })).not.toEqual([]);
          else expect(refused.every(({ message }) => message.zh.length > 0)).toBe(true);
        }
        const own = signatures.flatMap(({ signerId }) => signerId ?? []);
        expect(new Set(own).size).toBe(own.length);
        expect(own).not.toContain('stranger');
        expect(signatures.filter(({ enteredById }) => enteredById !== null && own.includes(enteredById))).toEqual([]);
        const onPaper = signatures.filter(({ signerId }) => signerId === null);
        expect(new Set(onPaper.map(({ signerName }) => signerName)).size).toBe(onPaper.length);
        expect(onPaper.every(({ party }) => party === 'VENDOR' || party === 'ASSESSOR')).toBe(true);
        const signed = signatures.map(({ party }) => party);
        expect(new Set(signed).size).toBe(signed.length);
        expect(signed.every((party) => parties.includes(party))).toBe(true);
        expect(allAccepted({ parties, signatures })).toBe(
          parties.every((party) => signatures.some((one) => one.party === party && one.decision === 'ACCEPT')),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('are offered to those only who may give them', () => {
    const offered = {
      state: 'ACCEPTANCE' as const,
      obstacles: [],
      unsigned: [...PARTIES] as Party[],
      hasSigned: false,
    };
    const may = (who: string, more: Partial<typeof offered> = {}) =>
      partiesToSign({ ...offered, ...more }, people[who] as SignerRights).map(
        ({ party, onPaper }) => `${party}${onPaper ? ' on paper' : ''}`,
      );
    expect(may('head')).toEqual(['DEPARTMENT', 'VENDOR on paper', 'ASSESSOR on paper']);
    expect(may('builder')).toEqual(['VENDOR']);
    expect(may('reviewer')).toEqual(['CENTER']);
    expect(may('stranger')).toEqual([]);
    expect(may('head', { hasSigned: true })).toEqual([]);
  });
});

describe('what is offered', () => {
  const rights = {
    userId: 'clerk',
    department: false,
    center: false,
    vendor: false,
    enters: true,
    records: true,
    leads: true,
  };
  const offered = { obstacles: [{ kind: 'DAYS' as const, count: 3, document: null }], unsigned: [], hasSigned: false };

  it('is closed with its reason while something is missing, and nothing after the end', () => {
    expect(goLiveActions({ ...offered, state: 'TRIAL' }, rights)).toEqual([
      { action: 'RECORD', disabled: null },
      { action: 'ADD_DOCUMENT', disabled: null },
      { action: 'PRESENT', disabled: { zh: '试运行还须 3 天', en: 'The trial runs 3 more days' } },
      { action: 'STOP', disabled: null },
    ]);
    expect(goLiveActions({ ...offered, state: 'LIVE' }, rights)).toEqual([]);
    const builder = { ...rights, enters: false, leads: false };
    expect(goLiveActions({ ...offered, state: 'TRIAL' }, builder).map(({ action }) => action)).toEqual([
      'RECORD',
      'ADD_DOCUMENT',
    ]);
  });
});

describe('what is in use of a system', () => {
  it.each([
    [{ machines: 1, servers: 0 }, true],
    [{ machines: 0, servers: 1 }, true],
    [{ machines: 0, servers: 0, places: 1 }, true],
    [{ machines: 0, servers: 0, services: 2 }, true],
    [{ machines: 0, servers: 0, places: 0, services: 0 }, false],
    [{ machines: 0, servers: 0 }, false],
  ])('%j: %s', (inUse, isAny) => {
    expect(isAnythingInUse(inUse)).toBe(isAny);
  });
});
