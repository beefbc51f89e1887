import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { happened } from '../../support/request-model/agreement.ts';
import { Model } from '../../support/request-model/model.ts';
import { allCommands, through, windUp } from '../../support/request-model/ways.ts';
import { World } from '../../support/request-model/world.ts';
import { ENDS_ON_FAILURE } from '../../support/soak.ts';

const RUNS = 10;
const COMMANDS_MAX = 50;

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world?.close());

/** A run begins with an empty province, and leaves one; what failed leaves one that nobody goes on in. */
async function play(commands: Iterable<fc.AsyncCommand<Model, World>>): Promise<void> {
  const model = new Model();
  try {
    await world.openYears();
    await fc.asyncModelRun(() => ({ model, real: world }), commands);
    await windUp(model, world);
  } catch (error) {
    await world.close();
    world = await World.open();
    throw error;
  }
}

describe('requests for all kinds, and what they got, from form to release', () => {
  it('go one way through all of it as the model does', () => play(through(null)));

  it.each([
    [9, 'BEFORE'],
    [23, 'AFTER'],
  ] as const)(
    'go the same way where the line breaks at statement %i of every act, %s the database has it',
    async (statement, moment) => {
      const before = world.crashes;
      await play(through({ statement, moment }));
      expect(world.crashes).toBeGreaterThan(before);
    },
  );

  it('in any order, with a line that breaks: claims as the model, no leak, nothing twice, no illegal edge', async () => {
    await fc.assert(fc.asyncProperty(fc.commands(allCommands, { maxCommands: COMMANDS_MAX, size: 'max' }), play), {
      numRuns: RUNS,
      endOnFailure: ENDS_ON_FAILURE,
      verbose: 1,
    });
    for (const what of ['sign done', 'sign refused', 'granted', 'gone'])
      expect(happened.get(what) ?? 0).toBeGreaterThan(0);
    expect(world.crashes).toBeGreaterThan(0);
  });
});
