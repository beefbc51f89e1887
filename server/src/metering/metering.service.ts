import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { AddressUses } from './address-uses.service.js';
import { DataUses } from './data-uses.service.js';
import { DiskUses } from './disk-uses.service.js';
import { type BookedInterval, changeOfBook } from './domain/interval-versions.js';
import { intervalsOf } from './domain/intervals.js';
import { MachineUses } from './machine-uses.service.js';
import { MeteringRepository, type Pass } from './metering.repository.js';
import type { NamedUse, UseSource } from './metering.types.js';
import { ThingUses } from './thing-uses.service.js';

/** What one use has in the book now, and since when that differs from what the book said before; null = it does not. */
export interface MeteredNow {
  readonly use: NamedUse;
  readonly intervals: readonly BookedInterval[];
  readonly changedFrom: Date | null;
}

/** 计量: derives from lifecycle records what was in use from when to when, and keeps it as a book that only grows. */
@Injectable()
export class MeteringService {
  readonly sources: readonly UseSource[];

  constructor(
    private readonly repository: MeteringRepository,
    machines: MachineUses,
    things: ThingUses,
    data: DataUses,
    disks: DiskUses,
    addresses: AddressUses,
  ) {
    this.sources = [machines, things, data, disks, addresses];
  }

  /** Brings the book to what the record says. Idempotent: with the same record nothing is written a second time. */
  async book(tx: Tx, uses: readonly NamedUse[]): Promise<MeteredNow[]> {
    const ids = uses.map(({ resourceId }) => resourceId);
    const standing = await this.repository.standing(ids, tx);
    const latest = await this.repository.latest(tx, ids);
    const changes = uses.map((use) => ({
      use,
      change: changeOfBook(use, intervalsOf(use), standing.get(use.resourceId) ?? [], latest),
    }));
    await this.repository.supersede(
      tx,
      changes.flatMap(({ change }) => change.superseded),
    );
    await this.repository.write(
      tx,
      changes.flatMap(({ change }) => change.written),
    );
    await this.repository.name(tx, uses);
    return changes.map(({ use, change }) => {
      const gone = new Set(change.superseded);
      const kept = (standing.get(use.resourceId) ?? []).filter((interval) => !gone.has(interval));
      const touched = [...change.superseded, ...change.written].map(({ from }) => from.getTime());
      return {
        use,
        intervals: [...kept, ...change.written],
        changedFrom: touched.length === 0 ? null : new Date(Math.min(...touched)),
      };
    });
  }

  pass(source: string): Promise<Pass | null> {
    return this.repository.pass(source);
  }

  keepPass(tx: Tx, source: string, pass: Pass): Promise<void> {
    return this.repository.keepPass(tx, source, pass);
  }

  /** Which request asked for each of these uses; those that were taken in, and unknown ones, are missing. */
  requestsOf(resourceIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, string>> {
    return this.repository.requestsOf(resourceIds, tx);
  }

  /** By which words people know these uses now. */
  namesOf(resourceIds: readonly string[]): ReturnType<MeteringRepository['namesOf']> {
    return this.repository.namesOf(resourceIds);
  }

  /** Every version that was ever written of one use. Callers have already been let see it. */
  history(resourceId: string): ReturnType<MeteringRepository['history']> {
    return this.repository.history(resourceId);
  }
}
