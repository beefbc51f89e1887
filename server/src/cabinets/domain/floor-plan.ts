/** Decides whether rows and cabinets stand inside the plan of their room, and where cabinets go when their row does. */
import type { InputPath, InvalidInput, Refusal } from '../../kernel/refusal.js';
import type { CabinetRow, Room } from './cabinet.js';
import { invalid, notPermitted } from './refusals.js';

/** In tiles, from the room's upper left corner. */
export interface Spot {
  readonly planX: number;
  readonly planY: number;
}

type Plan = Pick<Room, 'code' | 'widthTiles' | 'depthTiles'>;
type Laid = Spot & Pick<CabinetRow, 'orientation'>;

/** Tiles count from 0: the last one of a room 20 wide is 19. */
export function outside(room: Plan, { planX, planY }: Spot, path: InputPath): InvalidInput[] {
  const { code, widthTiles, depthTiles } = room;
  const beyond = (field: string, tile: number, tiles: number): InvalidInput[] =>
    tile >= 0 && tile < tiles
      ? []
      : [
          invalid(
            [...path, field],
            'containment',
            `机房 ${code} 平面为 ${widthTiles} × ${depthTiles} 格，此处为 0 至 ${tiles - 1}，不能是 ${tile}`,
            `Room ${code} is ${widthTiles} × ${depthTiles} tiles: here 0 to ${tiles - 1}, not ${tile}`,
          ),
        ];
  return [...beyond('planX', planX, widthTiles), ...beyond('planY', planY, depthTiles)];
}

/** A room is not made smaller than what stands in it; said with the tiles that are needed at least. */
export function roomObjections(
  next: Plan,
  standing: readonly (Spot & { readonly code: string })[],
  path: InputPath,
): Refusal[] {
  const tooSmall = (field: 'widthTiles' | 'depthTiles', along: 'planX' | 'planY'): Refusal[] => {
    const last = standing.reduce<(Spot & { code: string }) | null>(
      (most, one) => (most === null || one[along] > most[along] ? one : most),
      null,
    );
    const needed = (last?.[along] ?? 0) + 1;
    if (last === null || needed <= next[field]) return [];
    return [
      notPermitted(
        [...path, field],
        'WOULD_ORPHAN',
        `${last.code} 会落在平面之外：至少需要 ${needed} 格，不能缩为 ${next[field]} 格`,
        `${last.code} would stand outside: ${needed} tiles are needed at least, not ${next[field]}`,
      ),
    ];
  };
  return [...tooSmall('widthTiles', 'planX'), ...tooSmall('depthTiles', 'planY')];
}

/** Cabinets keep their place in the row: they go where it goes, and turn when it turns. */
export function carried(from: Laid, to: Laid, cabinet: Spot): Spot {
  const [x, y] = [cabinet.planX - from.planX, cabinet.planY - from.planY];
  return from.orientation === to.orientation
    ? { planX: to.planX + x, planY: to.planY + y }
    : { planX: to.planX + y, planY: to.planY + x };
}
