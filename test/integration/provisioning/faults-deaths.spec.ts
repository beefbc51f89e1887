import { serveSimulated } from '../../support/console-served.ts';
import { describeDeaths } from '../../support/provisioning-deaths-suite.ts';
import { SOAKS } from '../../support/soak.ts';

/** `npm run soak -- faults` kills at each; some fifteen of them take `npm test` half a minute. */
const EVERY = SOAKS ? 1 : 13;

describeDeaths('a simulated cluster', EVERY, serveSimulated);
