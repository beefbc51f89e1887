import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import {
  type MismatchFinding,
  type MismatchPass,
  mismatchesOf,
  passOverMismatches,
  type SightedHost,
} from './domain/host-mismatch.js';
import { withoutTwin } from './domain/host-mismatch-notices.js';
import { HostMismatchesRepository } from './host-mismatches.repository.js';
import type { HostMismatchFilter, HostMismatchRow } from './host-mismatches.types.js';

const LENGTH_MAX = { serial: 100, hardware: 200, bmcAddress: 200, message: 300 } as const;

export interface MismatchLook {
  readonly centerId: string;
  readonly centerName: string;
  readonly pass: MismatchPass<HostMismatchRow>;
}

/** 主机账实不符: hosts and assets without their twin, told of once and listed until they have it. */
@Injectable()
export class HostMismatches {
  constructor(
    private readonly repository: HostMismatchesRepository,
    private readonly facilities: FacilitiesService,
    private readonly notices: Notices,
  ) {}

  /** What a complete look at a center's hosts says that is not written down yet; null = nothing. Asked before a unit of work. */
  async compare(centerId: string, hosts: readonly SightedHost[]): Promise<MismatchLook | null> {
    const [servers, known] = await Promise.all([
      this.repository.serversBeside(centerId),
      this.repository.standingOf(centerId),
    ]);
    const before = new Set(known.map(({ subjectId }) => subjectId));
    const pass = passOverMismatches(known, mismatchesOf(servers, hosts, before).map(clipped));
    if (pass.fresh.length + pass.changed.length + pass.ended.length === 0) return null;
    const centerName = (await this.facilities.centers()).find(({ id }) => id === centerId)?.name ?? '';
    return { centerId, centerName, pass };
  }

  async record(tx: Tx, { centerId, centerName, pass }: MismatchLook): Promise<void> {
    const rows = pass.fresh.map(
      (finding): HostMismatchRow => ({
        ...finding,
        id: newId(tx.now.getTime()),
        centerId,
        ...{ firstSeenAt: tx.now, state: 'OPEN', decidedBy: null, decidedAt: null, reason: null },
        ...{ endedAt: null, version: 1, live: 1 },
      }),
    );
    await this.repository.insert(tx, rows);
    for (const { known, values } of pass.changed) await this.repository.update(tx, known, values);
    for (const known of pass.ended)
      await this.repository.update(tx, known, { state: 'ENDED', live: null, endedAt: tx.now });
    for (const notice of withoutTwin(centerName, rows)) await this.notices.tell(tx, notice);
  }

  page(filter: HostMismatchFilter, page: PageRequest): Promise<Page<HostMismatchRow>> {
    return this.repository.page(filter, page);
  }

  byId(id: string): Promise<HostMismatchRow | null> {
    return this.repository.byId(id);
  }
}

function clipped(finding: MismatchFinding): MismatchFinding {
  return {
    ...finding,
    serial: finding.serial?.slice(0, LENGTH_MAX.serial) ?? null,
    hardware: finding.hardware?.slice(0, LENGTH_MAX.hardware) ?? null,
    bmcAddress: finding.bmcAddress?.slice(0, LENGTH_MAX.bmcAddress) ?? null,
    message: finding.message?.slice(0, LENGTH_MAX.message) ?? null,
  };
}
