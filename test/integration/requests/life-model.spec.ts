import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { happened } from '../../support/request-model/agreement.ts';
import { Model } from '../../support/request-model/model.ts';
import { throughPlaces, throughThings } from '../../support/request-model/thing-ways.ts';
import {
  allCommands,
  through,
  throughDebts,
  throughForeign,
  throughModes,
  windUp,
} from '../../support/request-model/ways.ts';
import { type Crash, World } from '../../support/request-model/world.ts';
import { ENDS_ON_FAILURE, SOAKS, sayInSoak } from '../../support/soak.ts';

const RUNS = 4;
/**
 * Long ways: a short one ends before anything gets into anything's way. Of every four commands three mean nothing where the
 * model stands and are passed over at no cost.
 */
const COMMANDS = SOAKS
  ? ({ minLength: 80, maxLength: 200, size: 'max' } as const)
  : ({ minLength: 15, maxLength: 40, size: 'max' } as const);
/** The clock passes months in each run, and whatever is added up anew after each act grows; budgets of its years are opened. */
const RUNS_PER_WORLD = 150;

let world: World;
let runs = 0;
/** In the worlds before this one. */
let crashes = 0;
beforeAll(async () => {
  world = await World.open();
});
afterAll(async () => {
  sayInSoak('life-model', new Map([...happened, ['BREAKS', crashes + (world?.crashes ?? 0)]]));
  await world?.close();
});

/** A run begins with an empty province, and leaves one; what failed leaves one that nobody goes on in. */
async function play(commands: Iterable<fc.AsyncCommand<Model, World>>, recoveryIsOpen = true): Promise<void> {
  const model = new Model(recoveryIsOpen);
  runs += 1;
  if (runs % RUNS_PER_WORLD === 0) await beginAnew();
  try {
    await world.begin(recoveryIsOpen);
    await fc.asyncModelRun(() => ({ model, real: world }), commands);
    await windUp(model, world);
  } catch (error) {
    await beginAnew();
    throw error;
  }
}

async function beginAnew(): Promise<void> {
  crashes += world.crashes;
  await world.close();
  world = await World.open();
}

describe('requests for all kinds, and what they got, from form to release', () => {
  it('go one way through all of it as the model does', () => play(through(null)));

  it.each<Crash | null>([null, { statement: 12, moment: 'AFTER' }])(
    'go one way through what the recovery center owes them, with a line that breaks at %j',
    (breaks) => play(throughDebts(breaks), false),
  );

  it.each<Crash | null>([null, { statement: 30, moment: 'AFTER' }])(
    'go one way through the DR modes of a line, with a line that breaks at %j',
    (breaks) => play(throughModes(breaks)),
  );

  it.each<Crash | null>([null, { statement: 15, moment: 'BEFORE' }])(
    'go one way through foreign platforms, with a line that breaks at %j',
    (breaks) => play(throughForeign(breaks)),
  );

  it.each<Crash>([{ statement: 17, moment: 'AFTER' }])(
    'go one way through cabinets, services, accelerators and kept disks, with a line that breaks at %j',
    async (breaks) => {
      const what = [
        'places up',
        'places remade',
        'place moved',
        'places given back',
        'service given back',
        'disk gone',
      ];
      const before = what.map((one) => happened.get(one) ?? 0);
      await play(throughThings(breaks));
      expect(what.map((one, n) => (happened.get(one) ?? 0) - (before[n] ?? 0))).toEqual([3, 2, 2, 2, 1, 2]);
    },
  );

  it.each<Crash | null>([null, { statement: 20, moment: 'AFTER' }])(
    'go one way through the power of places, with a line that breaks at %j',
    async (breaks) => {
      const what = ['places up', 'places down', 'places remade', 'settled'] as const;
      const before = what.map((one) => happened.get(one) ?? 0);
      await play(throughPlaces(breaks), false);
      expect(what.map((one, n) => (happened.get(one) ?? 0) - (before[n] ?? 0))).toEqual([2, 2, 2, 1]);
    },
  );

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
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(...allCommands), COMMANDS), fc.boolean(), play), {
      numRuns: RUNS,
      endOnFailure: ENDS_ON_FAILURE,
      verbose: 1,
    });
    for (const what of ['sign done', 'sign refused', 'granted', 'gone'])
      expect(happened.get(what) ?? 0).toBeGreaterThan(0);
    expect(crashes + world.crashes).toBeGreaterThan(0);
  });
});
