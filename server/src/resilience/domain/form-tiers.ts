/** Decides which tiers a system's machines make by themselves, and where the data of a tier is written and copied. */
import type { Center, CenterRole } from '../../facilities/domain/facility.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import type { DataKind, DataPlace } from './dr-words.js';

interface Named {
  readonly name: string;
}

const NAME_LENGTH_MAX = 60;
/** What numbers the machines of a line. */
const NUMBER = /[-_]?\d+$/;
/** What tells the machines of its shares apart: in A, in B, in the recovery center. */
const SHARE = /-[abr]$/;

/** What machines of one line are called without their numbers, e.g. "app" of app-01 and app-02, and of app-a-1 and app-b-1. */
export function tierName(machines: readonly Named[]): string {
  const numbered = machines.map(({ name }) => name.replace(NUMBER, ''));
  // "plan-b" alone is a name of its own.
  const stems = new Set(numbered).size > 1 ? numbered.map((stem) => stem.replace(SHARE, '')) : numbered;
  const first = stems.toSorted((a, b) => a.length - b.length || a.localeCompare(b))[0];
  return (first || machines[0]?.name || '-').slice(0, NAME_LENGTH_MAX);
}

interface Standing {
  readonly centerId: string;
  readonly standby: boolean;
}

/**
 * The center in which most of its running machines stand writes, of two alike the first of the pair; every other center that
 * the modes name has a copy. Of a quorum all that run are members.
 */
export function dataPlaces(
  tier: { readonly dataKind: DataKind; readonly localMode: LocalMode; readonly remoteMode: RemoteMode },
  machines: readonly Standing[],
  centers: readonly Pick<Center, 'id' | 'role' | 'life'>[],
): DataPlace[] {
  if (tier.dataKind === 'STATELESS') return [];
  const running = machines.filter(({ standby }) => !standby);
  const count = (centerId: string) => running.filter((one) => one.centerId === centerId).length;
  const order: readonly CenterRole[] = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];
  const standing = centers
    .filter(({ id }) => count(id) > 0)
    .toSorted((a, b) => count(b.id) - count(a.id) || order.indexOf(a.role) - order.indexOf(b.role));
  const [first] = standing;
  if (!first) return [];
  const wanted = centers.filter(
    ({ id, life, role }) =>
      life !== 'STOPPED' &&
      (count(id) > 0 ||
        (tier.localMode === 'DUAL_ACTIVE' && role !== 'RECOVERY') ||
        (tier.remoteMode !== 'NONE' && role === 'RECOVERY')),
  );
  const others = wanted.filter(({ id }) => id !== first.id);
  if (tier.dataKind === 'QUORUM')
    return [first, ...others].map(({ id, role }) => ({ centerId: id, role: role === 'RECOVERY' ? 'COPY' : 'MEMBER' }));
  return [
    { centerId: first.id, role: 'WRITER' },
    ...others.map(({ id }): DataPlace => ({ centerId: id, role: 'COPY' })),
  ];
}
