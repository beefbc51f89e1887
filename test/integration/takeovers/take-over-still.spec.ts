import { serveSimulated } from '../../support/console-served.ts';
import { describeTakeOver } from '../../support/take-over-suite.ts';

describeTakeOver('a simulated cluster', serveSimulated);
