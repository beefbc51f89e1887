import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { HandedLines } from '../../support/handed-lines.ts';
import {
  agreeAfter,
  fill,
  happened,
  type LineCommand,
  type LinesOnPaper,
  type LineWorld,
  lineCommands,
  throughCase,
  throughUnanswered,
  wayBack,
} from '../../support/lives-model/line-commands.ts';
import { LineLife } from '../../support/lives-model/line-life.ts';
import { World } from '../../support/request-model/world.ts';
import { ENDS_ON_FAILURE, sayInSoak } from '../../support/soak.ts';

const RUNS = 2;
const COMMANDS_MAX = 30;
/** The clock passes years in each run; the system's declarations hold to the end of the century. */
const WORLD_ENDS = new Date('2090-01-01T00:00:00.000Z');
/** Of the temporary request: long enough to be reminded a month before. */
const UNTIL_DAYS = 45;

let real: LineWorld;
let crashes = 0;
beforeAll(async () => {
  real = await open();
});
afterAll(async () => {
  sayInSoak('line-lives-model', new Map([...happened, ['BREAKS', crashes + (real?.world.crashes ?? 0)]]));
  await real?.world.close();
});

async function open(): Promise<LineWorld> {
  const world = await World.open();
  return { world, handed: new HandedLines(world.app, world.kinds, world.siteA) };
}

async function beginAnew(): Promise<void> {
  crashes += real.world.crashes;
  await real.world.close();
  real = await open();
}

/** A server, a place and a service for long, and one of each until a day, handed over. */
async function begin(): Promise<LinesOnPaper> {
  const { world, handed } = real;
  const requests: LinesOnPaper['requests'] = [];
  for (const until of [null, addDays(calendarDate(world.clock.now()), UNTIL_DAYS)]) {
    const { requestId, server, cabinet, service } = await handed.delivered(until);
    const now = world.clock.now();
    const lines = [
      new LineLife(server, 'SERVER', until, now),
      new LineLife(cabinet, 'CABINET', until, now),
      new LineLife(service, 'SERVICE', until, now),
    ];
    requests.push({ id: requestId, heard: (await world.life.notices(requestId)).length, lines });
  }
  return { requests };
}

/** Nothing is left of them: given back by whoever may, once each. */
async function windUp(model: LinesOnPaper): Promise<void> {
  const { world } = real;
  for (const life of model.requests.flatMap(({ lines }) => lines)) {
    world.tick();
    if (life.isOccupied) await fill(world, life, false);
    if (!life.hasEnded) await wayBack(life, real);
  }
  await agreeAfter('the end', model, real);
}

async function play(commands: Iterable<LineCommand>): Promise<void> {
  try {
    if (real.world.clock.now() > WORLD_ENDS) await beginAnew();
    const model = await begin();
    await fc.asyncModelRun(() => ({ model, real }), commands);
    await windUp(model);
    expect(model.requests.every(({ lines }) => lines.every(({ hasEnded }) => hasEnded))).toBe(true);
  } catch (error) {
    await beginAnew();
    throw error;
  }
}

describe('servers, places and services under the calendar, with people in any order between', () => {
  it.each([{ statement: 9, moment: 'AFTER' } as const])(
    'go through a case to its end, with a line that breaks at %j',
    (breaks) => play(throughCase(breaks)),
  );

  it('end though more time was asked for, and the wish that nobody has answered is answered', () =>
    play(throughUnanswered(null)));

  it('are told once a mark, are given back once, by rule, by people or by a decision, and are in one case at a time', async () => {
    await fc.assert(fc.asyncProperty(fc.commands(lineCommands, { maxCommands: COMMANDS_MAX, size: 'max' }), play), {
      numRuns: RUNS,
      endOnFailure: ENDS_ON_FAILURE,
      verbose: 1,
    });
    // Of the ways above at least: what random ones come to is up to the seed.
    for (const what of ['open done', 'AGREE done', 'RECLAIM done', 'UNDO done', 'extend done'])
      expect([what, happened.get(what) ?? 0]).not.toEqual([what, 0]);
    expect(crashes + real.world.crashes).toBeGreaterThan(0);
  });
});
