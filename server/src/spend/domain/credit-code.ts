/** Decides whether a text is a unified social credit code (统一社会信用代码, GB 32100-2015) with its right check digit. */

/** I, O, S, V and Z are left out: they look like other signs. */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const MODULUS = 31;
const LENGTH = 18;
/** The weight of a place is this to the power of the place, modulo 31. */
const BASE = 3;

/** The 18th sign of the first 17; undefined = one of them is no sign of these codes. */
export function checkSignOf(body: string): string | undefined {
  let sum = 0;
  let weight = 1;
  for (const sign of body.slice(0, LENGTH - 1)) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * BASE) % MODULUS;
  }
  return SIGNS[(MODULUS - (sum % MODULUS)) % MODULUS];
}

/** As it is written, in capitals. */
export function isCreditCode(code: string): boolean {
  return code.length === LENGTH && checkSignOf(code) === code[LENGTH - 1];
}
