import { say } from '../../kernel/bilingual.js';
import { calendarDate } from '../../kernel/calendar.js';
import { nextState } from '../../kernel/state-machine.js';
import type { PastTaking } from '../../quotas/quota-takings.service.js';
import { type ServerMove, type ServerState, serverTable } from '../../servers/domain/server-state.js';
import type { PastServerLife } from '../../servers/servers.types.js';
import { Seeded } from '../seeded.js';
import { beginningOf, daysLater, officeMoments, officeTime } from './past-calendar.js';
import { type PastAsker, type PastFacts, type PastScale, payerOn } from './past-facts.js';

/** Keeps the servers' lives apart from everything else that comes out of the same seed. */
const SERVERS_SALT = 0x5e47e4;
/** Of a hundred servers that are there to be asked for, so many were given to somebody at some time. */
const GIVEN_PERCENT = 60;
const RETURNED_PERCENT = 30;
const GIVEN_AGAIN_PERCENT = 50;
const HELD_DAYS_MOST = 6;
const USED_DAYS_LEAST = 90;
const USED_DAYS_SPREAD = 300;
const CLEANED_DAYS_MOST = 4;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type LivingServer = {
  life: Writable<PastServerLife> & { steps: PastServerLife['steps'][number][] };
  taking: Writable<PastTaking> | null;
};

/** What became of the province's standalone servers: each step by the table of their life, each use out of the quotas of its day. */
export function makeUpServerLives(
  seed: number,
  facts: Pick<PastFacts, 'askers' | 'servers' | 'reviewers'>,
  scale: PastScale,
): { readonly lives: readonly PastServerLife[]; readonly takings: readonly PastTaking[] } {
  const seeded = new Seeded(seed ^ SERVERS_SALT);
  const { until } = scale;
  const takings: Writable<PastTaking>[] = [];
  const lives: PastServerLife[] = [];
  const begins = beginningOf(until, scale.months);
  for (const server of facts.servers) {
    if (facts.askers.length === 0 || !seeded.chance(GIVEN_PERCENT)) continue;
    const from = new Date(Math.max(server.from.getTime(), begins.getTime()));
    const [first] = officeMoments(seeded, from, until, 1);
    if (!first) continue;
    const living: LivingServer = {
      life: { serverId: server.id, state: 'FREE', use: NOBODY, steps: [] },
      taking: null,
    };
    for (let at: Date | null = first; at !== null; ) at = giveAndTakeBack(seeded, facts, living, at, until, takings);
    if (living.life.steps.length > 0) lives.push(living.life);
  }
  return { lives, takings };
}

const NOBODY = { departmentId: null, systemId: null, poolId: null } as const;

/** @returns when it is given to somebody again; null = not within this past. */
function giveAndTakeBack(
  seeded: Seeded,
  facts: Pick<PastFacts, 'askers' | 'reviewers'>,
  living: LivingServer,
  at: Date,
  until: Date,
  takings: Writable<PastTaking>[],
): Date | null {
  const asker = seeded.pick(facts.askers);
  const reviewer = seeded.pick(facts.reviewers);
  const given = officeTime(seeded, daysLater(at, 1 + seeded.below(HELD_DAYS_MOST)), until);
  // A hold without its end would stand for a request that is not there.
  if (given <= at) return null;
  const who = { departmentId: asker.department.id, systemId: asker.system.id, poolId: null };
  step(living, at, 'HOLD', say(`为${asker.system.name}预占`, `Held for ${asker.system.name}`), asker.head.name, asker);
  living.life.use = who;
  step(
    living,
    given,
    'ALLOCATE',
    say(`分配给${asker.system.name}`, `Given to ${asker.system.name}`),
    reviewer.name,
    asker,
  );
  const taking: Writable<PastTaking> = {
    subjectId: living.life.serverId,
    quotaIds: [...asker.quotaIds, payerOn(asker, calendarDate(given))],
    amounts: { SERVER: 1 },
    takenAt: given,
    givenBackAt: null,
  };
  takings.push(taking);
  const back = officeTime(seeded, daysLater(given, USED_DAYS_LEAST + seeded.below(USED_DAYS_SPREAD)), FAR_AWAY);
  if (back >= until || !seeded.chance(RETURNED_PERCENT)) return null;
  living.life.use = NOBODY;
  taking.givenBackAt = back;
  step(
    living,
    back,
    'RETURN',
    say(`${asker.system.name}退回，待清理`, `Returned by ${asker.system.name}, to be cleaned`),
    asker.applicant.name,
    null,
  );
  const clean = officeTime(seeded, daysLater(back, 1 + seeded.below(CLEANED_DAYS_MOST)), FAR_AWAY);
  if (clean >= until) return null;
  step(
    living,
    clean,
    'FINISH_CLEANING',
    say('清理完成，可再分配', 'Cleaned, free to be given again'),
    reviewer.name,
    null,
  );
  const again = officeTime(seeded, daysLater(clean, 1 + seeded.below(USED_DAYS_SPREAD)), FAR_AWAY);
  return again < until && seeded.chance(GIVEN_AGAIN_PERCENT) ? again : null;
}

/** Later than any past: what is planned for after its end simply never happens. */
const FAR_AWAY = new Date(8.64e15);

function step(
  { life }: LivingServer,
  at: Date,
  move: ServerMove,
  text: PastServerLife['steps'][number]['text'],
  actorName: string,
  asker: PastAsker | null,
): void {
  const state: ServerState | undefined = nextState(serverTable, life.state, move);
  if (state === undefined) throw new Error(`the past moves a server from ${life.state} by ${move}`);
  life.state = state;
  life.steps.push({ at, kind: move, state, text, actorName, departmentId: asker?.department.id ?? null });
}
