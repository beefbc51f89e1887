/** Decides which acts on its life a resource's page offers, and says of each that cannot be done now why not. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { BinCause } from './release.js';
import { type ResourceState, resourceTable } from './resource-state.js';

export const RESOURCE_ACTIONS = [
  'START',
  'STOP',
  'RESTART',
  'CONSOLE',
  'RELEASE',
  'RESTORE',
  'PURGE',
  'REVIEW',
  'EXTEND',
  'PROTECT',
  'UNPROTECT',
] as const;
export type ResourceAction = (typeof RESOURCE_ACTIONS)[number];

export interface LivingThing {
  readonly state: ResourceState;
  readonly deletionProtected: boolean;
  readonly temporaryUntil: string | null;
  readonly binCause: BinCause | null;
  readonly openChangeCode: string | null;
}

export interface Offered {
  readonly action: ResourceAction;
  /** null = may be done now. */
  readonly disabled: Bilingual | null;
}

const FOREIGN = say('只有使用单位可以操作', 'Only the department that uses it may do this');

/** @param may RELEASE: give back; EDIT: keep what is used (review, term, protection). */
export function lifeActions(
  resource: LivingThing,
  may: { readonly release: boolean; readonly edit: boolean },
): Offered[] {
  const { state } = resource;
  const inBin = state === 'IN_BIN';
  const protectedNow = resource.deletionProtected
    ? say('已开启删除保护，请先关闭', 'It is protected from deletion; lift the protection first')
    : null;
  const changing =
    resource.openChangeCode === null
      ? null
      : say(
          `变更申请 ${resource.openChangeCode} 正在办理，请等它办结或先撤回`,
          `${resource.openChangeCode} is changing it; wait for its end or withdraw it`,
        );
  const releasable =
    !inBin && Object.keys(resourceTable.transitions[state]).some((move) => move === 'BIN' || move === 'RELEASE');
  const offers: Offered[] = [];
  const offer = (action: ResourceAction, permitted: boolean, disabled: Bilingual | null): void => {
    offers.push({ action, disabled: permitted ? disabled : FOREIGN });
  };
  if (state === 'IN_USE' && resource.temporaryUntil === null && may.edit) offer('REVIEW', may.edit, null);
  if ((state === 'IN_USE' || inBin) && resource.temporaryUntil !== null && may.edit) offer('EXTEND', may.edit, null);
  if (inBin) {
    offer('RESTORE', may.release, whyNotRestored(resource));
    offer('PURGE', may.release, protectedNow);
  } else
    offer(
      'RELEASE',
      may.release,
      releasable ? (changing ?? protectedNow) : say('已在释放或已释放', 'It is being or has been released'),
    );
  if (state === 'IN_USE' && may.edit) offer(resource.deletionProtected ? 'UNPROTECT' : 'PROTECT', may.edit, null);
  // What lies there is on its way out; a protection from before is lifted to purge it at once.
  if (inBin && resource.deletionProtected && may.edit) offer('UNPROTECT', may.edit, null);
  return offers;
}

function whyNotRestored({ binCause }: LivingThing): Bilingual | null {
  return binCause === 'RECLAIM'
    ? say('由大数据中心收回，须由大数据中心撤销', 'Reclaimed by the center; only the center takes that back')
    : null;
}
