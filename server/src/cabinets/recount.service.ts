import { Injectable } from '@nestjs/common';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CabinetsRepository } from './cabinets.repository.js';
import { type Discrepancy, recountCabinet, recountRow } from './domain/recount.js';
import { SpaceRepository } from './space.repository.js';

const CABINETS_PER_RECOUNT = 200;

/** Counts again what is kept as counters. For tests, and for whoever doubts the figures. */
@Injectable()
export class RecountService {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly cabinets: CabinetsRepository,
  ) {}

  /** What the counters say against what slots and holders add up to; empty = nothing is wrong. */
  async recount(): Promise<Discrepancy[]> {
    const ids = await this.repository.allCabinetIds();
    const found: Discrepancy[] = [];
    const rowIds = new Set<string>();
    for (let at = 0; at < ids.length; at += CABINETS_PER_RECOUNT) {
      const some = ids.slice(at, at + CABINETS_PER_RECOUNT);
      const cabinets = await this.cabinets.cabinets(WHOLE_PROVINCE, { ids: some });
      const holders = Map.groupBy(await this.cabinets.holdersOf(some), (holder) => holder.cabinetId);
      const slots = Map.groupBy(await this.repository.slotsOf(some), (slot) => slot.cabinetId);
      for (const cabinet of cabinets) {
        rowIds.add(cabinet.rowId);
        found.push(...recountCabinet(cabinet, holders.get(cabinet.id) ?? [], slots.get(cabinet.id) ?? []));
      }
    }
    for (const row of await this.cabinets.cabinetRows(WHOLE_PROVINCE, { ids: [...rowIds] }))
      found.push(...recountRow(row, await this.cabinets.cabinets(WHOLE_PROVINCE, { rowIds: [row.id] })));
    return found;
  }
}
