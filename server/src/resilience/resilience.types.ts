import type { DataKind, DataPlace, GroupFacts, TierLayer, TierParty, TierSource } from './domain/dr-words.js';
import type { DrProbeEntity } from './probes.entity.js';
import type { DrGroupEntity, DrLinkEntity, DrTierEntity } from './resilience.entity.js';
import type { DrSignalEntity } from './signals.entity.js';

export type GroupRow = DrGroupEntity;
export type TierRow = Omit<DrTierEntity, 'group'>;
export type LinkRow = DrLinkEntity;
export type SignalRow = DrSignalEntity;
export type ProbeRow = Omit<DrProbeEntity, 'tier'>;

export interface GroupFilter {
  readonly systemId: string | null;
  readonly departmentIds: readonly string[] | null;
  readonly search: string | null;
  /** Of these only; null = whichever. */
  readonly ids: readonly string[] | null;
}

export interface DataSet {
  readonly id: string;
  readonly tierId: string;
  readonly name: string;
  readonly places: readonly DataPlace[];
}

/** A group with everything that its judgement follows from. */
export interface LoadedGroup {
  readonly row: GroupRow;
  readonly tiers: readonly TierRow[];
  readonly facts: GroupFacts;
}

export interface TierWish {
  readonly layer: TierLayer;
  readonly dataKind: DataKind;
  readonly source: TierSource;
  readonly party: TierParty;
  readonly partyName: string | null;
}
