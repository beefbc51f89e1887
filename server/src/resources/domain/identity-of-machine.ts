/** Decides the names and hardware identity of a machine, from its id alone: a repeated create finds its twin. */
/** A DNS label has at most 63 characters. */
const OBJECT_NAME_MAX = 63;

/**
 * Locally administered unicast address (02:…, IEEE 802 bit 1) from the last 40 bits of the id, which are random in a
 * version 7 uuid: it survives a move to another cluster. The database refuses the same address twice.
 */
export function macAddressOf(resourceId: string): string {
  const hex = resourceId.replaceAll('-', '').slice(-10);
  return `02:${(hex.match(/../g) ?? []).join(':')}`;
}

/** First octets end in binary 10: locally administered, unicast. There are 64 of them, and the machine's own is one. */
const CARDS_MAX = 63;
const OCTET_STEP = 4;

/**
 * Of a machine's further cards, from 1: another first octet before the machine's own 40 bits (06:…, 0a:…), so that it is
 * as unique as the machine's own and as lasting.
 */
export function cardAddressOf(macAddress: string, card: number): string {
  const [first = '', ...rest] = macAddress.split(':');
  if (card < 1 || card > CARDS_MAX) throw new RangeError(`a machine has no card ${card}`);
  const octet = (Number.parseInt(first, 16) + card * OCTET_STEP) % 256;
  return [octet.toString(16).padStart(2, '0'), ...rest].join(':');
}

/** Name in the cluster: what the applicant called it, its number in the line, and its code's number, which makes it unique. */
export function objectNameOf(lineName: string, number: number, resourceCode: string): string {
  const unique = resourceCode.split('-').slice(1).join('-').toLowerCase();
  const tail = `-${number}-${unique}`;
  return `${lineName.slice(0, OBJECT_NAME_MAX - tail.length).replace(/-+$/, '')}${tail}`;
}
