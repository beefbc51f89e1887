import type {
  AddressContent,
  IntakeContent,
  IntakeItemDraft,
  IntakeKind,
  MachineContent,
} from './domain/intake-item.js';
import type { IntakeState } from './domain/intake-state.js';

export interface IntakeBatchRow {
  readonly id: string;
  readonly code: string;
  readonly state: IntakeState;
  readonly version: number;
  readonly source: 'FILE' | 'CLUSTER';
  readonly itemCount: number;
  readonly preparedById: string | null;
  readonly preparedByName: string;
  /** Who had prepared it before it was handed over; null = nobody. */
  readonly formerPreparerIds: string[] | null;
  readonly preparedAt: Date;
  readonly decidedById: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly opinion: string | null;
}

export interface IntakeItemRow extends IntakeItemDraft {
  readonly id: string;
  readonly batchId: string;
  readonly position: number;
  readonly kind: IntakeKind;
  readonly content: IntakeContent;
  readonly liveKey: string | null;
  readonly becameId: string | null;
}

/** An entry and what it is in the books from now on. */
export interface Became {
  readonly itemId: string;
  readonly becameId: string;
}

/** Entries of one kind. */
export type ItemOf<K extends IntakeKind> = IntakeItemRow & { readonly content: IntakeContent & { readonly kind: K } };
export type MachineItem = IntakeItemRow & { readonly content: MachineContent };
export type AddressItem = IntakeItemRow & { readonly content: AddressContent };

export function ofKind<K extends IntakeKind>(items: readonly IntakeItemRow[], kind: K): ItemOf<K>[] {
  return items.filter((item): item is ItemOf<K> => item.content.kind === kind);
}
