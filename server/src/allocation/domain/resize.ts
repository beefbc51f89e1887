/** Decides what a machine of another size takes more and gives back: each amount by itself, so that only growth is asked for. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { MachineSize } from './capacity.js';
import { type ShareName, type SizeGroup, type Standing, sizesOf } from './dr-shares.js';

/** Whole vCPU, MiB and GiB; the tier never changes with the size: data of another tier is another disk. */
export type SizeAmounts = Pick<MachineSize, 'vcpu' | 'memoryMib' | 'diskGib'>;

export interface ResizeDelta {
  /** Held when the change is accepted, used when it is granted; nothing of it is negative. */
  readonly grows: SizeAmounts;
  /** Given back when the change has been carried out, and not before; nothing of it is negative. */
  readonly shrinks: SizeAmounts;
}

export function resizeDelta(from: SizeAmounts, to: SizeAmounts): ResizeDelta {
  const above = (a: SizeAmounts, b: SizeAmounts): SizeAmounts => ({
    vcpu: Math.max(0, a.vcpu - b.vcpu),
    memoryMib: Math.max(0, a.memoryMib - b.memoryMib),
    diskGib: Math.max(0, a.diskGib - b.diskGib),
  });
  return { grows: above(to, from), shrinks: above(from, to) };
}

/** While a change is carried out a machine keeps what it had and has what it gets: of each amount the greater. */
export function whileResizing(from: SizeAmounts, to: SizeAmounts): SizeAmounts {
  return {
    vcpu: Math.max(from.vcpu, to.vcpu),
    memoryMib: Math.max(from.memoryMib, to.memoryMib),
    diskGib: Math.max(from.diskGib, to.diskGib),
  };
}

export function isNothing({ vcpu, memoryMib, diskGib }: SizeAmounts): boolean {
  return vcpu === 0 && memoryMib === 0 && diskGib === 0;
}

export function isSameSize(a: SizeAmounts, b: SizeAmounts): boolean {
  return a.vcpu === b.vcpu && a.memoryMib === b.memoryMib && a.diskGib === b.diskGib;
}

/** Another vCPU or memory, which a machine gets by a restart unless its cluster can plug it in; a bigger disk is seen while it runs. */
export function isOtherCompute(from: SizeAmounts, to: SizeAmounts): boolean {
  return from.vcpu !== to.vcpu || from.memoryMib !== to.memoryMib;
}

/** What is against the size itself; null = nothing. A disk that shrinks would lose what stands at its end. */
export function sizeObjection(from: SizeAmounts, to: SizeAmounts): Bilingual | null {
  if (to.diskGib >= from.diskGib) return null;
  return say(
    `磁盘只能扩大：现为 ${from.diskGib} GiB，不能改为 ${to.diskGib} GiB；需要更小的磁盘请申请新云主机并迁移数据`,
    `A disk only grows: it has ${from.diskGib} GiB and cannot become ${to.diskGib} GiB; ask for a new machine and move the data`,
  );
}

/** A live claim of a line, by which its machines take what they take. */
export interface SharedClaim extends MachineSize {
  readonly claimId: string;
  readonly share: ShareName;
  readonly standing: Standing;
}

/**
 * What each claim of one share takes when the line's machines become `full`. Running machines take all of it, data the
 * disk; of compute a standby share takes its ratio of the whole line (D5), so that its claims are divided anew together.
 */
export function resizedClaims<C extends SharedClaim>(
  claims: readonly C[],
  full: MachineSize,
  ratioPercent: number,
): { readonly claim: C; readonly to: MachineSize }[] {
  const shares = Map.groupBy(claims, ({ share, standing }) => `${share} ${standing}`);
  return [...shares.values()].flatMap((own) => {
    const [first] = own as [C];
    const sizes = sizesOf({ standing: first.standing, count: own.length }, full, ratioPercent).flatMap(
      ({ count, size }: SizeGroup) => Array.from({ length: count }, () => size),
    );
    return own
      .toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1))
      .map((claim, at) => ({ claim, to: sizes[at] as MachineSize }));
  });
}
