/**
 * Kubernetes quantities ("500m", "8Gi", "1e3") as whole thousandths, so that cpu, memory and counts add up
 * exactly. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const binary: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
const powers: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const shape = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?|[eE][+-]?[0-9]+)$/;

/** Thousandths, rounded up as Kubernetes does; undefined when the text is no quantity. */
export function parseQuantity(value: string | number): bigint | undefined {
  const match = shape.exec(String(value));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction || '0');
  const factor = binary[suffix];
  const exponent = 3 - fraction.length + (factor === undefined ? (powers[suffix] ?? Number(suffix.slice(1))) : 0);
  const scaled = digits * (factor ?? 1n);
  const thousandths = exponent >= 0 ? scaled * 10n ** BigInt(exponent) : ceilDivide(scaled, 10n ** BigInt(-exponent));
  return sign === '-' ? -thousandths : thousandths;
}

/** The plainest text of so many thousandths: "2", "500m"; whole binary multiples as "8Gi". */
export function formatQuantity(thousandths: bigint): string {
  if (thousandths % 1000n !== 0n) return `${thousandths}m`;
  const whole = thousandths / 1000n;
  for (const [suffix, factor] of Object.entries(binary).reverse()) {
    if (whole !== 0n && whole % factor === 0n) return `${whole / factor}${suffix}`;
  }
  return String(whole);
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
