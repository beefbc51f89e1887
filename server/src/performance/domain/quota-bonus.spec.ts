import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkLimits, type QuotaState, UNLIMITED } from '../../quotas/domain/quota.js';
import { bonusOf, lowered, plus, raised, restOf, takenBack } from './quota-bonus.js';

const state = (id: string, limit: number, live = 0): QuotaState => ({
  subject: { level: 'SYSTEM', id, name: id, departmentId: 'd' },
  meters: { VCPU: { limit, live } },
});
const limited = fc.integer({ min: 0, max: 10_000 });

describe('a quota for a good grade', () => {
  it('may always be set: within what stands above, and back without touching what is used or promised', () => {
    fc.assert(
      fc.property(limited, limited, limited, fc.integer({ min: 0, max: 50 }), limited, (a, b, c, percent, taken) => {
        const [live = 0, limit = 0, top = 0] = [a, b, c].toSorted((x, y) => x - y);
        const [own, above] = [state('own', limit, live), [state('above', top)]];
        const bonus = bonusOf(own, above, percent);
        expect(checkLimits(raised(own, bonus), own, above, [])).toEqual([]);
        const after = limit + (bonus.VCPU ?? 0);
        // Meanwhile somebody may have taken all of it.
        const used = state('own', after, Math.min(after, Math.max(live, taken)));
        const back = lowered(used, [], bonus);
        expect(checkLimits(back, used, above, [])).toEqual([]);
        expect(back.VCPU ?? after).toBe(Math.max(limit, used.meters.VCPU?.live ?? 0));
      }),
    );
  });

  it('never grows upon itself: what could not be taken back is of the next one, whatever was in use between', () => {
    fc.assert(
      fc.property(
        limited,
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.tuple(fc.boolean(), fc.nat(12_000)), { maxLength: 8 }),
        (limit, percent, turns) => {
          const most = limit + Math.floor((limit * percent) / 100);
          let [now, kept]: [number, ReturnType<typeof bonusOf>] = [limit, {}];
          for (const [good, used] of turns) {
            const own = state('own', now, Math.min(now, used));
            const moved = good ? bonusOf(own, [], percent, kept) : takenBack(own, lowered(own, [], kept));
            now += (good ? 1 : -1) * (moved.VCPU ?? 0);
            kept = good ? plus(kept, moved) : restOf(own, kept, moved);
            expect(now).toBe(limit + (kept.VCPU ?? 0));
            if (good) expect(now).toBe(most);
            else expect(now).toBe(Math.min(Math.max(own.meters.VCPU?.live ?? 0, limit), own.meters.VCPU?.limit ?? 0));
          }
        },
      ),
    );
  });

  it('is nothing where there is no limit, and never below a limit beneath', () => {
    expect(bonusOf(state('own', UNLIMITED), [], 10)).toEqual({});
    expect(bonusOf(state('own', 9), [], 10)).toEqual({});
    expect(lowered(state('own', 110), [state('child', 105)], { VCPU: 10 })).toEqual({ VCPU: 105 });
    expect(lowered(state('own', UNLIMITED), [], { VCPU: 10 })).toEqual({});
    expect(restOf(state('own', UNLIMITED), { VCPU: 10 }, {})).toEqual({});
  });
});
