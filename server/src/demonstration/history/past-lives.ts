import { say } from '../../kernel/bilingual.js';
import { addDays, calendarDate } from '../../kernel/calendar.js';
import type { ReviewStage } from '../../resources/domain/review.js';
import type { PastResource, PastResourceEvent } from '../../resources/resources.types.js';
import { daysLater } from './past-calendar.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const YEAR_DAYS = 365;
const DAY_MS = 86_400_000;
/** Every so-and-so-many machines one whose review is near, one that nobody reviewed, one that is temporary, one in the bin. */
const EVERY = { toReview: 13, forgotten: 61, temporary: 29, inBin: 41 } as const;
/** Long enough to have become a reclaim case by the rules as they are at first (365 + 30 days). */
const FORGOTTEN_DAYS = 400;
const BIN_DAYS = 6;
const TERM_DAYS = 45;
/** Of pairs only every so-and-so-manieth has lost one of its two: people look after those. */
const PAIRED_IN_BIN = 5;

/**
 * What time has made of the machines that still run at the end of the past: most were reviewed every year, some wait for
 * their owner or for the calendar. By their number alone, so that the rest of the past stays what it was.
 */
export function liveOn(
  resources: readonly Writable<PastResource>[],
  until: Date,
  { idAt, isPaired }: { idAt: (ms: number) => string; isPaired: (resource: PastResource) => boolean },
): PastResourceEvent[] {
  const events: PastResourceEvent[] = [];
  for (const [index, resource] of resources.entries()) {
    const { deliveredAt } = resource;
    if (resource.state !== 'IN_USE' || deliveredAt === null) continue;
    const age = Math.floor((until.getTime() - deliveredAt.getTime()) / DAY_MS);
    const nth = (part: keyof typeof EVERY) => index % EVERY[part] === EVERY[part] - 1;
    const since = (days: number) => ({ reviewFrom: daysLater(until, -days), reviewStage: 'NONE' as ReviewStage });
    const mayGo = !isPaired(resource) || index % PAIRED_IN_BIN === 0;
    if (nth('inBin') && mayGo) events.push(intoBin(resource, until, index, idAt));
    else if (nth('temporary'))
      resource.life = { temporaryUntil: addDays(calendarDate(until), 1 + (index % TERM_DAYS)), reviewFrom: null };
    else if (nth('forgotten') && age > FORGOTTEN_DAYS) resource.life = since(FORGOTTEN_DAYS);
    else if (nth('toReview') && age > YEAR_DAYS) resource.life = since(YEAR_DAYS - (index % 25));
    else resource.life = since(age % YEAR_DAYS < YEAR_DAYS - 40 ? age % YEAR_DAYS : index % 40);
  }
  return events;
}

function intoBin(
  resource: Writable<PastResource>,
  until: Date,
  index: number,
  idAt: (ms: number) => string,
): PastResourceEvent {
  const text = say('已停机：在回收站中', 'Stopped: it is in the recycle bin');
  Object.assign(resource, {
    state: 'IN_BIN',
    generation: resource.generation + 1,
    observedGeneration: resource.generation + 1,
    version: resource.version + 1,
    statusText: text,
    life: {
      reviewFrom: resource.deliveredAt,
      binUntil: daysLater(until, 1 + (index % BIN_DAYS)),
      binCause: 'RELEASE' as const,
    },
  });
  return {
    id: idAt(until.getTime()),
    resourceId: resource.id,
    at: until,
    kind: 'BIN',
    text: say('申请释放：业务已迁走', 'Release asked: its work has moved'),
    actorName: '集云',
    size: null,
  };
}
