/** Decides what a DATABASE_URL means: one server, or the nodes of a cluster in the order in which they are to be written to. */

export interface DatabaseNode {
  /** Center in which it stands, where the URL says so; else "host:port". */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface DatabaseTarget {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly nodes: readonly DatabaseNode[];
}

const DEFAULT_PORT = 3306;
const PORT_MAX = 65_535;
/**
 * Scheme, account, hosts, database, and what stands behind "?". A host in brackets is an IPv6 address. A password ends at the
 * last "@", as in every URL: it may have some of its own, and colons.
 */
const URL_FORM = /^(?:mysql|mariadb):\/\/(?:([^:@/]*)(?::([^/?#]*))?@)?([^@/?]+)\/([^/?]+)(?:\?(.*))?$/;
const HOST_FORM = /^(\[[0-9a-fA-F:.%]+\]|[^:[\]]+)(?::(\d{1,5}))?$/;
const CENTER_FORM = /^[a-z0-9][a-z0-9-]{0,30}$/;

/**
 * `mysql://user:password@host:3306/database`, or several hosts with commas between them:
 * `mysql://user:password@10.1.0.5,10.2.0.5,10.3.0.5/database?centers=center-a,center-b,center-c`.
 * undefined = it is none.
 */
export function parseDatabaseUrl(url: string): DatabaseTarget | undefined {
  const [, user = '', password = '', hosts = '', database = '', query = ''] = URL_FORM.exec(url) ?? [];
  if (hosts === '') return undefined;
  const centers = new URLSearchParams(query).get('centers')?.split(',');
  const places = hosts.split(',').map(placeOf);
  if (centers && (centers.length !== places.length || centers.some((center) => !CENTER_FORM.test(center))))
    return undefined;
  const nodes: DatabaseNode[] = [];
  for (const [n, place] of places.entries()) {
    if (!place) return undefined;
    nodes.push({ ...place, name: centers?.[n] ?? `${place.host}:${place.port}` });
  }
  const isTwice = new Set(nodes.map(({ name }) => name)).size < nodes.length;
  if (isTwice || new Set(nodes.map(({ host, port }) => `${host}:${port}`)).size < nodes.length) return undefined;
  try {
    return {
      user: decodeURIComponent(user),
      password: decodeURIComponent(password),
      database: decodeURIComponent(database),
      nodes,
    };
  } catch {
    return undefined;
  }
}

function placeOf(text: string): { host: string; port: number } | undefined {
  const [, host, port] = HOST_FORM.exec(text) ?? [];
  if (host === undefined) return undefined;
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > PORT_MAX) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: number };
}
