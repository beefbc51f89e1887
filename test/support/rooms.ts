import { CabinetsService, type NewCabinet } from '../../server/src/cabinets/cabinets.service.js';
import type { CabinetDescription } from '../../server/src/cabinets/domain/cabinet.js';
import { RecountService } from '../../server/src/cabinets/recount.service.js';
import { SpaceService } from '../../server/src/cabinets/space.service.js';
import type { PlaceWish } from '../../server/src/cabinets/space.types.js';
import type { Refusal } from '../../server/src/kernel/refusal.js';
import type { Result } from '../../server/src/kernel/result.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { type Tx, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestApplication } from './application.ts';
import { cabinetDescription } from './builders/cabinet.ts';

/** Rooms with cabinets in a database, and the way to ask for space in them. */
export class Rooms {
  readonly cabinets: CabinetsService;
  readonly space: SpaceService;
  private readonly work: UnitOfWork;
  private readonly counting: RecountService;
  private made = 0;

  constructor(private readonly app: TestApplication) {
    const get = <T>(type: new (...args: never[]) => T): T => app.context.get(type, { strict: false });
    this.cabinets = get(CabinetsService);
    this.space = get(SpaceService);
    this.work = get(UnitOfWork);
    this.counting = get(RecountService);
  }

  /** A room (of a new center, unless it is told which) with rows of such cabinets; ids row by row. */
  async open(
    rows: readonly (readonly Partial<CabinetDescription>[])[],
    floorLimitGrams: number | null = null,
    centerId: string = newId(),
  ): Promise<{ centerId: string; roomId: string; rowIds: string[]; ids: string[] }> {
    this.made += 1;
    const room = {
      id: newId(),
      centerId,
      code: `R${this.made}`,
      name: '机房',
      widthTiles: 50,
      depthTiles: 50,
      version: 1,
    };
    const rowIds = rows.map(() => newId());
    const made: NewCabinet[] = rows.flatMap((cabinets, at) =>
      cabinets.map((more, i) => ({
        ...cabinetDescription({ code: `${at}-${String(i).padStart(5, '0')}`, position: i + 1, ...more }),
        id: newId(),
        rowId: rowIds[at] as string,
      })),
    );
    await this.work.run((tx) =>
      this.cabinets.add(tx, {
        rooms: [room],
        rows: rowIds.map((id, at) => ({
          id,
          roomId: room.id,
          code: `W${at}`,
          planX: 0,
          planY: at,
          orientation: 'ACROSS',
          floorLimitGrams,
        })),
        cabinets: made,
      }),
    );
    return { centerId, roomId: room.id, rowIds, ids: made.map((cabinet) => cabinet.id) };
  }

  /** One unit of work, as an act would be: what is refused leaves nothing behind. */
  async in<T>(
    act: (tx: Tx, space: SpaceService) => Promise<Result<T, readonly Refusal[]>>,
  ): Promise<Result<T, readonly Refusal[]>> {
    const refused = new Error('refused');
    let outcome: Result<T, readonly Refusal[]> | undefined;
    try {
      await this.work.run(async (tx) => {
        outcome = await act(tx, this.space);
        if (!outcome.ok) throw refused;
      });
    } catch (error) {
      if (error !== refused) throw error;
    }
    return outcome as Result<T, readonly Refusal[]>;
  }

  place(wish: Partial<PlaceWish> & Pick<PlaceWish, 'where'>) {
    return this.in((tx, space) => space.place(tx, wishFor(wish)));
  }

  recount() {
    return this.counting.recount();
  }

  async sql<T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.app.test.db.query(sql, values);
  }
}

export function wishFor(more: Partial<PlaceWish> & Pick<PlaceWish, 'where'>): PlaceWish {
  return { heightHalfUnits: 2, powerW: 0, weightGrams: 0, label: '设备', kind: 'OTHER', state: 'OCCUPIED', ...more };
}
