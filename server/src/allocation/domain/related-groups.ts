/** Decides in which order related lines are placed: those that stand together choose where first, and shares that are alike are placed as one (B5 and A5 of PLACEMENT.md). */
import type { PlaceRelations } from './place-relations.js';
import type { RelatedShare } from './related-search.js';

export type TogetherScope = 'CABINET' | 'ROOM';

/** Shares that ask for the same and say the same of others: which of them has which thing makes no difference. */
export interface Group {
  readonly shares: readonly RelatedShare[];
  readonly count: number;
  readonly once: boolean;
  readonly choices: number;
  readonly options: RelatedShare['options'];
  /** What of other lines it stands apart from. */
  readonly apart: readonly { readonly scope: TogetherScope; readonly index: number }[];
  /** Its own things stand apart too, in cabinet or room; null = they may share. */
  readonly apartWithin: TogetherScope | null;
}

export type Decision =
  /** Where lines stand that stand together: one room, or one cabinet. */
  | { readonly kind: 'ANCHOR'; readonly scope: TogetherScope; readonly groups: readonly Group[] }
  | { readonly kind: 'GROUP'; readonly group: Group };

/** By whom its lines stand in one room, in one cabinet, or are related at all; null = they stand with nobody. */
interface Placed {
  readonly group: Group;
  readonly room: string | null;
  readonly cabinet: string | null;
  readonly component: string | null;
}

/** Lines that have nothing to do with each other follow each other whole, so that one that fails is not tried with all ways of another. */
export function decisionsOf(shares: readonly RelatedShare[], relations: PlaceRelations): Decision[] {
  return inBlocks(groupsOf(shares, relations), ({ component }) => component).flatMap(({ block: component }) =>
    inBlocks(component, ({ room }) => room).flatMap(({ word: room, block: inRoom }) =>
      anchored(
        'ROOM',
        room,
        inRoom,
        inBlocks(inRoom, ({ cabinet }) => cabinet).flatMap(({ word: cabinet, block }) =>
          anchored(
            'CABINET',
            cabinet,
            block,
            block.map(({ group }) => ({ kind: 'GROUP', group })),
          ),
        ),
      ),
    ),
  );
}

function anchored(scope: TogetherScope, word: string | null, block: readonly Placed[], inside: Decision[]): Decision[] {
  return word === null ? inside : [{ kind: 'ANCHOR', scope, groups: block.map(({ group }) => group) }, ...inside];
}

/** In the order of the first of each; what stands with nobody is a block of its own. */
function inBlocks(
  placed: readonly Placed[],
  by: (one: Placed) => string | null,
): { readonly word: string | null; readonly block: readonly Placed[] }[] {
  return [...Map.groupBy(placed, (one) => by(one) ?? one)].map(([key, block]) => ({
    word: typeof key === 'string' ? key : null,
    block,
  }));
}

/** Things that can be had once before places, then who has the fewest to choose from (B5). */
function groupsOf(shares: readonly RelatedShare[], relations: PlaceRelations): Placed[] {
  const lines = new Set(shares.map(({ line }) => line));
  const joined = (which: (scope: string, kind: string) => boolean) => joinedLines(lines, relations, which);
  const rooms = joined((scope, kind) => kind === 'TOGETHER' && scope !== 'CENTER');
  const cabinets = joined((scope, kind) => kind === 'TOGETHER' && scope === 'CABINET');
  const components = joined((scope) => scope !== 'CENTER');
  const wished = shares.map((share) => {
    const apart = new Map(
      (relations.get(share.line) ?? []).flatMap(({ kind, scope, index }) =>
        kind === 'APART' && scope !== 'CENTER' ? [[`${scope} ${index}`, { scope, index }] as const] : [],
      ),
    );
    const [room, cabinet] = [rooms(share.line), cabinets(share.line)];
    const word = JSON.stringify([share.once, share.alike ?? share.key, room, cabinet, [...apart.keys()].toSorted()]);
    return { share, word, apart: [...apart.values()], room, cabinet, component: components(share.line) };
  });
  return [...Map.groupBy(wished, ({ word }) => word).values()]
    .map((alike): Placed => {
      const [first] = alike as [(typeof alike)[number]];
      const own = alike.map(({ share }) => share);
      const ofOwn = new Set(own.map(({ line }) => line));
      const within = first.apart.filter(({ index }) => ofOwn.has(index)).map(({ scope }) => scope);
      const group: Group = {
        ...{ shares: own, count: own.reduce((sum, { count }) => sum + count, 0) },
        ...{ once: first.share.once, choices: first.share.choices, options: first.share.options },
        apart: first.apart.filter(({ index }) => !ofOwn.has(index)),
        apartWithin: within.includes('ROOM') ? 'ROOM' : (within[0] ?? null),
      };
      const { room, cabinet, component } = first;
      return { group, room, cabinet, component };
    })
    .toSorted((a, b) => Number(b.group.once) - Number(a.group.once) || a.group.choices - b.group.choices);
}

/** The word of all lines that are joined with a line, directly or through others; null = none is. */
function joinedLines(
  lines: ReadonlySet<number>,
  relations: PlaceRelations,
  which: (scope: string, kind: string) => boolean,
): (line: number) => string | null {
  const words = new Map<number, string>();
  for (const start of lines) {
    if (words.has(start)) continue;
    const joined = new Set([start]);
    for (const line of joined)
      for (const { kind, scope, index } of relations.get(line) ?? [])
        if (lines.has(index) && which(scope, kind)) joined.add(index);
    if (joined.size > 1) for (const line of joined) words.set(line, String(start));
  }
  return (line) => words.get(line) ?? null;
}
