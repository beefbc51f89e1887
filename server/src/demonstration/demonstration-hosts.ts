import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { at } from '../provisioning/domain/cluster-object.js';
import { BmcService } from '../servers/bmc.service.js';
import { HostActs } from '../servers/host-acts.service.js';
import { HostMismatchActs } from '../servers/host-mismatch-acts.service.js';
import { HostMismatches } from '../servers/host-mismatches.service.js';
import { ServersService } from '../servers/servers.service.js';
import { done, type People } from './journey-people.js';
import { BURNING_IN, burningIn, LENT_HOST } from './made-up-hosts.js';
import type { Strangers } from './strangers.js';

const LOOKED_AT_IN = 'center-a';
const REGISTERED_IN = 'center-b';
const PAGE = { first: 100, after: null };
const PASSWORD = 'made-up';

/** What the center's engineer did this morning of hosts and assets without their twin. */
@Injectable()
export class DemonstrationHosts {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly servers: ServersService,
    private readonly bmc: BmcService,
    private readonly acts: HostActs,
    private readonly mismatches: HostMismatches,
    private readonly mismatchActs: HostMismatchActs,
  ) {}

  async run(people: People, strangers: Strangers): Promise<void> {
    await this.letBe(people, strangers);
    await this.register(people);
  }

  /** New machines, whose whole disks are written: as many as the second center's cluster writes at once. */
  async crowd(strangers: Strangers): Promise<void> {
    for (const manifest of burningIn()) await strangers.make(REGISTERED_IN, 'kubectl', manifest);
    for (const { name, namespace } of BURNING_IN)
      await strangers.awaited(`${name} is written`, async () => {
        const host = await strangers.get(REGISTERED_IN, { kind: 'BareMetalHost', namespace, name });
        return at(host, 'status', 'provisioning', 'state') === 'provisioning' ? host : undefined;
      });
  }

  /** A machine that was lent has no asset; what speaks no Redfish is installed by people, and no host is expected of it. */
  private async letBe({ workers: { facility } }: People, strangers: Strangers): Promise<void> {
    const centerId = await this.centerId(LOOKED_AT_IN);
    const filter = { states: ['OPEN' as const], sides: [], centerId, search: null };
    const open = await strangers.awaited('hosts and assets without their twin', async () => {
      const { rows } = await this.mismatches.page(filter, PAGE);
      return rows.some(({ host }) => host?.name === LENT_HOST) ? rows : undefined;
    });
    const [lent, byHand] = [
      open.filter(({ host }) => host?.name === LENT_HOST),
      // The first is left as it is: one sees what the page offers to do.
      open.filter(({ side }) => side === 'SERVER').slice(1),
    ];
    const reasons = [
      [lent, '厂商借测设备，12 月 20 日归还，不入资产'],
      [byHand, '带外不支持 Redfish，由人工装机'],
    ] as const;
    for (const [rows, reason] of reasons) {
      if (rows.length === 0) continue;
      const items = rows.map(({ id, version }) => ({ id, expectedVersion: version }));
      const decided = await this.mismatchActs.decide(facility, {
        ...{ items, action: 'IGNORE', reason, idempotencyKey: newId() },
      });
      if (!decided.ok) throw new Error(decided.error.map(({ message }) => message.en).join('; '));
    }
  }

  /** One comes in; of another the controller does not answer, and the page says what to look after. */
  private async register({ workers: { facility } }: People): Promise<void> {
    const centerId = await this.centerId(REGISTERED_IN);
    const wanted = { centerId, states: ['FREE' as const, 'ONBOARDING' as const] };
    const { rows } = await this.servers.page(WHOLE_PROVINCE, wanted, 'ASSET_NUMBER', PAGE);
    const without = rows.filter(({ bmcAddress, clusterHost }) => clusterHost === null && bmcAddress !== null);
    const answers = without.find(({ bmcAddress }) => !bmcAddress?.includes('unreachable'));
    const silent = without.find(({ bmcAddress }) => bmcAddress?.includes('unreachable'));
    for (const server of [answers, silent]) {
      if (!server) continue;
      const wish = { id: server.id, idempotencyKey: newId() };
      const credential = { username: 'metal3', password: PASSWORD };
      await done(
        this.bmc.setCredential(facility, WHOLE_PROVINCE, { ...wish, expectedVersion: server.version, credential }),
      );
      const now = await this.servers.inScope(WHOLE_PROVINCE, server.id);
      await done(
        this.acts.act(facility, WHOLE_PROVINCE, {
          ...{ id: server.id, action: 'REGISTER', expectedVersion: now?.version ?? server.version },
          ...{ idempotencyKey: newId(), reason: null, confirmed: server.assetNumber, imageId: null },
        }),
      );
    }
  }

  private async centerId(code: string): Promise<string> {
    const center = (await this.facilities.centers()).find((one) => one.code === code);
    if (!center) throw new Error(`the demonstration has no ${code}`);
    return center.id;
  }
}
