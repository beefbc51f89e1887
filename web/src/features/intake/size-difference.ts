import { count, gibOfMib } from '../../lib/quantity';

type Sizes = { vcpu: number; memoryMib: number; actualVcpu: number | null; actualMemoryMib: number | null };

export function sizeWords(vcpu: number | null, memoryMib: number | null): string | null {
  return vcpu === null || memoryMib === null ? null : `${vcpu} vCPU · ${gibOfMib(memoryMib)} GiB`;
}

/** What the cluster has beyond the record, or short of it; null = it does not say, or they agree. */
export function sizeDifference({ vcpu, memoryMib, actualVcpu, actualMemoryMib }: Sizes): string | null {
  if (actualVcpu === null || actualMemoryMib === null) return null;
  const parts = [signed(actualVcpu - vcpu, count, 'vCPU'), signed(actualMemoryMib - memoryMib, gibOfMib, 'GiB')];
  return parts.filter((part) => part !== null).join(' · ') || null;
}

function signed(amount: number, show: (amount: number) => string, unit: string): string | null {
  if (amount === 0) return null;
  return `${amount > 0 ? '+' : '−'}${show(Math.abs(amount))} ${unit}`;
}
