/** Decides which servers and cabinets lines get that say how they stand to each other, in one center: a bounded search (B9 and K12 of PLACEMENT.md). */
import type { Whereabouts } from '../../cabinets/domain/nearness.js';
import type { PlaceRelations } from './place-relations.js';
import { type Decision, decisionsOf, type Group, type TogetherScope } from './related-groups.js';

/** A server, or a cabinet with room for places. */
export interface Option {
  readonly id: string;
  readonly at: Whereabouts;
  /** false = it cannot be had now, or not once more. */
  readonly take: () => boolean;
  /** What was taken last. */
  readonly giveBack: () => void;
}

export interface RelatedShare {
  readonly key: string;
  readonly line: number;
  readonly count: number;
  /** Servers: each can be had once. Places: a cabinet may take several. */
  readonly once: boolean;
  /** Shares of one word ask for the same things; left out = no other does. */
  readonly alike?: string;
  /** How many there are to choose from before anything is taken. */
  readonly choices: number;
  /** Of those that stand where they may, what can be had as things stand, the best first. */
  readonly options: (mayStand: (at: Whereabouts) => boolean) => Iterable<Option>;
}

/**
 * Looks at one server or cabinet each, from the first dead end on: what is found without one costs nothing, however many
 * lines there are. Each of the two orders has so many; a tenth of a second or two.
 */
export const RELATED_LOOKS_MAX = 200_000;

/** What each share gets, by its key, in the order in which it was taken. NONE: there is no way. GAVE_UP: none was found within the bound. */
export type Related = ReadonlyMap<string, readonly Option[]> | 'NONE' | 'GAVE_UP';

/**
 * What it found is taken. Tried first in the order of the options (B5, B8, K8 to K11), then filling one room after
 * another, so that lines that stand apart leave each other some.
 */
export function placeRelated(
  shares: readonly RelatedShare[],
  relations: PlaceRelations,
  looksMax = RELATED_LOOKS_MAX,
): Related {
  const decisions = decisionsOf(shares, relations);
  const byRank = new Search(decisions, (options) => options, looksMax).run();
  return byRank === 'GAVE_UP' ? new Search(decisions, fullestRoomFirst, looksMax).run() : byRank;
}

interface Anchor {
  readonly cabinetId?: string;
  readonly roomId?: string;
}

/** One try of a room or cabinet for lines that stand together. */
interface AnchorFrame {
  readonly at: number;
  readonly groups: readonly Group[];
  readonly places: readonly Anchor[];
  readonly before: ReadonlyMap<number, Anchor>;
  /** Looks that each of its places has: one in which much nearly fits does not use up those of the others. */
  readonly fair: number;
  since: number;
  next: number;
}

/** One entry of a group: what it chooses from, and whether all of it was placed once. */
interface GroupRun {
  readonly at: number;
  readonly group: Group;
  readonly options: Listed;
  readonly own: Set<string>;
  completed: boolean;
}

/** One thing of a group. */
interface ThingFrame {
  readonly run: GroupRun;
  readonly line: number;
  readonly number: number;
  next: number;
  taken: Option | null;
}

type Frame = AnchorFrame | ThingFrame;

/** Without recursion: a request may have a hundred thousand things. */
class Search {
  private looks = 0;
  private counting = false;
  private gaveUp = false;
  private readonly frames: Frame[] = [];
  private readonly standing = new Map<number, Whereabouts[]>();
  private readonly anchors = new Map<number, Anchor>();

  constructor(
    private readonly decisions: readonly Decision[],
    private readonly inOrder: (options: Iterable<Option>) => Iterable<Option>,
    private readonly looksMax: number,
  ) {}

  run(): Related {
    if (this.enter(0)) return this.found();
    for (let top = this.frames.at(-1); top; top = this.frames.at(-1)) {
      if (isAnchor(top) ? this.nextPlace(top) : this.nextThing(top)) {
        if (this.goOn(top)) return this.found();
      } else this.deadEnd(top);
    }
    return this.gaveUp ? 'GAVE_UP' : 'NONE';
  }

  private found(): Related {
    const found = new Map<string, Option[]>();
    for (const frame of this.frames)
      if (!isAnchor(frame) && frame.taken) {
        const { key } = shareOf(frame.run.group, frame.number);
        const own = found.get(key);
        if (own) own.push(frame.taken);
        else found.set(key, [frame.taken]);
      }
    return found;
  }

  /** true = everything is decided. */
  private goOn(frame: Frame): boolean {
    if (isAnchor(frame)) return this.enter(frame.at + 1);
    const { run, number, next } = frame;
    if (number + 1 === run.group.count) {
      run.completed = true;
      return this.enter(run.at + 1);
    }
    // Of servers only later ones of the list, of cabinets the same again: so that no choice is tried twice.
    this.push(run, number + 1, run.group.once ? next + 1 : next);
    return false;
  }

  private enter(at: number): boolean {
    const decision = this.decisions[at];
    if (!decision) return true;
    if (decision.kind === 'ANCHOR') this.enterAnchor(at, decision.scope, decision.groups);
    else {
      const { group } = decision;
      this.look(group.choices);
      const options = new Listed(this.inOrder(group.options(this.mayStand(group))));
      this.push({ at, group, options, own: new Set(), completed: false }, 0, 0);
    }
    return false;
  }

  private push(run: GroupRun, number: number, next: number): void {
    this.frames.push({ run, number, line: shareOf(run.group, number).line, next: next - 1, taken: null });
  }

  /** Each room or cabinet that has enough for each of the groups by itself, in the order of what the first may have. */
  private enterAnchor(at: number, scope: TogetherScope, groups: readonly Group[]): void {
    const placeOf = (where: Whereabouts): string => (scope === 'ROOM' ? where.roomId : where.cabinetId);
    const [first] = groups as readonly [Group];
    const places = new Map<string, Anchor>();
    const counts = groups.flatMap((group) => {
      if (group !== first && !group.once) return [];
      this.look(group.choices);
      const counted = new Map<string, number>();
      for (const { at: where } of this.inOrder(group.options(this.mayStand(group)))) {
        const place = placeOf(where);
        counted.set(place, (counted.get(place) ?? 0) + 1);
        if (group !== first) continue;
        const { roomId, cabinetId } = where;
        places.set(place, scope === 'ROOM' ? { roomId } : { roomId, cabinetId });
      }
      return [{ counted, least: group.once ? group.count : 1 }];
    });
    const enough = [...places].flatMap(([place, anchor]) =>
      counts.every(({ counted, least }) => (counted.get(place) ?? 0) >= least) ? anchor : [],
    );
    const lines = new Set(groups.flatMap(({ shares }) => shares.map(({ line }) => line)));
    const before = new Map([...lines].map((line) => [line, this.anchors.get(line) ?? {}]));
    const fair = Math.floor((this.looksMax - this.looks) / (enough.length + 1));
    this.frames.push({ at, groups, places: enough, before, fair, since: this.looks, next: -1 });
  }

  private nextPlace(frame: AnchorFrame): boolean {
    frame.next += 1;
    frame.since = this.looks;
    const place = frame.places[frame.next];
    for (const [line, before] of frame.before) this.anchors.set(line, place ?? before);
    return place !== undefined;
  }

  private nextThing(frame: ThingFrame): boolean {
    const { run } = frame;
    const { group, options, own } = run;
    this.undo(frame);
    for (let n = frame.next + 1; ; n += 1) {
      if (group.once && !options.has(n + group.count - frame.number - 1)) return false;
      const option = options.at(n);
      if (!option) return false;
      this.look(1);
      const place = group.apartWithin === 'ROOM' ? option.at.roomId : option.at.cabinetId;
      if ((group.apartWithin !== null && own.has(place)) || !option.take()) continue;
      frame.next = n;
      frame.taken = option;
      if (group.apartWithin !== null) own.add(place);
      const standing = this.standing.get(frame.line);
      if (standing) standing.push(option.at);
      else this.standing.set(frame.line, [option.at]);
      return true;
    }
  }

  private undo(frame: ThingFrame): void {
    const { taken, run, line } = frame;
    if (!taken) return;
    frame.taken = null;
    run.own.delete(run.group.apartWithin === 'ROOM' ? taken.at.roomId : taken.at.cabinetId);
    this.standing.get(line)?.pop();
    taken.giveBack();
  }

  /**
   * Back to what was decided before. Things of a group are alike: filled in order they take as many as there are, so that
   * one that never was complete does not become so by another way of its own.
   */
  private deadEnd(frame: Frame): void {
    this.counting = true;
    this.pop();
    if (!isAnchor(frame) && !frame.run.completed)
      for (let top = this.frames.at(-1); top && !isAnchor(top) && top.run === frame.run; top = this.frames.at(-1))
        this.pop();
    const spent =
      this.looks > this.looksMax ? 0 : this.frames.findIndex((one) => isAnchor(one) && this.isSpent(one)) + 1;
    if (this.looks <= this.looksMax && spent === 0) return;
    this.gaveUp = true;
    while (this.frames.length > spent) this.pop();
  }

  private isSpent({ since, fair }: AnchorFrame): boolean {
    return this.looks - since > fair;
  }

  private pop(): void {
    const frame = this.frames.pop();
    if (!frame) return;
    if (isAnchor(frame)) for (const [line, before] of frame.before) this.anchors.set(line, before);
    else this.undo(frame);
  }

  private look(count: number): void {
    if (this.counting) this.looks += count;
  }

  /** Where lines stand that it stands apart from is known until it is entered again. */
  private mayStand({ apart, shares }: Group): (at: Whereabouts) => boolean {
    const [cabinets, rooms] = [new Set<string>(), new Set<string>()];
    for (const { scope, index } of apart)
      for (const { cabinetId, roomId } of this.standing.get(index) ?? [])
        if (scope === 'ROOM') rooms.add(roomId);
        else cabinets.add(cabinetId);
    const anchor = this.anchors.get(shares[0]?.line ?? -1) ?? {};
    return ({ cabinetId, roomId }) =>
      (anchor.cabinetId ?? cabinetId) === cabinetId &&
      (anchor.roomId ?? roomId) === roomId &&
      !rooms.has(roomId) &&
      !cabinets.has(cabinetId);
  }
}

function isAnchor(frame: Frame): frame is AnchorFrame {
  return 'places' in frame;
}

function shareOf({ shares }: Group, number: number): RelatedShare {
  let left = number;
  for (const share of shares) {
    if (left < share.count) return share;
    left -= share.count;
  }
  throw new Error('a group has as many things as its shares');
}

/** Read as far as it is asked: mostly the first will do. */
class Listed {
  private readonly read: Option[] = [];
  private readonly rest: Iterator<Option>;

  constructor(options: Iterable<Option>) {
    this.rest = options[Symbol.iterator]();
  }

  at(index: number): Option | undefined {
    while (this.read.length <= index) {
      const next = this.rest.next();
      if (next.done) return undefined;
      this.read.push(next.value);
    }
    return this.read[index];
  }

  has(index: number): boolean {
    return this.at(index) !== undefined;
  }
}

/** Those of the room, then of the cabinet, with most of them first. */
function fullestRoomFirst(options: Iterable<Option>): readonly Option[] {
  const all = [...options];
  const rooms = new Map<string, number>();
  const cabinets = new Map<string, number>();
  const more = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { at } of all) {
    more(rooms, at.roomId);
    more(cabinets, at.cabinetId);
  }
  return all.toSorted(
    ({ at: a }, { at: b }) =>
      (rooms.get(b.roomId) ?? 0) - (rooms.get(a.roomId) ?? 0) ||
      compare(a.roomId, b.roomId) ||
      (cabinets.get(b.cabinetId) ?? 0) - (cabinets.get(a.cabinetId) ?? 0) ||
      compare(a.cabinetId, b.cabinetId),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
