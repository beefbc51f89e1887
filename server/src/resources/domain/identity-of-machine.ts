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

/** Name in the cluster: what the applicant called it, its number in the line, and its code's number, which makes it unique. */
export function objectNameOf(lineName: string, number: number, resourceCode: string): string {
  const unique = resourceCode.split('-').slice(1).join('-').toLowerCase();
  const tail = `-${number}-${unique}`;
  return `${lineName.slice(0, OBJECT_NAME_MAX - tail.length).replace(/-+$/, '')}${tail}`;
}
