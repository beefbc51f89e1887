/** Decides in which order tiers are started, what must answer before the next one is, and that they are stopped the other way round. */

export interface OrderedTier {
  readonly name: string;
  /** http, https or tcp; null = that its machines are ready is enough. */
  readonly probe: string | null;
}

const PROBE = /^(?:https?:\/\/\S+|tcp:\/\/[^\s/:]+:\d{1,5}|tcp:\/\/\[[0-9a-fA-F:.]+\]:\d{1,5})$/;
const NAMED = /^(.*?)\s+([a-z]+:\/\/\S*)$/;

/** A line is the name of a tier, and, behind it, what must answer before the next is begun. undefined = it is no such line. */
export function tierOfLine(line: string): OrderedTier | undefined {
  const [, name, probe] = NAMED.exec(line.trim()) ?? [];
  if (name === undefined || probe === undefined) return { name: line.trim(), probe: null };
  return PROBE.test(probe) && name.trim() !== '' ? { name: name.trim(), probe } : undefined;
}

export interface StartedTier {
  readonly id: string;
  readonly name: string;
  readonly dataKind: string;
}

/** As the runbook names them; then, in the order in which they were made, data before what stands upon it. */
export function startOrder<T extends StartedTier>(
  tiers: readonly T[],
  lines: readonly string[],
): { readonly tier: T; readonly probe: string | null }[] {
  const named = lines.flatMap((line) => tierOfLine(line) ?? []);
  const rank = ({ dataKind, name }: T) => {
    const at = named.findIndex((one) => one.name === name);
    return at >= 0 ? at : named.length + (dataKind === 'STATELESS' ? 1 : 0);
  };
  return tiers
    .toSorted((a, b) => rank(a) - rank(b))
    .map((tier) => ({ tier, probe: named.find((one) => one.name === tier.name)?.probe ?? null }));
}
