import type { Center } from '../facilities/domain/facility.js';
import { isCalledFor, isOfGroups } from './domain/called-for.js';
import { isOld } from './domain/dr-signal.js';
import type { KnownSignal } from './domain/judge-group.js';
import type { LoadedGroup, SignalRow } from './resilience.types.js';

/** Its own, those of its tiers, and those of the centers that something of it stands in; without what is old and read no more. */
export function signalsOf(
  { facts }: Pick<LoadedGroup, 'facts'>,
  centers: readonly Pick<Center, 'id' | 'role'>[],
  bySubject: ReadonlyMap<string, readonly SignalRow[]>,
  now: Date,
): KnownSignal[] {
  const remote = facts.tiers.some(({ owed, remoteMode }) => remoteMode !== 'NONE' && !owed.includes('RECOVERY'));
  const standsIn = new Set(facts.tiers.flatMap(({ members }) => members.map(({ centerId }) => centerId)));
  if (remote) for (const { id, role } of centers) if (role === 'RECOVERY') standsIn.add(id);
  const own = [...facts.tiers, ...(facts.probes ?? [])].map(({ id }) => id);
  const subjects = [facts.id, ...own, ...standsIn];
  return subjects
    .flatMap((id) => (bySubject.get(id) ?? []).flatMap(knownSignal))
    .filter(({ name }) => isOfGroups(name))
    .filter((signal) => isCalledFor(facts, signal) || !isOld(signal, now));
}

function knownSignal(row: SignalRow): KnownSignal[] {
  const { level, maxAgeSeconds, name, observedAt, pending, settled, subjectId, towards, value } = row;
  if (value === null) return [];
  return [
    {
      ...{ level, maxAgeSeconds, name, observedAt, pending, settled, subjectId, value },
      towards: towards === '' ? null : (towards as KnownSignal['towards']),
    },
  ];
}
