/** Decides whether a text is an IPv4 or IPv6 address, as a form takes it. */

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const GROUP = /^[0-9a-f]{1,4}$/i;
const GROUPS = 8;

export function isIPv4(text: string): boolean {
  return IPV4.test(text);
}

function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  // An IPv4 address may stand for the last two groups.
  const mapped = last !== undefined && isIPv4(last) && !text.endsWith('::');
  const plain = mapped ? groups.slice(0, -1) : groups;
  const count = plain.length + (mapped ? 2 : 0);
  return plain.every((group) => GROUP.test(group)) && (halves.length === 2 ? count < GROUPS : count === GROUPS);
}

export function isIP(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}
