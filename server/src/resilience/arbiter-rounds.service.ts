import { Inject, Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { Leases } from '../platform/database/lease.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { answeredOf } from './domain/dr-link.js';
import type { Reading } from './domain/dr-signal.js';
import type { ProbeSettings } from './domain/probes/probe.js';
import { LinksRepository } from './links.repository.js';
import { TcpProbe } from './probing/adapters.js';
import { Dialling } from './probing/dialling.js';
import { SignalsRepository } from './signals.repository.js';

/** Longer than a round in which nothing answers. */
const LEASE_LIFE_MS = 60_000;
/** What has not answered by then is lost to whoever waits for a vote. */
const TIMEOUT_MS = 2_000;
/** Three rounds left out, and nobody knows. */
const MAX_AGE_S = 60;

/**
 * 仲裁探测: asks the arbiter of a pair by each way that is on record with an address, from where this console runs; so each
 * carrier's way is asked on its own. One process at a time.
 */
@Injectable()
export class ArbiterRounds {
  private readonly lease: HeldLease;
  private readonly probe: TcpProbe;

  constructor(
    private readonly links: LinksRepository,
    private readonly signals: SignalsRepository,
    private readonly facilities: FacilitiesService,
    private readonly leases: Leases,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIGURATION) { mode }: Configuration,
  ) {
    this.lease = new HeldLease(leases, 'dr-arbiter', newId(), LEASE_LIFE_MS);
    this.probe = new TcpProbe(new Dialling(mode === 'DEMO'));
  }

  /** One round. Gives how many ways were asked. */
  async run(): Promise<number> {
    const [links, centers] = await Promise.all([this.links.all(), this.facilities.centers()]);
    const paths = links.flatMap(({ arbiterPaths }) => arbiterPaths);
    const targets = [...new Set(paths.flatMap(({ target }) => target || []))];
    const known = await this.signals.named('ARBITER_PATHS');
    if (targets.length === 0 && known.length === 0) return 0;
    if ((await this.lease.take()) === undefined) return 0;
    const answers = new Map(
      await Promise.all(targets.map(async (target) => [target, await this.answers(target)] as const)),
    );
    const at = this.clock.now();
    const readings = answeredOf(paths, answers).flatMap(({ from, percent }): Reading[] => {
      const center = centers.find(({ role }) => role === from);
      if (!center) return [];
      return [
        {
          ...({ subjectKind: 'CENTER', subjectId: center.id, name: 'ARBITER_PATHS', towards: null } as const),
          ...{ source: 'TCP arbiter', value: percent, observedAt: at, maxAgeSeconds: MAX_AGE_S },
        },
      ];
    });
    const { current: lease } = this.lease;
    await this.unitOfWork.run(async (tx) => {
      if (!lease || !(await this.leases.stillHeld(tx, lease))) return;
      await this.signals.record(tx, readings);
      // Ways that nobody asks for any more say nothing: else their center would be unknown for ever.
      const asked = new Set(readings.map(({ subjectId }) => subjectId));
      for (const { id, subjectId } of known) if (!asked.has(subjectId)) await this.signals.forget(tx, id);
    });
    return targets.length;
  }

  release(): Promise<void> {
    return this.lease.release();
  }

  private async answers(target: string): Promise<boolean> {
    try {
      await this.probe.ask({ ...ASKED, target });
      return true;
    } catch {
      return false;
    }
  }
}

const ASKED: ProbeSettings = {
  ...{ kind: 'TCP', name: '', towards: null, target: '', server: null, expect: null, family: 'ANY', engine: null },
  ...{ statePointer: null, lagPointer: null, account: null, database: null },
  ...{ everySeconds: 15, timeoutMs: TIMEOUT_MS, enabled: true },
};
