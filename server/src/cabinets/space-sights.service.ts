import { Injectable } from '@nestjs/common';
import type { Reading, Tx } from '../platform/database/unit-of-work.js';
import { CabinetCensus } from './cabinet-census.repository.js';
import { CenterGate } from './center-gate.service.js';
import { SpaceSight } from './domain/space-sight.js';
import type { CabinetChoice } from './domain/wish.js';
import { SpaceRepository } from './space.repository.js';

/** One look at cabinets, for whoever tries many things on them. Locks and writes nothing, so it promises nothing either. */
@Injectable()
export class SpaceSights {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly gate: CenterGate,
    private readonly census: CabinetCensus,
  ) {}

  /** All cabinets that the choices allow, and those in which the holders stand that are given back. */
  async of(tx: Tx, choices: readonly CabinetChoice[], givenBack: readonly string[] = []): Promise<SpaceSight> {
    const standing = await this.repository.cabinetsOfHolders(tx, givenBack);
    const cabinetIds = [...(await this.repository.idsOf(tx, choices)), ...standing.values()];
    const seen = await this.repository.seen(tx, [...new Set(cabinetIds)]);
    const shut = await this.gate.shutIn(tx, [...new Set(choices.map(({ centerId }) => centerId))]);
    return new SpaceSight(seen, shut, [...standing.keys()]);
  }

  /** Units and power of all open cabinets of these centers, whoever has them now. */
  allIn(centerIds: readonly string[]): Promise<{ readonly halfUnits: number; readonly powerW: number }> {
    return this.repository.allIn(centerIds);
  }

  /** What stands now in cabinets of these centers that maintenance takes away: the holders' ids. */
  async standingInShut(reading: Reading, centerIds: readonly string[]): Promise<ReadonlySet<string>> {
    const shut = await this.gate.shutIn(reading, centerIds);
    return shut.length === 0 ? new Set() : new Set(await this.census.holderIdsIn(reading, shut));
  }
}
