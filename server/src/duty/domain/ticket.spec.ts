import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { whyNoReminder, wrongNotice } from './duty-notice.js';
import { faultOf, minutesOf } from './fault-minutes.js';
import { deadlinesOf, IMPACTS, judgedAlert, SEVERITIES, severityOf, URGENCIES } from './severity.js';
import { CHANGE_KINDS, type ChangeKind, dueOf, wrongTicket } from './ticket.js';
import { affectedDepartments } from './ticket-links.js';
import { decideMove, type MovedTicket, type Mover, offered, whyNot } from './ticket-moves.js';
import {
  actionsFrom,
  firstState,
  isOver,
  TICKET_ACTIONS,
  TICKET_KINDS,
  TICKET_STATES,
  type TicketAction,
  type TicketKind,
  ticketAfter,
} from './ticket-state.js';

const NOW = new Date('2026-11-30T03:00:30.000Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const ticket = (of: Partial<MovedTicket> = {}): MovedTicket => ({
  ...{ kind: 'EVENT', state: 'NEW', severity: 'P3', changeKind: null, openedById: 'asker', startedAt: ago(60) },
  ...{ plannedFrom: null, plannedTo: null, reviewedById: null, approvedAt: null, implementedById: null },
  ...{ faultDecidedAt: null, ...of },
});
const change = (changeKind: ChangeKind, of: Partial<MovedTicket> = {}) =>
  ticket({ kind: 'CHANGE', state: 'REQUESTED', changeKind, plannedFrom: ago(10), plannedTo: ago(-60), ...of });
const engineer: Mover = { userId: 'engineer', operates: true, leads: false };
const leader: Mover = { userId: 'leader', operates: true, leads: true };
const asker: Mover = { ...leader, userId: 'asker' };
const reasonOf = (of: MovedTicket, action: TicketAction, by: Mover) => {
  const not = whyNot(of, action, by, NOW);
  return not && ('reason' in not ? not.reason : not.code);
};
const move = (of: MovedTicket, action: TicketAction, by: Mover, text = '说明') =>
  decideMove(of, { action, text, restoredAt: null }, by, NOW);

describe('severity', () => {
  it('is graver the wider and the more urgent, and gives less time', () => {
    const rank = (impact: number, urgency: number) =>
      SEVERITIES.indexOf(severityOf(IMPACTS[impact] ?? 'ONE', URGENCIES[urgency] ?? 'LOW'));
    for (let impact = 0; impact < 3; impact += 1)
      for (let urgency = 0; urgency < 3; urgency += 1) {
        if (impact > 0) expect(rank(impact, urgency)).toBeGreaterThanOrEqual(rank(impact - 1, urgency));
        if (urgency > 0) expect(rank(impact, urgency)).toBeGreaterThanOrEqual(rank(impact, urgency - 1));
      }
    const spans = SEVERITIES.map((severity) => deadlinesOf(severity, NOW));
    for (const [at, span] of spans.entries()) {
      expect(span.respondBy < span.resolveBy).toBe(true);
      const graver = spans[at - 1];
      if (graver) expect(span.resolveBy > graver.resolveBy && span.respondBy > graver.respondBy).toBe(true);
    }
    expect(severityOf('WIDE', 'HIGH')).toBe('P1');
  });

  it('of an alert follows what it is of', () => {
    expect(judgedAlert({ severity: 'CRITICAL', ofCenter: true })).toEqual({ impact: 'WIDE', urgency: 'HIGH' });
    expect(judgedAlert({ severity: 'WARNING', ofCenter: false })).toEqual({ impact: 'SEVERAL', urgency: 'LOW' });
  });
});

describe('an event', () => {
  it('goes its way, and says what restored it', () => {
    expect(move(ticket(), 'RESPOND', engineer, '')).toEqual({
      ok: true,
      value: { state: 'RESPONDED', respondedAt: NOW },
    });
    expect(move(ticket({ state: 'HANDLING' }), 'RESTORE', engineer, ' ')).toMatchObject({ ok: false });
    expect(move(ticket({ state: 'HANDLING' }), 'RESTORE', engineer)).toMatchObject({
      ...{ ok: true, value: { state: 'RESTORED', restoredAt: NOW, resolution: '说明' } },
    });
    const early = { action: 'RESTORE' as const, text: 'x', restoredAt: ago(61) };
    expect(decideMove(ticket({ state: 'HANDLING' }), early, engineer, NOW)).toMatchObject({
      ...{ ok: false, error: [{ path: ['restoredAt'] }] },
    });
  });

  it('that is grave is closed only after its minutes are decided', () => {
    expect(reasonOf(ticket({ state: 'RESTORED', severity: 'P2' }), 'CLOSE', engineer)).toBe('FAULT_UNDECIDED');
    expect(reasonOf(ticket({ state: 'RESTORED', severity: 'P3' }), 'CLOSE', engineer)).toBeNull();
    expect(reasonOf(ticket({ state: 'RESTORED', severity: 'P1', faultDecidedAt: NOW }), 'CLOSE', engineer)).toBeNull();
  });

  it('is opened again only while no minutes are decided: what it went on for would never count', () => {
    expect(reasonOf(ticket({ state: 'RESTORED' }), 'REOPEN', engineer)).toBeNull();
    expect(reasonOf(ticket({ state: 'RESTORED', faultDecidedAt: NOW }), 'REOPEN', engineer)).toBe('FAULT_DECIDED');
  });

  it('is led by whoever works at the desk, and by nobody else', () => {
    expect(reasonOf(ticket(), 'RESPOND', { ...engineer, operates: false })).toBe('NOT_ON_DUTY');
    expect(offered(ticket(), { ...engineer, operates: false }, NOW)).toEqual([]);
  });
});

describe('a change', () => {
  it('that is normal is reviewed by another, approved by a third who leads, and made in its window', () => {
    const asked = change('NORMAL');
    expect(reasonOf(asked, 'REVIEW', asker)).toBe('OWN_WORK');
    expect(reasonOf(asked, 'APPROVE', leader)).toBe('NOT_REVIEWED');
    expect(reasonOf(asked, 'IMPLEMENT', engineer)).toBe('NOT_APPROVED');
    const reviewed = change('NORMAL', { state: 'REVIEWED', reviewedById: 'leader' });
    expect(reasonOf(reviewed, 'APPROVE', leader)).toBe('OWN_REVIEW');
    expect(reasonOf(reviewed, 'APPROVE', engineer)).toBe('ONLY_LEADER');
    expect(reasonOf({ ...reviewed, reviewedById: 'engineer' }, 'APPROVE', leader)).toBeNull();
    expect(reasonOf({ ...reviewed, reviewedById: 'engineer' }, 'APPROVE', asker)).toBe('OWN_WORK');
    const approved = change('NORMAL', { state: 'APPROVED' });
    expect(reasonOf(approved, 'IMPLEMENT', engineer)).toBeNull();
    expect(reasonOf({ ...approved, plannedFrom: ago(-1) }, 'IMPLEMENT', engineer)).toBe('OUTSIDE_WINDOW');
    expect(reasonOf({ ...approved, plannedTo: NOW }, 'IMPLEMENT', engineer)).toBe('OUTSIDE_WINDOW');
  });

  it('that is standard is approved by one other person', () => {
    expect(reasonOf(change('STANDARD'), 'APPROVE', engineer)).toBeNull();
    expect(reasonOf(change('STANDARD'), 'APPROVE', asker)).toBe('OWN_WORK');
    const reviewed = { state: 'REVIEWED' as const, reviewedById: 'engineer' };
    expect(reasonOf(change('STANDARD', reviewed), 'APPROVE', engineer)).toBe('OWN_REVIEW');
  });

  it('that is an emergency is begun at once, and closed only after a leader has said what he thinks of it', () => {
    const begun = move(change('EMERGENCY'), 'IMPLEMENT', engineer);
    expect(begun).toMatchObject({ ok: true, value: { state: 'IMPLEMENTING', implementedById: 'engineer' } });
    const after = begun.ok ? begun.value.approveAfterBy : undefined;
    expect(after?.getTime()).toBe(NOW.getTime() + 24 * 3_600_000);
    const verifying = change('EMERGENCY', { state: 'VERIFYING', implementedById: 'engineer' });
    expect(reasonOf(verifying, 'CLOSE', leader)).toBe('AWAITS_LEADER');
    expect(reasonOf(verifying, 'APPROVE_AFTER', engineer)).toBe('OWN_WORK');
    expect(reasonOf(verifying, 'APPROVE_AFTER', asker)).toBe('OWN_WORK');
    expect(reasonOf(verifying, 'APPROVE_AFTER', leader)).toBeNull();
    expect(reasonOf({ ...verifying, reviewedById: 'leader' }, 'APPROVE_AFTER', leader)).toBe('OWN_REVIEW');
    expect(reasonOf({ ...verifying, approvedAt: NOW }, 'CLOSE', engineer)).toBe('OWN_WORK');
    expect(reasonOf({ ...verifying, approvedAt: NOW }, 'CLOSE', leader)).toBeNull();
    // Taken back, it had been made without anybody's word, too.
    expect(reasonOf(change('EMERGENCY', { state: 'ROLLED_BACK' }), 'APPROVE_AFTER', leader)).toBeNull();
  });

  it('offers no button that could never be pressed', () => {
    const actions = (kind: ChangeKind) => offered(change(kind), leader, NOW).map(({ action }) => action);
    expect(actions('STANDARD')).toEqual(['APPROVE', 'REJECT', 'CANCEL']);
    expect(actions('NORMAL')).toEqual(['REVIEW', 'REJECT', 'CANCEL']);
    expect(actions('EMERGENCY')).toEqual(['IMPLEMENT', 'REJECT', 'CANCEL']);
  });
});

it('whatever is pressed: what is decided stands in the table, what is over stays so, and nobody approves his own', () => {
  const any = fc.record({
    kind: fc.constantFrom(...TICKET_KINDS),
    state: fc.constantFrom(...TICKET_STATES),
    changeKind: fc.constantFrom(...CHANGE_KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    reviewedById: fc.constantFrom(null, 'engineer', 'leader'),
    implementedById: fc.constantFrom(null, 'engineer', 'leader'),
    approvedAt: fc.constantFrom(null, NOW),
  });
  fc.assert(
    fc.property(any, fc.constantFrom(...TICKET_ACTIONS), fc.constantFrom(engineer, leader, asker), (of, action, by) => {
      const row = ticket({
        ...of,
        changeKind: of.kind === 'CHANGE' ? of.changeKind : null,
        plannedFrom: ago(1),
        plannedTo: ago(-9),
      });
      const done = move(row, action, by);
      if (!done.ok) return;
      expect(done.value.state).toBe(ticketAfter(row.kind, row.state, action));
      if (isOver(row.state)) expect(done.value.state).toBe(row.state);
      if (done.value.approvedById) {
        expect(done.value.approvedById).not.toBe(row.openedById);
        expect(done.value.approvedById).not.toBe(row.reviewedById);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('every kind begins where its table does, and ends', () => {
  const ends = (kind: TicketKind): boolean => {
    const seen = new Set([firstState(kind)]);
    for (const state of seen)
      for (const action of actionsFrom(kind, state)) {
        const to = ticketAfter(kind, state, action);
        if (to) seen.add(to);
      }
    return [...seen].some(isOver);
  };
  expect(TICKET_KINDS.map(ends)).toEqual([true, true, true]);
});

describe('fault minutes', () => {
  const restored = { kind: 'EVENT' as const, state: 'RESTORED' as const, faultDecidedAt: null };
  it('are of whole minutes that have begun, once, and not before it is restored', () => {
    const fault = faultOf(
      { ...restored, startedAt: new Date('2026-11-30T02:00:40Z'), restoredAt: new Date('2026-11-30T02:10:05Z') },
      NOW,
    );
    expect(fault).toEqual({
      ...{ ok: true, value: { fromAt: new Date('2026-11-30T02:00:00Z'), toAt: new Date('2026-11-30T02:11:00Z') } },
    });
    expect(fault.ok && minutesOf(fault.value.fromAt, fault.value.toAt)).toBe(11);
    const reason = (of: object) => {
      const not = faultOf({ ...restored, startedAt: ago(9), restoredAt: ago(1), ...of }, NOW);
      return not.ok ? null : (not.error as { reason?: string }).reason;
    };
    expect(reason({ faultDecidedAt: NOW })).toBe('DECIDED');
    expect(reason({ kind: 'PROBLEM' })).toBe('NOT_AN_EVENT');
    expect(reason({ state: 'HANDLING', restoredAt: null })).toBe('NOT_RESTORED');
  });

  it('whenever it was: a whole number of minutes, at least one, that covers it and does not reach beyond now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 120, max: 9_999 }), fc.integer({ min: 1, max: 9_999 }), (back, long) => {
        const startedAt = new Date(NOW.getTime() - back * 1_000);
        const restoredAt = new Date(Math.min(startedAt.getTime() + long * 1_000, NOW.getTime()));
        const fault = faultOf({ ...restored, startedAt, restoredAt }, NOW);
        if (!fault.ok) throw new Error('it is restored');
        const { fromAt, toAt } = fault.value;
        expect([fromAt.getTime() % 60_000, toAt.getTime() % 60_000]).toEqual([0, 0]);
        expect(fromAt <= startedAt && toAt > fromAt && toAt <= NOW).toBe(true);
        expect(toAt.getTime()).toBeGreaterThan(restoredAt.getTime() - 60_000);
      }),
    );
  });
});

describe('what is due', () => {
  const clocks = {
    ...{
      kind: 'EVENT' as const,
      state: 'NEW' as const,
      severity: 'P1' as const,
      respondBy: ago(-5),
      resolveBy: ago(-60),
    },
    ...{ plannedTo: null, approveAfterBy: null, approvedAt: null },
  };
  it('is the answer, then the restoration, then nothing', () => {
    expect(dueOf(clocks)).toMatchObject({ what: 'RESPOND' });
    expect(dueOf({ ...clocks, state: 'HANDLING' })).toMatchObject({ what: 'RESOLVE' });
    expect(dueOf({ ...clocks, state: 'RESTORED' })).toBeNull();
    expect(dueOf({ ...clocks, state: 'CLOSED' })).toBeNull();
  });
  it('of an emergency is the leader’s word, even when it is taken back', () => {
    const begun = { ...clocks, kind: 'CHANGE' as const, state: 'ROLLED_BACK' as const, approveAfterBy: ago(-9) };
    expect(dueOf(begun)).toMatchObject({ what: 'APPROVE_AFTER' });
    expect(dueOf({ ...begun, approvedAt: NOW })).toBeNull();
  });
});

it('asks of a new ticket what its kind needs', () => {
  const wish = {
    ...{ kind: 'CHANGE' as const, title: '换模块', description: '', impact: 'ONE' as const, urgency: 'LOW' as const },
    ...{ startedAt: null, changeKind: 'NORMAL' as const, plannedFrom: new Date('2026-11-30T04:00:00Z') },
    ...{ plannedTo: new Date('2026-11-30T05:00:00Z'), plan: '一', rollbackPlan: '二' },
  };
  const paths = (of: object) => wrongTicket({ ...wish, ...of }, NOW).map(({ path }) => path[0]);
  expect(paths({})).toEqual([]);
  expect(paths({ title: ' ', plan: null, rollbackPlan: '' })).toEqual(['title', 'plan', 'rollbackPlan']);
  expect(paths({ plannedTo: null })).toEqual(['plannedTo']);
  expect(paths({ plannedTo: new Date('2026-12-30T05:00:00Z') })).toEqual(['plannedTo']);
  expect(paths({ changeKind: 'EMERGENCY', plannedFrom: null, plannedTo: null })).toEqual([]);
  expect(paths({ kind: 'EVENT', plan: null, startedAt: ago(-1) })).toEqual(['startedAt']);
  expect(paths({ kind: 'EVENT', plan: null, startedAt: ago(40 * 24 * 60) })).toEqual(['startedAt']);
  // What an alert has seen for two months is an event all the same.
  expect(paths({ kind: 'EVENT', plan: null, startedAt: ago(40 * 24 * 60), ofAlert: true })).toEqual([]);
});

it('tells each department once, those with the most to lose first', () => {
  const of = (departmentId: string, systemId: string | null) => ({ departmentId, systemId });
  expect(affectedDepartments([of('b', null), of('a', 's2'), of('c', 's3'), of('a', 's1'), of('a', 's1')])).toEqual([
    { departmentId: 'a', systemIds: ['s1', 's2'] },
    { departmentId: 'c', systemIds: ['s3'] },
    { departmentId: 'b', systemIds: [] },
  ]);
});

it('sends no notice to nobody, and reminds once an hour, and only those who have not read it', () => {
  expect(wrongNotice({ title: 'x', body: 'y', departments: 1 })).toEqual([]);
  expect(wrongNotice({ title: '', body: ' ', departments: 0 }).map(({ path }) => path[0])).toEqual([
    ...['title', 'body', 'departmentIds'],
  ]);
  expect(whyNoReminder({ isTelling: false, remindedAt: null, unread: 0 }, NOW)).toMatchObject({ reason: 'ALL_READ' });
  expect(whyNoReminder({ isTelling: false, remindedAt: ago(59), unread: 1 }, NOW)).toMatchObject({
    reason: 'REMINDED',
  });
  expect(whyNoReminder({ isTelling: false, remindedAt: ago(60), unread: 1 }, NOW)).toBeNull();
});
