import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { agreeAfter, happened, type Lives, lifeCommands } from '../../support/lives-model/commands.ts';
import { Life } from '../../support/lives-model/life.ts';
import { ADDRESS_RESTS_DAYS } from '../../support/request-model/model.ts';
import { World } from '../../support/request-model/world.ts';
import { ENDS_ON_FAILURE, sayInSoak } from '../../support/soak.ts';

const RUNS = 6;
const COMMANDS_MAX = 30;
/** The clock passes years in each run; the system's declarations hold to the end of the century. */
const WORLD_ENDS = new Date('2090-01-01T00:00:00.000Z');
/** Of the two temporary machines: one is reminded a month before, one is due at once. */
const [LATER_DAYS, SOON_DAYS] = [45, 5];

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(async () => {
  sayInSoak('lives-model', happened);
  await world?.close();
});

/** One machine for long and two until a day, of which one is not delivered yet. */
async function begin(): Promise<Lives> {
  // What those before gave back may be had again.
  world.clock.pass(ADDRESS_RESTS_DAYS + 1);
  const today = calendarDate(world.clock.now());
  const all: Life[] = [];
  for (const until of [null, addDays(today, LATER_DAYS), addDays(today, SOON_DAYS)]) {
    const [id = ''] = await world.life.granted(world.centerA, 1, until);
    const life = new Life(id, until);
    all.push(life);
    if (all.length === 3) continue;
    life.observe('RUNNING', world.clock.now());
    await world.life.observe(id, 'RUNNING');
  }
  return { all };
}

/** Nothing is left of them: given back by whoever may, once each. */
async function windUp(lives: Lives): Promise<void> {
  for (const life of lives.all) {
    world.tick();
    if (life.isProtected && life.protect(false)) await world.life.protect(life.id, false);
    if (life.release(world.clock.now())) await world.life.release(life.id);
    if (life.purge()) await world.life.purge(life.id);
    const now = world.clock.now();
    const wasThere = life.state !== 'RELEASED';
    life.observe('GONE', now);
    if (wasThere) for (const each of lives.all) each.machineGone(life, now);
    await world.life.observe(life.id, 'GONE');
  }
  for (const life of lives.all) {
    world.tick();
    if (life.giveUpDisk()) await world.life.giveUpDisk(life.id);
    const disk = await world.life.diskOf(life.id);
    life.diskGone();
    if (disk) await world.life.diskGone(disk.id);
  }
  await agreeAfter('the end', lives, world);
  expect(lives.all.map((life) => life.state)).toEqual(['RELEASED', 'RELEASED', 'RELEASED']);
}

describe('machines under the calendar, with people in any order between', () => {
  it('never stop for a clock while they are for long, are told once a mark, end on the day, go back once', async () => {
    let crashes = 0;
    const play = async (commands: Iterable<fc.AsyncCommand<Lives, World>>): Promise<void> => {
      try {
        if (world.clock.now() > WORLD_ENDS) {
          crashes += world.crashes;
          await world.close();
          world = await World.open();
        }
        const lives = await begin();
        await fc.asyncModelRun(() => ({ model: lives, real: world }), commands);
        await windUp(lives);
      } catch (error) {
        await world.close();
        world = await World.open();
        throw error;
      }
    };
    await fc.assert(fc.asyncProperty(fc.commands(lifeCommands, { maxCommands: COMMANDS_MAX, size: 'max' }), play), {
      numRuns: RUNS,
      endOnFailure: ENDS_ON_FAILURE,
      verbose: 1,
    });
    expect(crashes + world.crashes).toBeGreaterThan(0);
  });
});
