/** Decides whether several limits that follow from one decision may be set together, each against the others as they will be. */
import type { QuotaOutOfBounds } from '../../kernel/refusal.js';
import { checkLimits, type LimitWish, type MeterState, type QuotaState, UNLIMITED } from './quota.js';

export interface LimitsOfOne {
  readonly subjectId: string;
  readonly limits: LimitWish;
}

/** The quotas around one department: all above it, its own, and all beneath it with its systems and projects. */
export interface StatesAround {
  readonly above: readonly QuotaState[];
  readonly own: QuotaState;
  readonly beneath: readonly QuotaState[];
}

export function checkTogether(wishes: readonly LimitsOfOne[], around: StatesAround): QuotaOutOfBounds[] {
  const wishOf = new Map(wishes.map(({ subjectId, limits }) => [subjectId, limits]));
  const after = (state: QuotaState): QuotaState => withLimits(state, wishOf.get(state.subject.id) ?? {});
  const [above, own, beneath] = [around.above.map(after), after(around.own), around.beneath.map(after)];
  const check = (state: QuotaState, higher: readonly QuotaState[], lower: readonly QuotaState[]) =>
    checkLimits(wishOf.get(state.subject.id) ?? {}, state, higher, lower);
  return [
    ...around.above.flatMap((state, at) => check(state, above.slice(0, at), [])),
    ...check(around.own, above, beneath),
    ...around.beneath.flatMap((state) =>
      state.subject.level === 'DEPARTMENT' ? [] : check(state, [...above, own], []),
    ),
  ];
}

function withLimits(state: QuotaState, limits: LimitWish): QuotaState {
  const changed = Object.entries(limits).map(([meter, limit]): [string, MeterState] => [
    meter,
    { limit: limit ?? UNLIMITED, live: state.meters[meter as keyof typeof state.meters]?.live ?? 0 },
  ]);
  return { ...state, meters: { ...state.meters, ...Object.fromEntries(changed) } };
}
