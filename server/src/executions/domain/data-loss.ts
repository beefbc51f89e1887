/** Decides what a promotion would lose, as it is shown before the press, and what must be typed where it is not known or too much. */
import type { ShownLevel } from '../../resilience/domain/dr-signal.js';

export interface KnownLag {
  readonly tierId: string;
  readonly tierName: string;
  /** Seconds behind when it was read; null = nobody has read it. */
  readonly lagSeconds: number | null;
  readonly observedAt: Date | null;
  readonly level: ShownLevel;
}

/** What is typed must still be true when it has been typed: a figure that grows by the second can be typed by nobody. */
const FIGURE_STANDS_S = 60;

export interface ShownLoss {
  /** At most so much, of all tiers with data the worst; beyond what was promised in whole minutes. null = it is not known. */
  readonly seconds: number | null;
  readonly rpoSeconds: number | null;
  /** Of these nobody knows. */
  readonly unknownTiers: readonly string[];
  /** What must be typed, letter by letter; null = nothing: what is lost is known and within what was promised. */
  readonly mustType: string | null;
}

/**
 * @param lossless the old side writes no more and was synchronized to the end: a planned switchover loses nothing, or does
 * not go on.
 */
export function shownLoss(
  lags: readonly KnownLag[],
  rpoSeconds: number | null,
  now: Date,
  lossless = false,
): ShownLoss {
  const unknownTiers = lags.filter((lag) => isUnknown(lag, now)).map(({ tierName }) => tierName);
  if (lossless) return { seconds: 0, rpoSeconds, unknownTiers, mustType: null };
  if (unknownTiers.length > 0) return { seconds: null, rpoSeconds, unknownTiers, mustType: typedOf(null) };
  // What was written since the reading may be lost as well. A source that is gone is read no more, and what had arrived by the
  // last reading is there still: so an old one is no proof of anything good, and yet at most that is lost. It is typed always.
  const isOld = lags.some(({ level }) => level === 'UNKNOWN');
  const seconds = Math.max(
    0,
    ...lags.map(({ lagSeconds, observedAt }) =>
      Math.ceil((lagSeconds ?? 0) + Math.max(0, now.getTime() - (observedAt?.getTime() ?? 0)) / 1_000),
    ),
  );
  if (!isOld && rpoSeconds !== null && seconds <= rpoSeconds)
    return { seconds, rpoSeconds, unknownTiers, mustType: null };
  const atMost = Math.max(1, Math.ceil(seconds / FIGURE_STANDS_S)) * FIGURE_STANDS_S;
  return { seconds: atMost, rpoSeconds, unknownTiers, mustType: typedOf(atMost) };
}

/** Never read, or by a clock that nobody can reckon with. */
function isUnknown({ lagSeconds, level, observedAt }: KnownLag, now: Date): boolean {
  return lagSeconds === null || observedAt === null || (level === 'UNKNOWN' && observedAt > now);
}

const ACCEPTED = '接受丢失';

/** One text for every language: it is evidence. */
export function typedOf(seconds: number | null): string {
  return seconds === null ? `${ACCEPTED}数量不明的数据` : `${ACCEPTED}最近 ${seconds} 秒的数据`;
}

/** What was shown had to be typed; of what was within the promise only a note is kept. */
export function isTypedAcceptance(shown: string): boolean {
  return shown.startsWith(ACCEPTED);
}

/** Where it must be typed although it is within what was promised. */
export function alwaysTyped(loss: ShownLoss): ShownLoss {
  if (loss.mustType !== null) return loss;
  const atMost = Math.max(1, Math.ceil((loss.seconds ?? 0) / FIGURE_STANDS_S)) * FIGURE_STANDS_S;
  return { ...loss, seconds: atMost, mustType: typedOf(atMost) };
}

/** Spaces at the ends are nobody's intention; everything else is compared letter by letter. */
export function isTyped(mustType: string, typed: string): boolean {
  return typed.trim() === mustType;
}
