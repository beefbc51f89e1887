// fast-check as the specs know it, where `npm run soak` runs them: each property in rounds, as many as are said or until
// its time is over. A round is what `npm test` runs, from a seed of its own. jest.config.js puts this in the place of
// fast-check, so that the specs need not know of it.
import { expect } from '@jest/globals';
import * as real from '../../node_modules/fast-check/lib/fast-check.js';

export * from '../../node_modules/fast-check/lib/fast-check.js';

const { JIYUN_SOAK, JIYUN_SOAK_SECONDS, JIYUN_SEED, JIYUN_PATH } = process.env;
const [ROUNDS, SECONDS, FIRST_SEED] = [JIYUN_SOAK, JIYUN_SOAK_SECONDS, JIYUN_SEED].map(Number);
const MS = 1_000;
/** Whoever watches sees that it goes on, and how fast. */
const SAID_EVERY_MS = 60_000;

export function assert(property, parameters = {}) {
  const until = Date.now() + SECONDS * MS;
  const round = (seed) => real.check(property, { ...parameters, ...(JIYUN_PATH ? { path: JIYUN_PATH } : {}), seed });
  const goOn = (number) => number < ROUNDS && !JIYUN_PATH && Date.now() < until;
  let runs = 0;
  let saidAt = Date.now();
  const judge = (details) => {
    runs += details.numRuns;
    if (!details.failed) {
      if (Date.now() - saidAt < SAID_EVERY_MS) return;
      saidAt = Date.now();
      say(`${runs} runs so far`);
      return;
    }
    say(`FAILED in run ${runs}, seed ${details.seed}`);
    throw new Error(real.defaultReportMessage(details), { cause: details.errorInstance });
  };
  const first = round(FIRST_SEED);
  if (first instanceof Promise)
    return (async () => {
      judge(await first);
      for (let number = 1; goOn(number); number += 1) judge(await round(FIRST_SEED + number));
      say(`${runs} runs`);
    })();
  judge(first);
  for (let number = 1; goOn(number); number += 1) judge(round(FIRST_SEED + number));
  say(`${runs} runs`);
}

function say(what) {
  const { currentTestName, testPath } = expect.getState();
  process.stderr.write(`soak: ${what}: ${testPath.split('/').at(-1)}: ${currentTestName}\n`);
}

export default { ...real.default, assert };
