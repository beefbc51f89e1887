/** Decides by how much limits (用云定额) rise for 优, and to what they fall once the grade is another. */
import { QUOTA_METERS } from '../../kernel/refusal.js';
import { type LimitWish, type QuotaState, type SomeAmounts, UNLIMITED } from '../../quotas/domain/quota.js';

/**
 * What each limited meter gets more: so many percent, but never beyond a limit above. What nobody has limited stays so.
 * @param rest of an earlier bonus that could not be taken back: it is of this one, and no percent of it is given again.
 */
export function bonusOf(
  own: QuotaState,
  above: readonly QuotaState[],
  percent: number,
  rest: SomeAmounts = {},
): SomeAmounts {
  return Object.fromEntries(
    QUOTA_METERS.flatMap((meter) => {
      const limit = own.meters[meter]?.limit ?? UNLIMITED;
      if (limit === UNLIMITED) return [];
      const tightest = Math.min(...above.map(({ meters }) => meters[meter]?.limit ?? UNLIMITED), UNLIMITED);
      const given = rest[meter] ?? 0;
      const wanted = Math.floor((Math.max(0, limit - given) * percent) / 100) - given;
      const more = Math.min(wanted, tightest - limit);
      return more > 0 ? [[meter, more] as const] : [];
    }),
  );
}

export function raised(own: QuotaState, bonus: SomeAmounts): LimitWish {
  return changed(own, bonus, (limit, amount) => limit + amount);
}

/**
 * What was given goes back, but nothing below what is in use or promised to somebody beneath. A limit that people took away
 * meanwhile, or set, is theirs: it is lowered by the bonus at most.
 */
export function lowered(own: QuotaState, beneath: readonly QuotaState[], bonus: SomeAmounts): LimitWish {
  return changed(own, bonus, (limit, amount, meter) => {
    const live = own.meters[meter]?.live ?? 0;
    const limits = beneath.map(({ meters }) => meters[meter]?.limit ?? UNLIMITED).filter((one) => one !== UNLIMITED);
    return Math.min(limit, Math.max(limit - amount, live, ...limits));
  });
}

/** How much less the limits become by what is wished. */
export function takenBack(own: QuotaState, limits: LimitWish): SomeAmounts {
  return Object.fromEntries(
    QUOTA_METERS.flatMap((meter) => {
      const [before, after] = [own.meters[meter]?.limit ?? UNLIMITED, limits[meter] ?? null];
      return after === null || before <= after ? [] : [[meter, before - after] as const];
    }),
  );
}

export function plus(a: SomeAmounts, b: SomeAmounts): SomeAmounts {
  return summed(a, b, 1);
}

/** What of a bonus is still to be taken back; nothing where the limit itself was taken away. */
export function restOf(own: QuotaState, bonus: SomeAmounts, taken: SomeAmounts): SomeAmounts {
  const isLimited = (meter: string) => (own.meters[meter as keyof typeof own.meters]?.limit ?? UNLIMITED) !== UNLIMITED;
  return Object.fromEntries(Object.entries(summed(bonus, taken, -1)).filter(([meter]) => isLimited(meter)));
}

function summed(a: SomeAmounts, b: SomeAmounts, sign: 1 | -1): SomeAmounts {
  return Object.fromEntries(
    QUOTA_METERS.flatMap((meter) => {
      const sum = (a[meter] ?? 0) + sign * (b[meter] ?? 0);
      return sum > 0 ? [[meter, sum] as const] : [];
    }),
  );
}

function changed(
  own: QuotaState,
  bonus: SomeAmounts,
  to: (limit: number, amount: number, meter: (typeof QUOTA_METERS)[number]) => number,
): LimitWish {
  return Object.fromEntries(
    QUOTA_METERS.flatMap((meter) => {
      const limit = own.meters[meter]?.limit ?? UNLIMITED;
      const amount = bonus[meter] ?? 0;
      if (amount === 0 || limit === UNLIMITED) return [];
      const after = to(limit, amount, meter);
      return after === limit ? [] : [[meter, after] as const];
    }),
  );
}
