/** Decides whether a service that runs can be changed, what a change of it comes to, and who reserved which part of its price. */

import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { evenly } from '../../pricing/domain/quote.js';
import type { SomeAmounts } from '../../quotas/domain/quota.js';
import { pathOf } from './change.js';
import type { ServiceAnswer } from './content.js';

/** What a change of a service asks; null = as it is. */
export interface ServiceWish {
  /** The line that it was asked for by; undefined = what was named is none. */
  readonly lineId: string | undefined;
  readonly count: number | null;
  readonly answers: readonly ServiceAnswer[] | null;
}

/** So many of it that one request reserved at one price. */
export interface ServicePart {
  readonly requestId: string;
  readonly eachFen: bigint;
  readonly count: number;
}

/** One change of a service that was carried out, in the order of time. */
export interface DoneServiceChange {
  readonly requestId: string;
  readonly from: number;
  readonly to: number;
  /** A month: how much more, below zero how much less. */
  readonly fen: bigint;
  /** What each of those that came was reserved at; null = only the sum is known. */
  readonly units?: readonly UnitsReserved[] | null;
}

/** So many units of a service that were reserved at one price, as a line keeps them. Whole fen as text, because it is kept as JSON. */
export interface UnitsReserved {
  readonly count: number;
  readonly eachFen: string;
}

/** A service as it runs now. */
export interface RunningService {
  readonly name: string;
  readonly kind: string;
  readonly requestState: string;
  readonly fulfilled: boolean;
  readonly ended: boolean;
  readonly openChangeId: string | null;
  readonly openChangeCode: string | null;
  readonly answers: readonly ServiceAnswer[];
}

export function unitsReserved(parts: readonly { readonly count: number; readonly eachFen: bigint }[]): UnitsReserved[] {
  return parts.map(({ count, eachFen }) => ({ count, eachFen: eachFen.toString() }));
}

/**
 * So many that one request reserved, each at its price: by tiers what lies higher costs otherwise, and goes first. What is kept
 * has to be all of them and their whole price; where it is not, as of lines from before it was kept, each counts alike.
 */
export function partsOf(
  requestId: string,
  count: number,
  fen: bigint,
  units: readonly UnitsReserved[] | null | undefined,
): ServicePart[] {
  const parts = (units ?? []).map((unit) => ({ requestId, count: unit.count, eachFen: BigInt(unit.eachFen) }));
  const isWhole = parts.reduce((sum, part) => sum + part.count, 0) === count && fenOfParts(parts) === fen;
  return isWhole ? parts : evenParts(requestId, count, fen);
}

/** So many that one request reserved, which together cost so much, where only the sum is known. */
export function evenParts(requestId: string, count: number, fen: bigint): ServicePart[] {
  return evenly(count, fen).map((part) => ({ requestId, ...part }));
}

/** What reserved what: the request that made it, then each that added some. What was added last goes first. */
export function serviceParts(
  made: readonly ServicePart[],
  changes: readonly DoneServiceChange[],
): readonly ServicePart[] {
  let parts = made;
  for (const { requestId, from, to, fen, units } of changes)
    if (to > from) parts = [...parts, ...partsOf(requestId, to - from, fen, units)];
    else if (to < from) parts = takeOff(parts, from - to).left;
  return parts;
}

export function takeOff(
  parts: readonly ServicePart[],
  count: number,
): { readonly left: readonly ServicePart[]; readonly off: readonly ServicePart[] } {
  const left: ServicePart[] = [];
  const off: ServicePart[] = [];
  let rest = count;
  for (const part of parts.toReversed()) {
    const taken = Math.min(part.count, rest);
    rest -= taken;
    if (taken > 0) off.push({ ...part, count: taken });
    if (part.count > taken) left.unshift({ ...part, count: part.count - taken });
  }
  return { left, off };
}

/**
 * What of quotas a changed service has: what it had, with what it grew by, less so many. A definition may be counted
 * against another quota than when the service was asked for; then what came last goes first, as with its parts.
 */
export function quotaAfter(had: SomeAmounts, grew: SomeAmounts, lessBy: number): SomeAmounts {
  const all = new Map<string, number>();
  for (const [meter, amount] of [...Object.entries(had), ...Object.entries(grew)])
    all.set(meter, (all.get(meter) ?? 0) + amount);
  let rest = lessBy;
  for (const [meter, amount] of [...all].toReversed()) {
    const off = Math.min(amount, rest);
    rest -= off;
    all.set(meter, amount - off);
  }
  return Object.fromEntries(all);
}

export function fenOfParts(parts: readonly ServicePart[]): bigint {
  return parts.reduce((sum, { eachFen, count }) => sum + eachFen * BigInt(count), 0n);
}

/** Some services leave a record of their own, which their people change where it stands. */
const OWN_RECORDS: readonly (readonly string[])[] = [
  ['direction', 'peer', 'protocol'],
  ['cycle', 'keepDays'],
];

/** Why it cannot be changed now. @param requestId that may have it open. */
export function serviceObjections(service: RunningService, line: number, requestId: string | null): Refusal[] {
  const path = pathOf(line, 'service', 'lineId');
  const { name, openChangeId } = service;
  if (openChangeId !== null && openChangeId !== requestId) return [serviceOpen(service, line)];
  if (service.ended || !service.fulfilled || !['PROVISIONING', 'DELIVERED'].includes(service.requestState))
    return [
      {
        code: 'ILLEGAL_TRANSITION',
        path,
        state: service.requestState,
        action: 'CHANGE',
        message: say(
          service.ended ? `${name} 已退还，不能变更` : `${name} 尚未开通，不能变更`,
          service.ended ? `${name} was given back and cannot be changed` : `${name} is not delivered yet`,
        ),
      },
    ];
  if (OWN_RECORDS.some((keys) => keys.every((key) => service.answers.some((answer) => answer.key === key))))
    return [
      {
        code: 'NOT_PERMITTED',
        path,
        reason: 'OWN_RECORD',
        message: say(
          `${name} 是网络策略或备份，请在“网络策略”“备份”中直接调整`,
          `${name} is a network policy or a backup: change it where these are kept`,
        ),
      },
    ];
  return [];
}

export function serviceOpen(
  { name, openChangeId, openChangeCode }: Pick<RunningService, 'name' | 'openChangeId' | 'openChangeCode'>,
  line: number,
): Refusal {
  const code = openChangeCode ?? '';
  return {
    code: 'CHANGE_OPEN',
    path: pathOf(line, 'service', 'lineId'),
    requestId: openChangeId ?? '',
    requestCode: code,
    message: say(
      `${name} 有变更申请 ${code} 正在办理，请等它办结或先撤回`,
      `${name} is being changed by ${code}; wait for its end or withdraw it first`,
    ),
  };
}

export function sameAnswers(a: readonly ServiceAnswer[], b: readonly ServiceAnswer[]): boolean {
  const of = (answers: readonly ServiceAnswer[]) =>
    JSON.stringify(answers.map(({ key, value }) => [key, value]).toSorted());
  return of(a) === of(b);
}
