/** Decides which BareMetalHosts and which servers lack their twin, what became of that since the last look, and what people may do. */
import { checkedTable, nextState } from '../../kernel/state-machine.js';
import { type HostName, matchBySerial, type ObservedHost } from './match-serial.js';
import type { ServerState } from './server-state.js';

export const MISMATCH_SIDES = ['HOST', 'SERVER'] as const;
export type MismatchSide = (typeof MISMATCH_SIDES)[number];

/**
 * Of a host without an asset:
 * NOT_INSPECTED  it could not be reached or inspected, so nobody knows which machine it is.
 * NO_SERIAL      its firmware has no serial number that identifies it.
 * NO_SERVER      no server of the center has its serial number.
 * SHARED_SERIAL  another host reports the same serial number.
 * ANOTHER_HOST   the server with its serial number is bound to another host.
 * Of an asset without a host:
 * NO_HOST        it has a BMC and its center's cluster installs servers, but no host is it.
 * HOST_GONE      the host that it is bound to is no longer there.
 */
export const MISMATCH_PROBLEMS = [
  'NOT_INSPECTED',
  'NO_SERIAL',
  'NO_SERVER',
  'SHARED_SERIAL',
  'ANOTHER_HOST',
  'NO_HOST',
  'HOST_GONE',
] as const;
export type MismatchProblem = (typeof MISMATCH_PROBLEMS)[number];

/** OPEN: somebody must look. IGNORED: a person lets it be, with a reason. ENDED: the twin is there, or the thing is gone. */
export const MISMATCH_STATES = ['OPEN', 'IGNORED', 'ENDED'] as const;
export type MismatchState = (typeof MISMATCH_STATES)[number];

/** Of people. WATCH: what was let be is looked at again. */
export const MISMATCH_ACTIONS = ['MATCH', 'IGNORE', 'WATCH'] as const;
export type MismatchAction = (typeof MISMATCH_ACTIONS)[number];

const table = checkedTable<MismatchState, MismatchAction | 'END'>({
  name: 'host mismatch',
  states: MISMATCH_STATES,
  initial: 'OPEN',
  actions: [...MISMATCH_ACTIONS, 'END'],
  transitions: {
    OPEN: { MATCH: 'ENDED', IGNORE: 'IGNORED', END: 'ENDED' },
    IGNORED: { MATCH: 'ENDED', WATCH: 'OPEN', END: 'ENDED' },
    ENDED: {},
  },
});

/** Which machine it is, a person can say only where nothing contradicts. */
const MATCHED_BY_HAND: readonly MismatchProblem[] = ['NO_SERVER', 'NO_SERIAL'];

interface Standing {
  readonly state: MismatchState;
  readonly problem: MismatchProblem;
}

export function mismatchActionsOf({ problem, state }: Standing): readonly MismatchAction[] {
  return MISMATCH_ACTIONS.filter(
    (action) =>
      nextState(table, state, action) !== undefined && (action !== 'MATCH' || MATCHED_BY_HAND.includes(problem)),
  );
}

/** undefined = it may not be done now. */
export function afterMismatchAction(standing: Standing, action: MismatchAction): MismatchState | undefined {
  return mismatchActionsOf(standing).includes(action) ? nextState(table, standing.state, action) : undefined;
}

/** A host as its cluster shows it. */
export interface SightedHost extends ObservedHost {
  readonly uid: string;
  /** Metal3's own word; '' = not looked at yet. */
  readonly state: string;
  /** What the operator says is wrong with it. */
  readonly trouble: string | null;
  /** Maker and model, as inspected. */
  readonly hardware: string | null;
  readonly bmcAddress: string | null;
}

export interface ServerBesideHosts {
  readonly id: string;
  readonly serial: string;
  readonly host: HostName | null;
  readonly state: ServerState;
  readonly bmcAddress: string | null;
  /** People have taken it out of the console's hands. */
  readonly byHand: boolean;
}

export interface MismatchFinding {
  readonly side: MismatchSide;
  /** The host's uid, or the server's id: the same thing as long as that is the same. */
  readonly subjectId: string;
  readonly host: HostName | null;
  readonly serverId: string | null;
  readonly problem: MismatchProblem;
  readonly serial: string | null;
  readonly hardware: string | null;
  readonly bmcAddress: string | null;
  readonly message: string | null;
}

const COMING_IN = ['', 'unmanaged', 'registering', 'inspecting', 'match profile'];
/** Nobody expects a host of what is not racked yet, or has left. */
const EXPECTED: readonly ServerState[] = ['ONBOARDING', 'FREE', 'HELD', 'IN_USE', 'CLEANING', 'MAINTENANCE'];

/**
 * All of one center, from a complete look. Where its cluster knows no host at all, nobody installs servers by it. While any
 * host is on its way in, it may be any asset: then no other asset is said to have none than those of `known`, the subjects
 * that were found before.
 */
export function mismatchesOf(
  servers: readonly ServerBesideHosts[],
  hosts: readonly SightedHost[],
  known: ReadonlySet<string> = new Set(),
): readonly MismatchFinding[] {
  if (hosts.length === 0) return servers.flatMap((server) => (server.host && !server.byHand ? [goneOf(server)] : []));
  const match = matchBySerial(servers, hosts);
  const bound = new Set(servers.flatMap(({ host }) => (host ? [nameOf(host)] : [])));
  const shared = new Set(match.ambiguous.flatMap(({ hosts: same }) => same.map(nameOf)));
  const contradicted = new Map(match.contradict.map((each) => [nameOf(each.reportedBy), each.serverId]));
  // It is bound with the next beat, and no news until then.
  const coming = new Set(match.bind.flatMap(({ host, serverId }) => [nameOf(host), serverId]));
  const there = new Set(hosts.map(nameOf));
  const isSettled = !hosts.some((host) => !bound.has(nameOf(host)) && isComingIn(host));
  const ofHosts = hosts.flatMap((host): MismatchFinding[] => {
    const name = nameOf(host);
    if (bound.has(name) || coming.has(name)) return [];
    const problem = problemOf(host, shared.has(name), contradicted.has(name));
    return problem === null ? [] : [ofHost(host, problem, contradicted.get(name) ?? null)];
  });
  const ofServers = servers.flatMap((server): MismatchFinding[] => {
    if (server.byHand || coming.has(server.id)) return [];
    if (server.host) return there.has(nameOf(server.host)) ? [] : [goneOf(server)];
    if (!EXPECTED.includes(server.state) || server.bmcAddress === null) return [];
    return isSettled || known.has(server.id) ? [ofServer(server, 'NO_HOST')] : [];
  });
  return [...ofHosts, ...ofServers];
}

function isComingIn({ serial, state, trouble }: SightedHost): boolean {
  return serial === null && trouble === null && COMING_IN.includes(state);
}

/** null = it is on its way in. */
function problemOf(host: SightedHost, isShared: boolean, isContradicted: boolean): MismatchProblem | null {
  if (isComingIn(host)) return null;
  if (host.serial === null) return COMING_IN.includes(host.state) ? 'NOT_INSPECTED' : 'NO_SERIAL';
  if (isShared) return 'SHARED_SERIAL';
  return isContradicted ? 'ANOTHER_HOST' : 'NO_SERVER';
}

function ofHost(host: SightedHost, problem: MismatchProblem, serverId: string | null): MismatchFinding {
  const { bmcAddress, hardware, name, namespace, serial, trouble, uid } = host;
  return {
    ...{ side: 'HOST', subjectId: uid, host: { namespace, name }, serverId, problem, serial, hardware, bmcAddress },
    message: trouble,
  };
}

function ofServer({ bmcAddress, id, serial }: ServerBesideHosts, problem: MismatchProblem): MismatchFinding {
  return {
    ...{ side: 'SERVER', subjectId: id, host: null, serverId: id, problem, serial, hardware: null, bmcAddress },
    message: null,
  };
}

function goneOf(server: ServerBesideHosts): MismatchFinding {
  const { name, namespace } = server.host as HostName;
  return { ...ofServer(server, 'HOST_GONE'), message: `${namespace}/${name}` };
}

function nameOf({ name, namespace }: HostName): string {
  return `${namespace}/${name}`;
}

export interface StandingMismatch extends MismatchFinding {
  readonly id: string;
  readonly state: MismatchState;
  readonly version: number;
}

export interface MismatchPass<Case extends StandingMismatch> {
  readonly fresh: readonly MismatchFinding[];
  readonly changed: readonly {
    readonly known: Case;
    readonly values: Partial<MismatchFinding & { state: MismatchState }>;
  }[];
  readonly ended: readonly Case[];
}

const COMPARED = ['problem', 'serverId', 'serial', 'hardware', 'bmcAddress', 'message'] as const;

/** What was let be is one problem: another one of the same thing is open again. */
export function passOverMismatches<Case extends StandingMismatch>(
  known: readonly Case[],
  found: readonly MismatchFinding[],
): MismatchPass<Case> {
  const bySubject = new Map(found.map((finding) => [finding.subjectId, finding]));
  const standing = new Set(known.map(({ subjectId }) => subjectId));
  return {
    fresh: [...bySubject.values()].filter(({ subjectId }) => !standing.has(subjectId)),
    changed: known.flatMap((row) => {
      const finding = bySubject.get(row.subjectId);
      if (!finding) return [];
      const values = Object.fromEntries(
        COMPARED.filter((key) => row[key] !== finding[key]).map((key) => [key, finding[key]]),
      );
      if (Object.keys(values).length === 0) return [];
      const isReopened = row.state === 'IGNORED' && finding.problem !== row.problem;
      return [{ known: row, values: isReopened ? { ...values, state: 'OPEN' as const } : values }];
    }),
    ended: known.filter(({ subjectId }) => !bySubject.has(subjectId)),
  };
}
