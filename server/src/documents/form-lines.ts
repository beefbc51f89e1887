import { unitsOf } from '../cabinets/domain/units.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import type { CabinetOffer, ServerOffer } from '../catalog/domain/entries.js';
import type { ServiceDefinition } from '../catalog/domain/service-definition.js';
import type { Center } from '../facilities/domain/facility.js';
import type { LineRelation } from '../requests/domain/content.js';
import type { RequestLineRow } from '../requests/requests.types.js';
import type { FormLine } from './domain/form-content.js';
import { valueWord } from './domain/form-words.js';

const MIB_PER_GIB = 1024;
const GRAMS_PER_KG = 1000;
const UNKNOWN = '—';

/** What a line's ids name; of its kind one of the offers. */
export interface LineNames {
  readonly offer: Offer | null;
  readonly image: Image | null;
  readonly server: ServerOffer | null;
  readonly cabinet: CabinetOffer | null;
  readonly definition: ServiceDefinition | null;
  readonly center: Center | null;
}

/** The one place that knows how requests keep their lines. `temporaryUntil` is the request's, and holds for each of them. */
export function formLineOf(line: RequestLineRow, names: LineNames, temporaryUntil: string | null): FormLine {
  return {
    kind: line.kind,
    name: line.name,
    ...wordsOf(line, names),
    place: placeOf(line, names),
    term: temporaryUntil === null ? '长期' : `临时，至 ${temporaryUntil}`,
    count: line.itemCount,
    monthlyFen: line.monthlyFen?.toString() ?? null,
  };
}

function wordsOf(line: RequestLineRow, names: LineNames): Pick<FormLine, 'specification' | 'configuration'> {
  const { offer, image, server, cabinet, definition } = names;
  switch (line.kind) {
    case 'VM':
      return {
        specification: offer ? `${offer.name}，${sizeOf(offer.vcpu, offer)}` : UNKNOWN,
        configuration: [
          image?.name ?? UNKNOWN,
          `系统盘 ${line.storageTier} ${line.diskGib} GiB`,
          ...(line.relations ?? []).map(relationOf),
        ].join('；'),
      };
    case 'SERVER':
      return {
        specification: server ? `${server.name}，${sizeOf(server.cores, server)}` : UNKNOWN,
        configuration: [
          server?.disks ?? UNKNOWN,
          acceleratorOf(server),
          image?.name ?? '',
          ...(line.relations ?? []).map(relationOf),
        ]
          .filter((part) => part !== '')
          .join('；'),
      };
    case 'CABINET':
      return {
        specification: `${cabinet?.name ?? UNKNOWN}，${nowThen(halves(line.fromHalfUnits), unitsOf(line.heightHalfUnits ?? 0))} U`,
        configuration: [
          `功率 ${nowThen(line.fromPowerW, line.powerW ?? 0)} W`,
          `重量 ${nowThen(kilograms(line.fromWeightGrams), (line.weightGrams ?? 0) / GRAMS_PER_KG)} kg`,
          ...(line.relations ?? []).map(relationOf),
        ].join('，'),
      };
    case 'SERVICE':
      return {
        specification: definition?.name.zh ?? UNKNOWN,
        configuration: answersOf(line, definition) || UNKNOWN,
      };
  }
}

/** Of a change what it was stands before what it becomes; of what stays, and of what is new, there is one figure. */
function nowThen(from: number | null | undefined, to: number): string {
  return typeof from !== 'number' || from === to ? `${to}` : `${from} → ${to}`;
}

const halves = (from: number | null | undefined) => (typeof from === 'number' ? unitsOf(from) : null);
const kilograms = (from: number | null | undefined) => (typeof from === 'number' ? from / GRAMS_PER_KG : null);

const SCOPE_WORDS: { readonly [S in LineRelation['scope']]: string } = {
  POOL: '资源池',
  CABINET: '机柜',
  ROOM: '机房',
  CENTER: '数据中心',
};

/** Where the allocator may put it is asked for too. */
function relationOf({ kind, line, scope }: LineRelation): string {
  return `与 ${line} 在${kind === 'APART' ? '不同' : '同一'}${SCOPE_WORDS[scope]}`;
}

function sizeOf(cores: number, of: Pick<Offer, 'memoryMib' | 'architecture'>): string {
  return `${cores} 核 ${of.memoryMib / MIB_PER_GIB} GiB，${valueWord(of.architecture)}`;
}

function acceleratorOf(server: ServerOffer | null): string {
  return server?.accelerator ? `${server.accelerator} × ${server.acceleratorCount}` : '';
}

function answersOf({ answers }: RequestLineRow, definition: ServiceDefinition | null): string {
  return (answers ?? [])
    .map(({ key, value }) => `${questionOf(definition, key)}：${answerOf(definition, key, value)}`)
    .join('；');
}

/** A question of a service, and one of its answers, in the words of the form. */
export function questionOf(definition: ServiceDefinition | null, key: string): string {
  return definition?.fields.find((one) => one.key === key)?.label.zh ?? key;
}

export function answerOf(definition: ServiceDefinition | null, key: string, value: string): string {
  const field = definition?.fields.find((one) => one.key === key);
  return field?.choices.find((one) => one.value === value)?.label.zh ?? value;
}

/** Where it goes by its modes; a service stands in no center. */
function placeOf(line: RequestLineRow, { center, cabinet }: LineNames): string {
  if (line.kind === 'SERVICE') return center?.name ?? UNKNOWN;
  const zone = line.zone ?? cabinet?.zone ?? null;
  const where = line.localMode === 'DUAL_ACTIVE' ? valueWord(line.localMode) : (center?.name ?? '由平台选择');
  const remote = line.remoteMode === 'NONE' ? [] : [valueWord(line.remoteMode)];
  return [where, ...remote, ...(zone ? [valueWord(zone)] : [])].join(' ');
}
