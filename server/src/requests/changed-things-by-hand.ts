import { growthOf } from '../allocation/domain/grown-space.js';
import type { ItemClaim } from '../allocation/item-record.service.js';
import { unitAt, unitRange, unitsOf } from '../cabinets/domain/units.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { GrantedLine } from './fulfilment.types.js';
import { askedBy } from './granted-things.js';
import type { QuotedLine } from './quotation.service.js';
import type { ItemNow } from './quoted-things.js';
import { GRAMS_PER_KG } from './request-rows.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** An order's text has its limit: of many places the first are named, and the request lists them all. */
const NAMED_MAX = 8;

/** Servers and places of a change, as whoever carries it out is told of them. */
export function thingsToDo(
  request: RequestRow,
  line: RequestLineRow,
  { thing, thingsChange, localMode, remoteMode }: QuotedLine,
  made: readonly ItemClaim[],
): GrantedLine {
  const change = thingsChange;
  if (!change) throw new Error(`line ${line.id} changes neither servers nor places`);
  const resized = change.resized.filter(
    (place) => Object.values(growthOf(place)).some((one) => one > 0) || isLess(place),
  );
  const leaving = change.leaving.map(({ item }) => item.subjectId);
  const centers = new Set([
    ...resized.map(({ centerId }) => centerId),
    ...made.map(({ centerId }) => centerId),
    ...change.leaving.map(({ item }) => item.centerId),
  ]);
  const modes = change.from.localMode !== localMode || change.from.remoteMode !== remoteMode;
  const word = thing.kind === 'SERVER' ? say('台服务器', 'servers') : say('处机位', 'places');
  return {
    ...askedBy(request, line),
    nature: 'CHANGE',
    definitionId: null,
    answers: [],
    count: resized.length + made.length + leaving.length,
    centerId: centers.size === 1 ? ([...centers][0] ?? null) : null,
    details: [
      ...(resized.length > 0 && change.from.size ? [sizes(change.from.size, thing)] : []),
      ...(resized.length > 0 ? [named(change.spots, resized.length)] : []),
      ...(modes
        ? [
            say(
              `容灾模式：${change.from.localMode} ${change.from.remoteMode} → ${localMode} ${remoteMode}`,
              `DR modes: ${change.from.localMode} ${change.from.remoteMode} → ${localMode} ${remoteMode}`,
            ),
          ]
        : []),
      ...(made.length > 0 ? [say(`新交付 ${made.length} ${word.zh}`, `Deliver ${made.length} ${word.en}`)] : []),
      ...(leaving.length > 0
        ? [
            say(
              `收回 ${leaving.length} ${word.zh}，清除其数据`,
              `Take back ${leaving.length} ${word.en} and wipe their data`,
            ),
          ]
        : []),
    ],
    subjectIds: [...resized.map(({ holderId }) => holderId), ...made.map(({ subjectId }) => subjectId), ...leaving],
  };
}

function isLess({ from, to }: NonNullable<QuotedLine['thingsChange']>['resized'][number]): boolean {
  return to.heightHalfUnits < from.heightHalfUnits || to.powerW < from.powerW || to.weightGrams < from.weightGrams;
}

function sizes(
  from: { readonly heightHalfUnits: number; readonly powerW: number; readonly weightGrams: number },
  thing: QuotedLine['thing'],
): Bilingual {
  if (thing.kind !== 'CABINET') throw new Error('only places have a size');
  const words = ({ heightHalfUnits, powerW, weightGrams }: typeof from) =>
    `${unitsOf(heightHalfUnits)} U ${powerW} W ${weightGrams / GRAMS_PER_KG} kg`;
  return say(`每处机位：${words(from)} → ${words(thing)}`, `Each place: ${words(from)} → ${words(thing)}`);
}

/** Where they are, as printed on the frames. */
function named(spots: readonly string[], count: number): Bilingual {
  const first = spots.slice(0, NAMED_MAX);
  const more = count > first.length ? count : null;
  return say(
    `位置：${first.join('、')}${more === null ? '' : ` 等 ${more} 处`}`,
    `Where: ${first.join(', ')}${more === null ? '' : ` and others, ${more} in all`}`,
  );
}

/** "A01-03 U5–6". */
export function spotOf({ place }: Pick<ItemNow, 'place'>): string | null {
  if (!place) return null;
  const { holder, cabinet } = place;
  const at = unitAt(cabinet, holder.startHalfUnit, holder.heightHalfUnits);
  return `${cabinet.code} ${unitRange(at, holder.heightHalfUnits)}`;
}
