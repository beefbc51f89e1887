import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ALERT_SEVERITIES,
  type AlertSeverity,
  CLEAR_MS,
  HOLD_MS,
  type KeptAlert,
  severityRank,
  stepAlert,
} from './alert-state.js';

const T0 = Date.parse('2026-11-30T00:00:00.000Z');
const found = fc.option(fc.constantFrom(...ALERT_SEVERITIES), { nil: null });
const looks = fc.array(fc.record({ found, afterMs: fc.integer({ min: 500, max: 4 * 60_000 }) }), { maxLength: 60 });

/** Every look in turn, with what was kept and said at each. */
function run(seen: readonly { found: AlertSeverity | null; afterMs: number }[]) {
  let [at, kept]: [number, KeptAlert | null] = [T0, null];
  return seen.map((look) => {
    at += look.afterMs;
    const before: KeptAlert | null = kept;
    const { alert, news } = stepAlert(before, look.found, new Date(at));
    kept = alert?.state === 'CLOSED' ? null : alert;
    return { at, before, alert, news, found: look.found };
  });
}

describe('stepAlert', () => {
  it('opens what is critical at once, and what is unknown or strained only after it has stood so long', () => {
    const first = (severity: AlertSeverity, ms: number) => {
      const { alert } = stepAlert(null, severity, new Date(T0));
      return stepAlert(alert, severity, new Date(T0 + ms)).alert?.state;
    };
    expect(stepAlert(null, 'CRITICAL', new Date(T0)).news).toBe('OPENED');
    for (const severity of ['UNKNOWN', 'WARNING'] as const) {
      expect(first(severity, HOLD_MS[severity] - 1)).toBe('HELD');
      expect(first(severity, HOLD_MS[severity])).toBe('OPEN');
    }
  });

  it('forgets what went before it was believed', () => {
    const { alert } = stepAlert(null, 'WARNING', new Date(T0));
    expect(stepAlert(alert, null, new Date(T0 + 1_000))).toEqual({ alert: null, news: null });
  });

  it('asks anew whoever took on something lighter', () => {
    const kept = { state: 'ACKNOWLEDGED', severity: 'WARNING', seenAt: new Date(T0), clearingSince: null } as const;
    expect(stepAlert(kept, 'CRITICAL', new Date(T0))).toMatchObject({ alert: { state: 'OPEN' }, news: 'WORSENED' });
    expect(stepAlert(kept, 'WARNING', new Date(T0))).toMatchObject({ alert: { state: 'ACKNOWLEDGED' }, news: null });
  });

  it('says nothing of an alert that flaps faster than it would be believed over', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1_000, max: CLEAR_MS / 2 }), { minLength: 1, maxLength: 40 }), (gaps) => {
        const flapping = gaps.map((afterMs, at) => ({ afterMs, found: at % 2 === 0 ? ('CRITICAL' as const) : null }));
        const news = run(flapping).flatMap((step) => step.news ?? []);
        return news.length === 1 && news[0] === 'OPENED';
      }),
    );
  });

  it('is closed only after it was gone all the time that it takes, and goes no lighter by not being seen', () => {
    fc.assert(
      fc.property(looks, (seen) => {
        const steps = run(seen);
        for (const [at, step] of steps.entries()) {
          if (step.news === 'CLOSED') {
            const lastFound = steps.slice(0, at).findLast((one) => one.found !== null);
            if (!lastFound || step.at - lastFound.at < CLEAR_MS) return false;
          }
          const { alert, before } = step;
          if (before && alert && before.state !== 'HELD' && alert.state !== 'CLOSED') {
            const lighter = severityRank(alert.severity) < severityRank(before.severity);
            if (lighter && (step.found === null || step.found === 'UNKNOWN')) return false;
          }
          if (
            step.news === 'OPENED' &&
            before &&
            step.at - before.seenAt.getTime() < HOLD_MS[alert?.severity ?? 'WARNING']
          )
            return false;
        }
        return true;
      }),
    );
  });
});
