import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import type { ServedCluster } from './gateway-suite.ts';
import { besideTheRecordCases } from './provisioning/beside-the-record-cases.ts';
import { firstStartCases } from './provisioning/first-start-cases.ts';
import { ProvisioningGround } from './provisioning/ground.ts';
import { keepingCases } from './provisioning/keeping-cases.ts';
import { releaseCases } from './provisioning/release-cases.ts';

/** The whole of provisioning against a cluster: whichever serves, the same must come true. */
export function describeProvisioning(what: string, serve: () => Promise<ServedCluster>): void {
  describe(`provisioning on ${what}`, () => {
    let opened: ProvisioningGround | undefined;
    const ground = () => opened as ProvisioningGround;

    beforeAll(async () => {
      opened = await ProvisioningGround.open(serve);
    }, 120_000);
    afterEach(() => opened?.stopWorkers());
    afterAll(() => opened?.close());

    firstStartCases(ground);
    besideTheRecordCases(ground);
    releaseCases(ground);
    keepingCases(ground);
  });
}
