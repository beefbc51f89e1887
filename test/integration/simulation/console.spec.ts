import { serveSimulated } from '../../support/console-served.ts';
import { describeGateway } from '../../support/gateway-suite.ts';
import { describeProvisioningFaults } from '../../support/provisioning-faults-suite.ts';
import { describeProvisioning } from '../../support/provisioning-suite.ts';

// The very suites that a real API server passes, under the very account: the console cannot tell.
describeGateway('a simulated cluster', serveSimulated);
describeProvisioning('a simulated cluster', serveSimulated);
describeProvisioningFaults('a simulated cluster', serveSimulated);
