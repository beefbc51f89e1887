import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProtectionLevel } from '../../../server/src/systems/domain/system.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { MovedClock } from '../../support/chain-desk.ts';
import { GoLiveDesk } from '../../support/go-live-desk.ts';
import { SystemOnItsWay } from '../../support/golive-model/case.ts';
import { agreeAfter, finish, goLiveCommands, type RealSystem } from '../../support/golive-model/commands.ts';
import { RequestJourney } from '../../support/request-journey.ts';
import { ENDS_ON_FAILURE } from '../../support/soak.ts';

const RUNS = 3;
const COMMANDS_MAX = 25;

let app: TestApplication;
let journey: RequestJourney;
let desk: GoLiveDesk;
let centerId: string;
const clock = new MovedClock();

beforeAll(async () => {
  app = await openTestApplication(clock);
  journey = await RequestJourney.begin(app);
  desk = new GoLiveDesk(app, journey, clock);
  centerId = (await journey.openCenter('golive-model', 10_000)).center.id;
});
afterAll(() => app.close());

async function begin(protectionLevel: ProtectionLevel): Promise<{ model: SystemOnItsWay; real: RealSystem }> {
  const [machineId = ''] = await desk.life.delivered(centerId);
  const { id: systemId } = await desk.systemWith(machineId, { protectionLevel });
  const { applicant, head, reviewer } = journey;
  const people = { applicant, head, reviewer, builder: desk.builder(systemId) };
  return { model: new SystemOnItsWay(protectionLevel), real: { app, desk, clock, systemId, machineId, people } };
}

describe('a system going live, with people in any order', () => {
  it('is live once, after its days and by all its parties, and goes by no way that there is not', async () => {
    const play = async (level: ProtectionLevel, commands: Iterable<fc.AsyncCommand<SystemOnItsWay, RealSystem>>) => {
      const { model, real } = await begin(level);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await finish(model, real);
      await agreeAfter('the end', model, real);
      expect(model.liveSince).not.toBeNull();
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<ProtectionLevel>(1, 2, 3),
        fc.commands(goLiveCommands, { maxCommands: COMMANDS_MAX, size: 'max' }),
        play,
      ),
      { numRuns: RUNS, endOnFailure: ENDS_ON_FAILURE, verbose: 1 },
    );
  });
});
