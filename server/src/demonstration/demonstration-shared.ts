import { Injectable } from '@nestjs/common';
import { accountingYear } from '../kernel/calendar.js';
import { AddressesService } from '../networks/addresses.service.js';
import { NetworksService } from '../networks/networks.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SharedPools } from '../sharedcosts/shared-pools.service.js';
import { makeUpPublicAddresses, makeUpPublicNetwork } from './made-up-addresses.js';
import { makeUpSharedCosts } from './made-up-shared-costs.js';
import type { MadeUpProvince } from './province.js';
import { Seeded } from './seeded.js';

/** Ids of their own sequence: the rest of the province stays what it was. */
const OWN_SEED = 20_261_131;

/** What many use and nobody alone: addresses that the internet reaches, and what each center costs in common. */
@Injectable()
export class DemonstrationShared {
  constructor(
    private readonly networks: NetworksService,
    private readonly addresses: AddressesService,
    private readonly pools: SharedPools,
  ) {}

  async write(tx: Tx, { facilities, systems }: MadeUpProvince): Promise<void> {
    const year = accountingYear(tx.now);
    const seeded = new Seeded(OWN_SEED);
    const { pools, versions } = makeUpSharedCosts(seeded, facilities.centers, `${year}-01`);
    await this.pools.add(tx, pools, versions);
    const center = facilities.centers.find(({ role }) => role === 'ACTIVE_A');
    if (!center) return;
    const network = makeUpPublicNetwork(seeded, center);
    await this.networks.addAll(tx, [network]);
    for (const { address, sinceMonth, system } of makeUpPublicAddresses(systems.systems)) {
      const since = new Date(`${year}-${String(sinceMonth).padStart(2, '0')}-08T09:30:00+08:00`);
      const subject = { type: 'System', id: system.id, departmentId: system.departmentId, actorName: '马设施' };
      await this.addresses.add(tx, network.id, address, { ...subject, purpose: `${system.name}互联网入口` }, since);
    }
  }
}
