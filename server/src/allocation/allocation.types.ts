import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Bilingual } from '../kernel/bilingual.js';
import type { CapacityMeter } from '../kernel/refusal.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { CapacityMeterEnum } from '../platform/graphql/user-error.js';
import { type MachineSize, STORAGE_TIERS, type StorageTier } from './domain/capacity.js';
import type { Claim } from './domain/claim.js';
import { SHARE_NAMES, type ShareName, STANDINGS, type Standing } from './domain/dr-shares.js';
import { LINE_KINDS } from './domain/line-kind.js';
import { type Candidate, type Check, RELATION_SCOPES } from './domain/placement-facts.js';
import { SUGGESTION_KINDS } from './domain/suggestions.js';

/** What may be promised of a pool at most: what its nodes have × overcommit − reserve. */
export interface PoolLimits {
  readonly poolId: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storage: { readonly SSD: number; readonly HDD: number };
  /** Pieces by class. */
  readonly accelerators?: { readonly [name: string]: number };
}

/** Machines of one size, of one share of a line, in one pool. */
export interface HeldPiece {
  readonly lineId: string;
  readonly share: ShareName;
  readonly standing: Standing;
  readonly size: MachineSize;
  readonly poolId: string;
  readonly count: number;
  /** Of a machine that grows: the claim that it has, and the quotas which that took. */
  readonly grows?: { readonly claimId: string; readonly quotaIds: readonly string[] };
  /** Draws no quota: its department pays for it. */
  readonly beyondQuota?: boolean;
}

export interface HoldOutcome {
  readonly claims: readonly Claim[];
  /** Moves the counters; the last statements of the transaction. */
  readonly takeLast: () => Promise<void>;
}

export const StorageTierEnum = enumOf(STORAGE_TIERS);
registerEnumType(StorageTierEnum, { name: 'StorageTier' });

export const LineKindEnum = enumOf(LINE_KINDS);
registerEnumType(LineKindEnum, { name: 'RequestLineKind', description: 'What a line of a request asks for.' });

export const ShareNameEnum = enumOf(SHARE_NAMES);
registerEnumType(ShareNameEnum, {
  name: 'ShareName',
  description: '份额: one center’s part of a line, by the line’s DR modes.',
  valuesMap: {
    MAIN: { description: 'Runs alone, in one same-city center.' },
    MAIN_A: { description: '同城双活: runs in A.' },
    MAIN_B: { description: '同城双活: runs in B.' },
    RECOVERY: { description: '异地灾备: stands in the recovery center.' },
  },
});

export const StandingEnum = enumOf(STANDINGS);
registerEnumType(StandingEnum, {
  name: 'ShareStanding',
  valuesMap: {
    RUNNING: { description: 'It runs there.' },
    STANDBY: { description: '异地应用级: defined and halted, or kept ready.' },
    DATA: { description: '异地数据级: storage only, no machine.' },
  },
});

export interface PoolMeterRow {
  readonly meter: CapacityMeter;
  readonly storageTier: StorageTier | null;
  readonly accelerator: string | null;
  readonly total: number;
  readonly held: number;
  readonly allocated: number;
  readonly free: number;
  readonly present: number | null;
}

@ObjectType('PoolMeter', {
  description: 'total = what is promised at most; held and allocated are live claims; free = total - held - allocated.',
})
export class PoolMeterNode {
  @Field(() => CapacityMeterEnum)
  meter!: CapacityMeter;
  @Field(() => StorageTierEnum, { nullable: true })
  storageTier!: StorageTier | null;
  @Field(() => String, { nullable: true, description: 'The class, where the meter is ACCELERATOR.' })
  accelerator!: string | null;
  @Field(() => Number)
  total!: number;
  @Field(() => Number)
  held!: number;
  @Field(() => Number)
  allocated!: number;
  @Field(() => Number)
  free!: number;
  @Field(() => Number, { nullable: true, description: 'What the cluster reports today.' })
  present!: number | null;
}

/** pool is resolved from poolId. */
@ObjectType('PlacementShare')
export class PlacementShareNode {
  poolId!: string;
  @Field(() => Int)
  count!: number;
}

@ObjectType('PlacementCheck')
export class PlacementCheckNode {
  @Field(() => String)
  criterion!: string;
  @Field(() => String)
  text!: string;
  @Field(() => Boolean)
  passed!: boolean;
  @Field(() => String, { nullable: true })
  figures!: string | null;

  static of({ criterion, text, passed, figures }: Check, say: (text: Bilingual) => string): PlacementCheckNode {
    return Object.assign(new PlacementCheckNode(), {
      criterion,
      text: say(text),
      passed,
      figures: figures && say(figures),
    });
  }
}

/** pool is resolved from poolId. */
@ObjectType('PlacementCandidate', {
  description:
    'A pool that was compared for a line. Scores are whole numbers of 1000; null where a criterion leaves it out.',
})
export class PlacementCandidateNode {
  poolId!: string;
  @Field(() => Int, { description: 'Machines of the line that it could take.' })
  fits!: number;
  @Field(() => Int)
  taken!: number;
  @Field(() => Int, { nullable: true })
  score!: number | null;
  @Field(() => Int, { nullable: true, description: 'S1: what stays free.' })
  balance!: number | null;
  @Field(() => Int, { nullable: true, description: 'S2: how little is stranded.' })
  fragmentation!: number | null;
  @Field(() => Int, { nullable: true, description: 'S3: how near to the system’s other machines.' })
  locality!: number | null;
  @Field(() => Int, { nullable: true, description: 'S4: what stays for the loss of the other active center.' })
  headroom!: number | null;
  @Field(() => String, { nullable: true, description: 'The criterion that leaves it out.' })
  refusedBy!: string | null;

  static of({ poolId, fits, taken, score, parts, refusedBy }: Candidate): PlacementCandidateNode {
    const { balance = null, fragmentation = null, locality = null, headroom = null } = parts ?? {};
    return Object.assign(new PlacementCandidateNode(), {
      ...{ poolId, fits, taken, score, refusedBy },
      ...{ balance, fragmentation, locality, headroom },
    });
  }
}

export const SuggestionKindEnum = enumOf(SUGGESTION_KINDS);
registerEnumType(SuggestionKindEnum, {
  name: 'SuggestionKind',
  description: 'What is changed of a line so that it fits.',
});

export const RelationScopeEnum = enumOf(RELATION_SCOPES);
registerEnumType(RelationScopeEnum, {
  name: 'RelationScope',
  description: 'Of what a line is apart or together with another.',
});

export const RelationKindEnum = enumOf(['APART', 'TOGETHER'] as const);
registerEnumType(RelationKindEnum, { name: 'RelationKind' });
