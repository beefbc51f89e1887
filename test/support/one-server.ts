import type { HostRecordsOfWorker } from '../../server/src/provisioning/provisioning.types.js';
import type {
  DesiredHost,
  FirstBootOfServer,
  HostImage,
  HostReading,
} from '../../server/src/servers/domain/host-record.js';

const IMAGE: HostImage = {
  ...{ name: 'openEuler 24.03', url: 'https://images/openeuler.qcow2', checksum: `sha256:${'a'.repeat(64)}` },
  format: 'qcow2',
};

const FIRST_BOOT: FirstBootOfServer = {
  ...{ username: 'jyadmin', passwordHash: '$6$salt$hash', macs: ['52:54:00:12:34:56'] },
  networks: [
    { network: 'a', vlanId: 120, addresses: [{ address: '10.9.0.21', prefixLength: 24, gateway: '10.9.0.1' }] },
  ],
};

/** The record's side of one server that was registered, as HostRecords keeps it; its own rows are proved in integration/provisioning/hosts. */
export class OneServer {
  wish: DesiredHost;
  readonly records: HostRecordsOfWorker;

  constructor(centerId: string, serial: string, bmcAddress: string) {
    this.wish = {
      ...{ serverId: 'server-1', centerId, management: 'DRIVEN', registered: true, useId: null, lineId: null },
      ...{
        requestCode: null,
        image: null,
        imageRound: 0,
        imageAskedById: null,
        online: false,
        rebootRound: 0,
        claimedAt: null,
      },
      ...{ deliveredAt: null, wipe: null, wipedAt: null, phase: 'ONBOARDING', statusText: { zh: '', en: '' } },
      ...{ progressPercent: null, poweredOn: null, tries: 0, hostState: '', observedAt: null, assetNumber: 'ZC-1' },
      ...{ credentialRound: 0, credentialSent: 0, credentialVersion: null },
      ...{ serial, host: { namespace: 'jiyun-hosts', name: 'zc-1' }, bmcAddress, bootMac: null },
      ...{ intention: 'IDLE', usedByHand: false },
    };
    this.records = {
      desiredOf: async () => [this.wish],
      desiredIn: async () => [this.wish],
      credentialOf: async () => ({ address: this.wish.bmcAddress, username: 'root', password: 'calvin' }),
      firstBootsOver: async () => [],
      firstBootOf: async () => ({ ...FIRST_BOOT }),
      record: async (_tx, _seen, reading) => this.record(reading),
      matchHosts: async () => ({ bind: [], unmatched: [] }) as never,
      discovered: async () => false,
      compareMismatches: async () => null,
      recordMismatches: async () => undefined,
      credentialSent: async () => undefined,
      credentialChecked: async () => undefined,
    };
  }

  /** As a grant leaves it. */
  give(useId: string): void {
    this.wish = { ...this.wish, useId, image: IMAGE, imageRound: 1, online: true, intention: 'PRESENT' };
  }

  /** As its return leaves it. */
  takeBack(): void {
    this.wish = { ...this.wish, online: false, intention: 'ABSENT' };
  }

  private record({ claimed, delivered, released, wipe, ...standing }: HostReading): { delivered: null } {
    const [now, { claimedAt, deliveredAt, ...wish }] = [new Date(), this.wish];
    this.wish = {
      ...{ ...wish, ...standing, observedAt: now, wipe: wish.wipe ?? wipe },
      claimedAt: claimedAt ?? (claimed ? now : null),
      deliveredAt: deliveredAt ?? (delivered ? now : null),
      ...(released ? { intention: 'IDLE', useId: null } : {}),
    };
    return { delivered: null };
  }
}
