/** A Kubernetes quantity of bytes ("8Gi", "512Mi", "1e9", 1073741824), exactly or not at all. */
const QUANTITY = /^([0-9]{1,20})(?:\.([0-9]{0,9}))?(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E|[eE]\+?[0-9]{1,2})?$/;

const FACTORS: { readonly [suffix: string]: bigint } = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
  k: 10n ** 3n,
  M: 10n ** 6n,
  G: 10n ** 9n,
  T: 10n ** 12n,
  P: 10n ** 15n,
  E: 10n ** 18n,
};

/** Whole bytes; undefined when the value is no quantity, is negative, or has parts of a byte. */
export function parseBytes(value: unknown): bigint | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  const match = typeof value === 'string' || typeof value === 'number' ? QUANTITY.exec(String(value)) : null;
  if (!match) return undefined;
  const [, whole = '', fraction = '', suffix = ''] = match;
  const factor = FACTORS[suffix] ?? 10n ** BigInt(suffix === '' ? 0 : Number(suffix.slice(1)));
  const scaled = BigInt(whole + fraction) * factor;
  const divisor = 10n ** BigInt(fraction.length);
  return scaled % divisor === 0n ? scaled / divisor : undefined;
}

/** Quarters of a GiB, which a person reads at a glance; what is no whole number of them is said in MiB, exactly. */
const MIB_PER_QUARTER_GIB = 256;
const MIB_PER_GIB = 1024;

/** Memory as a person reads it, in the unit that says it exactly. */
export function memoryWords(mib: number): string {
  return mib % MIB_PER_QUARTER_GIB === 0 ? `${mib / MIB_PER_GIB} GiB` : `${mib} MiB`;
}
