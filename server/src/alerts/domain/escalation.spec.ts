import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Call, DUTY_ROLES, isNewOnDuty, nextCall, type OnDuty, ROUNDS_MAX } from './escalation.js';

const T0 = Date.parse('2026-11-30T00:00:00.000Z');
const at = (minutes: number) => new Date(T0 + minutes * 60_000);
const ALL: OnDuty = { ENGINEER: 'e', BACKUP: 'b', LEADER: 'l' };

describe('nextCall', () => {
  it('goes through the roster in its order, waits out each deadline, and ends after three rounds', () => {
    const calls: Call[] = [];
    let now = at(0);
    for (;;) {
      const next = nextCall(1, calls.at(-1) ?? null, ALL, now);
      if (next.kind === 'NOBODY') {
        expect(next.because).toBe('UNANSWERED');
        break;
      }
      if (next.kind === 'WAIT') now = next.until;
      else calls.push(next.call);
    }
    expect(calls.map(({ userId }) => userId).join('')).toBe('ebl'.repeat(ROUNDS_MAX));
    // Two fives and a ten, three times.
    expect(now).toEqual(at(60));
  });

  it('passes a desk by that nobody has, and whoever was just asked', () => {
    expect(nextCall(1, null, { LEADER: 'l' }, at(0))).toMatchObject({ call: { role: 'LEADER', userId: 'l' } });
    const last: Call = { series: 1, round: 1, role: 'ENGINEER', userId: 'e', calledAt: at(0), deadlineAt: at(5) };
    expect(nextCall(1, last, { ENGINEER: 'e', BACKUP: 'e', LEADER: 'l' }, at(5))).toMatchObject({
      call: { role: 'LEADER' },
    });
    expect(nextCall(1, null, {}, at(0))).toEqual({ kind: 'NOBODY', because: 'EMPTY' });
  });

  it('whatever happens to roster, clock and worker: never two at once, in order, bounded, and only who is on duty', () => {
    const duty = fc.record(
      {
        ENGINEER: fc.constantFrom('a', 'b', 'c'),
        BACKUP: fc.constantFrom('a', 'b', 'c'),
        LEADER: fc.constantFrom('l', 'm'),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<OnDuty>;
    const moments = fc.array(fc.record({ duty, afterS: fc.integer({ min: 1, max: 1_200 }), died: fc.boolean() }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(moments, (seen) => {
        const calls: Call[] = [];
        let now = T0;
        for (const { afterS, died, duty: onDuty } of seen) {
          now += afterS * 1_000;
          const next = nextCall(1, calls.at(-1) ?? null, onDuty, new Date(now));
          // A worker that dies before its commit left nothing; whoever follows decides the same at the same moment.
          if (died) {
            const again = nextCall(1, calls.at(-1) ?? null, onDuty, new Date(now));
            expect(again).toEqual(next);
          }
          if (next.kind !== 'CALL') continue;
          const { call } = next;
          const last = calls.at(-1);
          if (last && last.deadlineAt > call.calledAt) return false;
          if (onDuty[call.role] !== call.userId) return false;
          const rank = ({ role, round }: Call) => round * DUTY_ROLES.length + DUTY_ROLES.indexOf(role);
          if (last && rank(last) >= rank(call)) return false;
          calls.push(call);
        }
        return calls.length <= ROUNDS_MAX * DUTY_ROLES.length;
      }),
    );
  });
});

describe('a change of shifts', () => {
  it('calls anew only where somebody comes who was not called: the clock alone wakes nobody again', () => {
    const users = fc.constantFrom('a', 'b', 'c', 'd');
    const duty = fc.record({ ENGINEER: users, BACKUP: users, LEADER: users }, { requiredKeys: [] });
    fc.assert(
      fc.property(duty, fc.array(users), (onDuty, called) => {
        const there = Object.values(onDuty);
        expect(isNewOnDuty(called, onDuty)).toBe(there.some((user) => !called.includes(user)));
        expect(isNewOnDuty([...called, ...there], onDuty)).toBe(false);
      }),
    );
  });
});
