/** Decides which size is the next smaller one of what is offered, for whoever says that less would do. */
import type { Offer } from '../../catalog/domain/catalog.js';

type Sized = Pick<Offer, 'id' | 'architecture' | 'domesticCpu' | 'vcpu' | 'memoryMib'>;

/** Of the same architecture and processors, no amount bigger and one smaller: of those the biggest. null = it is the smallest. */
export function nextSmaller<O extends Sized>(present: Sized, offered: readonly O[]): O | null {
  const smaller = offered.filter(
    (offer) =>
      offer.architecture === present.architecture &&
      offer.domesticCpu === present.domesticCpu &&
      offer.vcpu <= present.vcpu &&
      offer.memoryMib <= present.memoryMib &&
      (offer.vcpu < present.vcpu || offer.memoryMib < present.memoryMib),
  );
  const [biggest] = smaller.toSorted((a, b) => b.vcpu - a.vcpu || b.memoryMib - a.memoryMib || (a.id < b.id ? -1 : 1));
  return biggest ?? null;
}
