import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { ServersService } from '../servers/servers.service.js';

/** Where nobody says another. Its cluster knows the made-up machines that speak Redfish. */
const CENTER = 'center-a';
const LOOK_AGAIN_MS = 500;
/** Their inspection takes some seven seconds; where nothing drives the clusters, the demonstration goes on without. */
const LOOKS_MAX = 60;
const PAGE = { first: 100, after: null };

/** Servers that a cluster installs: on a first start their hosts are known some seconds after the page is open. */
@Injectable()
export class InstalledServers {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly servers: ServersService,
  ) {}

  async centerId(of = CENTER): Promise<string> {
    const center = (await this.facilities.centers()).find(({ code }) => code === of);
    if (!center) throw new Error(`the demonstration has no ${of}`);
    return center.id;
  }

  /** Waits until what is held in that center has its host, as its reviewers would; else it becomes people's work. */
  async found(heldIn?: string): Promise<void> {
    const centerId = heldIn ?? (await this.centerId());
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      const { rows } = await this.servers.page(WHOLE_PROVINCE, { centerId, states: ['HELD'] }, 'ASSET_NUMBER', PAGE);
      if (rows.every(({ clusterHost }) => clusterHost !== null)) return;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
}
