/** Decides where places would go among cabinets as they were at one look: as often as it is asked, and nothing is taken. */
import type { NetworkZone } from '../../facilities/domain/facility.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import { CabinetBook } from './book.js';
import type { Cabinet } from './cabinet.js';
import type { Holder, Place } from './holder.js';
import type { Whereabouts } from './nearness.js';
import type { RowLoad } from './open-cabinet.js';
import { type PlaceWish, suits, wishOf } from './wish.js';

/** Cabinets with all that is in them. */
export interface Seen {
  readonly cabinets: readonly Cabinet[];
  readonly rows: readonly RowLoad[];
  readonly holders: readonly Holder[];
}

/** What cabinets of one center and zone have free for anybody, behind two feeds. */
export interface SpaceLeft {
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly cabinets: number;
  readonly halfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
}

/** One try: what it places is there for what it places next. */
export interface SpaceTrial {
  place(wish: PlaceWish): Result<Holder, readonly Refusal[]>;
  /** Where the wish would find room now, the best first, of the cabinets in which it may stand. */
  fitting(wish: PlaceWish, mayStand?: (at: Whereabouts) => boolean): Iterable<Whereabouts>;
  /** In how many cabinets. */
  choices(wish: PlaceWish): number;
  /** What it placed is not there any more. */
  takeBack(holder: Holder): void;
  /** Of a place that it placed. */
  whereabouts(holder: Place): Whereabouts;
  left(): SpaceLeft[];
}

export class SpaceSight {
  /**
   * @param shut cabinets that maintenance takes away
   * @param givenBack holders that the asker has already: their room counts as free for it
   * @param before places that are taken first, in their order
   */
  constructor(
    private readonly seen: Seen,
    private readonly shut: readonly string[] = [],
    private readonly givenBack: readonly string[] = [],
    private readonly before: readonly PlaceWish[] = [],
  ) {}

  /** The same with these taken as well. */
  after(wishes: readonly PlaceWish[]): SpaceSight {
    return new SpaceSight(this.seen, this.shut, this.givenBack, [...this.before, ...wishes]);
  }

  trial(): SpaceTrial {
    const { cabinets, rows, holders } = this.seen;
    const book = new CabinetBook(cabinets, rows, holders);
    for (const holderId of this.givenBack) book.act(holderId, 'RELEASE');
    let number = 0;
    const place = (asked: PlaceWish) => {
      number += 1;
      return book.place(wishOf(withoutShut(asked, this.shut), `tried-${number}`));
    };
    for (const wish of this.before) place(wish);
    const whereabouts = ({ cabinetId }: Place): Whereabouts => {
      const { rowId = '', roomId = '' } = book.cabinet(cabinetId) ?? {};
      return { cabinetId, rowId, roomId };
    };
    const standingIn = ({ id, rowId, roomId }: Cabinet): Whereabouts => ({ cabinetId: id, rowId, roomId });
    const { shut } = this;
    function* fitting(asked: PlaceWish, mayStand: (at: Whereabouts) => boolean = () => true): Generator<Whereabouts> {
      const wish = wishOf(withoutShut(asked, shut), 'tried');
      if (!('among' in wish.where)) return;
      for (const cabinet of book.fitting(wish, wish.where.among, (one) => mayStand(standingIn(one))))
        yield standingIn(cabinet);
    }
    const choices = (asked: PlaceWish): number => {
      const wish = wishOf(withoutShut(asked, this.shut), 'tried');
      return 'among' in wish.where ? book.countFitting(wish, wish.where.among) : 0;
    };
    const takeBack = ({ id }: Holder): void => {
      book.act(id, 'RELEASE');
    };
    return { place, fitting, choices, takeBack, whereabouts, left: () => leftOf(book.cabinets(), new Set(this.shut)) };
  }
}

function withoutShut(wish: PlaceWish, shut: readonly string[]): PlaceWish {
  if (shut.length === 0 || !('among' in wish.where)) return wish;
  const { among } = wish.where;
  return { ...wish, where: { among: { ...among, except: [...(among.except ?? []), ...shut] } } };
}

/** By center and zone, in the order of their names. */
function leftOf(cabinets: readonly Cabinet[], shut: ReadonlySet<string>): SpaceLeft[] {
  const open = cabinets.filter((one) => !shut.has(one.id) && suits(one, { centerId: one.centerId }, null));
  const groups = Map.groupBy(open, ({ centerId, zone }) => `${centerId} ${zone}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      const sum = (of: (cabinet: Cabinet) => number) => own.reduce((all, one) => all + of(one), 0);
      return first
        ? [
            {
              centerId: first.centerId,
              zone: first.zone,
              cabinets: own.length,
              halfUnits: sum((one) => one.freeHalfUnits),
              powerW: sum((one) => one.powerLimitW - one.powerW),
              weightGrams: sum((one) => one.weightLimitGrams - one.weightGrams),
            },
          ]
        : [];
    });
}
