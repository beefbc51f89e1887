import type { PlaceWish } from '../cabinets/space.types.js';

const DAY_MS = 86_400_000;
/** Switches, strips and frames came with the rooms. */
const ROOMS_DAYS = 900;
/** What was given away and mounted since came over the last thirteen months. */
const YEAR_DAYS = 395;
/** Steps of the golden ratio scatter evenly, so that no center fills up before the next begins. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The made-up wishes with the moment since which each has stood there; holds are of today. */
export function stoodSince(now: Date, wishes: readonly PlaceWish[]): PlaceWish[] {
  const young = wishes.filter(isYoung);
  // The root makes the steps shorter towards today: use has grown faster of late.
  const ageOf = new Map(young.map((wish, at) => [wish, YEAR_DAYS * Math.sqrt(1 - ((at * GOLDEN) % 1))]));
  return wishes.map((wish) => {
    const days = wish.state === 'HELD' ? 0 : (ageOf.get(wish) ?? ROOMS_DAYS);
    return { ...wish, since: new Date(now.getTime() - Math.round(days) * DAY_MS) };
  });
}

function isYoung({ kind, state }: PlaceWish): boolean {
  return state !== 'HELD' && (kind === 'SPACE' || kind === 'SERVER');
}
