/** Decides which server record and which BareMetalHost are the same machine: by serial number, and only when it is certain. */

/** What firmware says when nobody has written a serial number into it; such a text is no identity. */
const NO_SERIALS = new Set([
  '',
  '0',
  'NONE',
  'N/A',
  'NA',
  'NULL',
  'UNKNOWN',
  'UNSPECIFIED',
  'NOT SPECIFIED',
  'NOT AVAILABLE',
  'DEFAULT STRING',
  'SYSTEM SERIAL NUMBER',
  'TO BE FILLED BY O.E.M.',
  '0123456789',
  '123456789',
]);

/** The one spelling of a serial number; null = the text identifies nothing. */
export function normalSerial(text: string | null | undefined): string | null {
  const serial = (text ?? '').trim().toUpperCase();
  return NO_SERIALS.has(serial) ? null : serial;
}

/** Name of a BareMetalHost in its center's cluster. */
export interface HostName {
  readonly namespace: string;
  readonly name: string;
}

export interface ObservedHost extends HostName {
  /** As the host's inspection reported it; null = not inspected yet. */
  readonly serial: string | null;
}

export interface ServerOfCenter {
  readonly id: string;
  readonly serial: string;
  /** What it is bound to already. */
  readonly host: HostName | null;
}

export interface SerialMatch {
  /** Pairs that are not bound yet and may be. */
  readonly bind: readonly { readonly serverId: string; readonly host: HostName }[];
  /** Pairs that are bound and still agree. */
  readonly agree: readonly { readonly serverId: string; readonly host: HostName }[];
  /** The host that reports the serial number is not the one the server is bound to, or is bound to another server. */
  readonly contradict: readonly {
    readonly serverId: string;
    readonly reportedBy: HostName;
    readonly boundTo: HostName | null;
    readonly heldBy: string | null;
  }[];
  /** Two hosts report the same serial number: neither is bound. */
  readonly ambiguous: readonly { readonly serial: string; readonly hosts: readonly HostName[] }[];
  /** Hosts whose serial number no server of the center has (or that report none). */
  readonly hostsWithoutServer: readonly HostName[];
  /** Servers that no host reports. */
  readonly serversWithoutHost: readonly string[];
}

function sameHost(a: HostName, b: HostName): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

/** All of one center: host names are unique in a cluster only. Nothing is guessed; what is not certain is reported. */
export function matchBySerial(servers: readonly ServerOfCenter[], hosts: readonly ObservedHost[]): SerialMatch {
  const hostsBySerial = Map.groupBy(hosts, (host) => normalSerial(host.serial) ?? '');
  const bound = new Map(servers.flatMap((s) => (s.host ? [[`${s.host.namespace}/${s.host.name}`, s.id]] : [])));
  const match = {
    bind: [] as SerialMatch['bind'][number][],
    agree: [] as SerialMatch['agree'][number][],
    contradict: [] as SerialMatch['contradict'][number][],
    serversWithoutHost: [] as string[],
  };
  const known = new Set<string>();
  for (const server of servers) {
    const serial = normalSerial(server.serial);
    const reporting = serial === null ? [] : (hostsBySerial.get(serial) ?? []);
    if (serial !== null) known.add(serial);
    const [only] = reporting;
    if (!only) {
      match.serversWithoutHost.push(server.id);
      continue;
    }
    if (reporting.length > 1) continue;
    const host = { namespace: only.namespace, name: only.name };
    const holder = bound.get(`${host.namespace}/${host.name}`);
    if (server.host && sameHost(server.host, host)) match.agree.push({ serverId: server.id, host });
    else if (server.host || holder !== undefined)
      match.contradict.push({ serverId: server.id, reportedBy: host, boundTo: server.host, heldBy: holder ?? null });
    else match.bind.push({ serverId: server.id, host });
  }
  return {
    ...match,
    ambiguous: [...hostsBySerial]
      .filter(([serial, same]) => serial !== '' && same.length > 1)
      .map(([serial, same]) => ({ serial, hosts: same.map(({ namespace, name }) => ({ namespace, name })) })),
    hostsWithoutServer: hosts
      .filter((host) => !known.has(normalSerial(host.serial) ?? ''))
      .map(({ namespace, name }) => ({ namespace, name })),
  };
}
