/** Decides through which node of a cluster the console writes, and whether it may write at all. */

/** What one look at a node said. */
export interface NodeSight {
  readonly name: string;
  /** null = it does not answer. */
  readonly said: NodeWords | null;
  /** Looks in a row that it has not answered. */
  readonly silentLooks: number;
  /** Since when it could have been the writer without a break; null = it cannot. */
  readonly fitSince: number | null;
}

export interface NodeWords {
  /** Of its component: the one with the majority, or not. */
  readonly isPrimary: boolean;
  readonly isReady: boolean;
  /** Synced, Donor/Desynced, Joined, … */
  readonly state: string;
  readonly isReadOnly: boolean;
  /** Of the forced primaries: the history in which it stands. */
  readonly epoch: number;
  /** Members of its component. */
  readonly members: number;
}

/** Why nothing is written. */
export type ReadOnlyReason =
  /** Nodes answer, but none stands with the majority. */
  | 'MINORITY'
  /** A later history was begun elsewhere by a forced primary; what answers stands in the old one. */
  | 'OLDER_HISTORY'
  /** It has the majority and is locked, or not yet complete. */
  | 'NOT_READY'
  /** Nothing answers. */
  | 'NO_NODE';

export type Choice =
  | { readonly mode: 'WRITABLE'; readonly node: string }
  /** `node` answers questions; null = none does. */
  | { readonly mode: 'READ_ONLY'; readonly node: string | null; readonly reason: ReadOnlyReason };

/** A slow answer is no death; three silent looks are. */
export const SILENT_LOOKS_MAX = 3;
/**
 * All consoles are to write through the same node, and the list's order is what they agree on without asking each other. A
 * node that came back is returned to only when it has stayed, else a link that flaps takes the writer with it.
 */
export const RETURN_AFTER_MS = 60_000;

const COMPLETE = 'Synced';
/** It gives its state to another: it still takes writes (but with the method rsync, which blocks it), so it comes last. */
const GIVING = 'Donor/Desynced';

/** May be written through, as far as it says itself; whether its history is the newest others say. */
export function isFit(words: NodeWords | null, newestEpoch: number): boolean {
  return (
    words?.isPrimary === true &&
    words.isReady &&
    !words.isReadOnly &&
    words.epoch === newestEpoch &&
    (words.state === COMPLETE || words.state === GIVING)
  );
}

/**
 * `nodes` in the order of preference; `current` is the writer until now, which stays one as long as it can: each change
 * breaks what is under way. `newestEpoch` is the highest that this console has ever heard of.
 */
export function chooseNode(
  nodes: readonly NodeSight[],
  current: string | null,
  newestEpoch: number,
  now: number,
): Choice {
  const fit = nodes.filter(({ said, silentLooks }) => silentLooks < SILENT_LOOKS_MAX && isFit(said, newestEpoch));
  const complete = fit.filter(({ said }) => said?.state === COMPLETE);
  const holder = fit.find(({ name }) => name === current);
  const first = complete[0] ?? fit[0];
  if (first !== undefined) {
    const returns = first.fitSince !== null && now - first.fitSince >= RETURN_AFTER_MS;
    const stays = holder !== undefined && (holder === first || !returns);
    return { mode: 'WRITABLE', node: (stays ? holder : first).name };
  }
  const answering = nodes.filter(({ said, silentLooks }) => said !== null && silentLooks < SILENT_LOOKS_MAX);
  const newest = answering.filter(({ said }) => said?.epoch === newestEpoch);
  // Who reads stays where it reads, else the page jumps between two pasts.
  const reading = (newest.length > 0 ? newest : answering).toSorted(
    (one, other) => Number(other.name === current) - Number(one.name === current),
  )[0];
  return { mode: 'READ_ONLY', node: reading?.name ?? null, reason: reasonOf(answering, newestEpoch) };
}

function reasonOf(answering: readonly NodeSight[], newestEpoch: number): ReadOnlyReason {
  if (answering.length === 0) return 'NO_NODE';
  const primary = answering.filter(({ said }) => said?.isPrimary);
  if (primary.some(({ said }) => said?.epoch === newestEpoch)) return 'NOT_READY';
  return primary.length > 0 ? 'OLDER_HISTORY' : 'MINORITY';
}
