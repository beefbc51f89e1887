import Sequencer from '@jest/test-sequencer';

/** By measured processor time of a suite: browser 30 to 60 s, api and integration 2 to 15, web 1 to 4, unit 0.1 to 3. */
const ORDER = ['browser', 'api', 'integration', 'web', 'unit'];

/**
 * The longest suites first, so that at the end no worker runs one of a minute while the other has nothing left. Jest
 * remembers how long each took, but a clean clone has nothing to remember and goes by the size of files alone.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = (test) => ORDER.indexOf(test.context.config.displayName?.name);
    // Within a project as jest would.
    return super.sort(tests).toSorted((a, b) => place(a) - place(b));
  }
}
