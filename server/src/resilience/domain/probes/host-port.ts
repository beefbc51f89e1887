/** Decides what is a place to ask: a host, by name or address, and a port. */
import { isIP, isIPv4 } from '../../../catalog/domain/address-text.js';

const PORT_MAX = 65_535;
export const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/i;

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** "name:port", "10.0.0.1:3306", "[fd00::1]:3306"; undefined = none of these. */
export function hostPort(text: string): HostPort | undefined {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/@?#\s]+)):([0-9]{1,5})$/i.exec(text);
  const port = Number(found?.[3]);
  if (!found || port < 1 || port > PORT_MAX) return undefined;
  const [, six, other = ''] = found;
  if (six !== undefined) return isIP(six) && !isIPv4(six) ? { host: six, port } : undefined;
  return isIPv4(other) || HOST_NAME.test(other) ? { host: other, port } : undefined;
}
