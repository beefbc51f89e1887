import type { CenterRole } from '../../graphql/enums';

export type Box = { x: number; y: number; width: number; height: number };
export type PlacedCenter<C> = { center: C; slot: number; letter: string; box: Box };
export type Group<C> = { kind: 'same-city' | 'remote'; frame: Box; centers: PlacedCenter<C>[]; stacked: boolean };
export type Link = { kind: 'same-city' | 'remote'; x1: number; y1: number; x2: number; y2: number };
export type Picture<C> = { width: number; height: number; groups: Group<C>[]; links: Link[] };

/** With a center's figures in it, and without. */
const BOX_LEAST = { full: 248, compact: 176 };
const BOX_MOST = 400;
const PAD = 16;
const FRAME_HEAD = 32;
/** Room for a link and its word between two boxes, and between the two cities. */
const GAP = { across: 72, city: 104, down: 48 };

/**
 * Colours and letters stay with a center on every page: A, B and the recovery center have the first three, whatever order the
 * server lists them in; further centers take the next ones.
 */
export function slotsOf<C extends { id: string; role: CenterRole; code: string }>(
  centers: readonly C[],
): Map<string, number> {
  const sorted = [...centers].sort((one, other) => one.code.localeCompare(other.code));
  const slots = new Map<string, number>();
  const first: CenterRole[] = ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'];
  first.forEach((role, slot) => {
    const center = sorted.find((candidate) => candidate.role === role);
    if (center) slots.set(center.id, slot);
  });
  let next = first.length;
  for (const center of sorted) {
    if (!slots.has(center.id)) slots.set(center.id, next++);
  }
  return slots;
}

export const letterOf = (slot: number): string => String.fromCharCode(65 + (slot % 26));

type Shape = { width: number; height: number; stacked: boolean };

function shapeOf(count: number, boxWidth: number, boxHeight: number, stacked: boolean): Shape {
  const inner = stacked ? boxWidth : count * boxWidth + (count - 1) * GAP.across;
  const tall = stacked ? count * boxHeight + (count - 1) * GAP.down : boxHeight;
  return { width: inner + 2 * PAD, height: tall + FRAME_HEAD + PAD, stacked };
}

/** Places the boxes for a given width: the two cities beside each other, under each other, or every box under the last. */
export function layOut<C extends { id: string; role: CenterRole; code: string }>(
  centers: readonly C[],
  width: number,
  boxHeight: number,
  compact = false,
): Picture<C> {
  const least = compact ? BOX_LEAST.compact : BOX_LEAST.full;
  const slots = slotsOf(centers);
  const inOrder = [...centers].sort((one, other) => (slots.get(one.id) ?? 0) - (slots.get(other.id) ?? 0));
  const cities = [
    { kind: 'same-city' as const, members: inOrder.filter((center) => center.role !== 'RECOVERY') },
    { kind: 'remote' as const, members: inOrder.filter((center) => center.role === 'RECOVERY') },
  ].filter((city) => city.members.length > 0);
  const total = inOrder.length;
  const between = cities.length - 1;

  const besideWidth =
    (width - between * GAP.city - cities.length * 2 * PAD - (total - cities.length) * GAP.across) / Math.max(1, total);
  const beside = besideWidth >= least;
  const groups: Group<C>[] = [];
  let x = 0;
  let y = 0;
  let height = 0;
  for (const city of cities) {
    const count = city.members.length;
    const rowWidth = (width - 2 * PAD - (count - 1) * GAP.across) / count;
    const stacked = !beside && rowWidth < least && count > 1;
    const boxWidth = Math.min(BOX_MOST, beside ? besideWidth : stacked ? width - 2 * PAD : rowWidth);
    const shape = shapeOf(count, boxWidth, boxHeight, stacked);
    const frame = { x, y, width: shape.width, height: shape.height };
    groups.push({
      kind: city.kind,
      frame,
      stacked,
      centers: city.members.map((center, index) => ({
        center,
        slot: slots.get(center.id) ?? 0,
        letter: letterOf(slots.get(center.id) ?? 0),
        box: {
          x: frame.x + PAD + (stacked ? 0 : index * (boxWidth + GAP.across)),
          y: frame.y + FRAME_HEAD + (stacked ? index * (boxHeight + GAP.down) : 0),
          width: boxWidth,
          height: boxHeight,
        },
      })),
    });
    height = Math.max(height, frame.y + frame.height);
    if (beside) x += frame.width + GAP.city;
    else y = height + GAP.down;
  }
  return { width, height, groups, links: linksOf(groups, beside) };
}

function linksOf<C>(groups: Group<C>[], beside: boolean): Link[] {
  const links: Link[] = [];
  for (const group of groups) {
    group.centers.slice(1).forEach((placed, index) => {
      const from = group.centers[index]?.box;
      if (!from) return;
      const to = placed.box;
      links.push(
        group.stacked
          ? {
              kind: 'same-city',
              x1: from.x + from.width / 2,
              y1: from.y + from.height,
              x2: to.x + to.width / 2,
              y2: to.y,
            }
          : {
              kind: 'same-city',
              x1: from.x + from.width,
              y1: from.y + from.height / 2,
              x2: to.x,
              y2: to.y + to.height / 2,
            },
      );
    });
  }
  const [city, remote] = groups;
  if (city && remote) {
    const a = city.frame;
    const b = remote.frame;
    links.push(
      beside
        ? { kind: 'remote', x1: a.x + a.width, y1: a.y + a.height / 2, x2: b.x, y2: b.y + b.height / 2 }
        : {
            kind: 'remote',
            x1: a.x + Math.min(a.width, b.width) / 2,
            y1: a.y + a.height,
            x2: b.x + Math.min(a.width, b.width) / 2,
            y2: b.y,
          },
    );
  }
  return links;
}
