import type { Image, Offer } from '../catalog/domain/catalog.js';
import type { Center } from '../facilities/domain/facility.js';
import type { RequestLineRow } from '../requests/requests.types.js';
import type { FormLine } from './domain/form-content.js';
import { valueWord } from './domain/form-words.js';

const MIB_PER_GIB = 1024;

export interface LineNames {
  readonly offer: Offer | null;
  readonly image: Image | null;
  readonly center: Center | null;
}

/** The one place that knows how requests keep their lines. */
export function formLineOf(line: RequestLineRow, { offer, image, center }: LineNames): FormLine {
  const size = offer
    ? `${offer.name}，${offer.vcpu} 核 ${offer.memoryMib / MIB_PER_GIB} GiB，${valueWord(offer.architecture)}`
    : '—';
  return {
    kind: 'VM',
    name: line.name,
    specification: size,
    configuration: `${image?.name ?? '—'}；系统盘 ${line.storageTier} ${line.diskGib} GiB`,
    place: `${center?.name ?? '—'} ${valueWord(line.zone)}`,
    term: null,
    count: line.machineCount,
    monthlyFen: line.monthlyFen?.toString() ?? null,
  };
}
