/** Decides whether what was typed into the form is well-formed, field by field, before anything is looked up. */
import type { StorageTier } from '../../allocation/domain/capacity.js';
import { LINE_KINDS, type LineKind } from '../../allocation/domain/line-kind.js';
import {
  PLACE_SCOPES,
  POOL_SCOPES,
  type Relation,
  type RelationScope,
} from '../../allocation/domain/placement-facts.js';
import { toHalfUnits } from '../../cabinets/domain/units.js';
import { DISK_GIB_MAX, DISK_GIB_MIN, LINE_COUNT_MAX } from '../../catalog/domain/catalog.js';
import { SERVICE_QUANTITY_MAX } from '../../catalog/domain/service-definition.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import type { LocalMode, RemoteMode } from '../../systems/domain/system.js';
import { contradictionsIn } from './relation-contradictions.js';

export interface VmPart {
  readonly offerId: string | undefined;
  readonly imageId: string | undefined;
  readonly zone: NetworkZone;
  readonly storageTier: StorageTier;
  readonly diskGib: number;
}

export interface ServerPart {
  readonly offerId: string | undefined;
  /** What is installed on it; absent or null = what its center installs where nobody chose. */
  readonly imageId?: string | null;
}

/** Of each place: so many units in one run, the power that is drawn there and what it weighs. */
export interface CabinetPart {
  readonly offerId: string | undefined;
  readonly heightUnits: number;
  readonly powerW: number;
  readonly weightKg: number;
  /** Each place in a cabinet of its own. */
  readonly apart?: boolean;
}

export interface ServiceAnswer {
  readonly key: string;
  readonly value: string;
}

export interface ServicePart {
  readonly offerId: string | undefined;
  readonly answers: readonly ServiceAnswer[];
}

/** One line; of its four parts it has the one of its kind. */
export interface LineContent {
  readonly kind: LineKind;
  readonly name: string;
  readonly count: number;
  /** null = none was named: the best one of those that fit. undefined = what was named is none. */
  readonly centerId: string | null | undefined;
  /** null = as the system's. */
  readonly localMode: LocalMode | null;
  readonly remoteMode: RemoteMode | null;
  readonly vm: VmPart | null;
  readonly server: ServerPart | null;
  readonly cabinet: CabinetPart | null;
  readonly service: ServicePart | null;
  /** What the line says of its place beside others: of machines in pools, of servers and space in cabinets and rooms. */
  readonly relations?: readonly LineRelation[];
}

export interface LineRelation {
  readonly kind: Relation['kind'];
  /** The other line's name. */
  readonly line: string;
  readonly scope: RelationScope;
}

/** What a request asks for. Ids are undefined where the text was no id of that kind. */
export interface RequestContent {
  readonly systemId: string | undefined;
  readonly projectId: string | undefined;
  readonly purpose: string;
  /** The last day of what is asked for, YYYY-MM-DD; none = long-term. */
  readonly temporaryUntil?: string | null;
  readonly lines: readonly LineContent[];
}

export type LinePart = 'vm' | 'server' | 'cabinet' | 'service';

export const PART_OF: { readonly [K in LineKind]: LinePart } = {
  VM: 'vm',
  SERVER: 'server',
  CABINET: 'cabinet',
  SERVICE: 'service',
};

/** RFC 1123 label, shorter than its 63 so that a number and a code fit behind it. */
const LINE_NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
export const PURPOSE_LENGTH_MAX = 500;
/** What one form carries: what one person can type and read at once. */
export const FORM_LINES_MAX = 20;
/** What one request has at most: a system's move to the cloud. More than a form carries come into the draft bit by bit. */
export const LINES_MAX = 1_000;
export const OPINION_LENGTH_MAX = 500;
/** A frame of 60 U is the tallest that is offered. */
const HEIGHT_UNITS_MAX = 60;
/** Liquid-cooled cabinets end near 100 kW; 3 t is what the strongest frame bears. */
const POWER_W_MAX = 100_000;
const WEIGHT_KG_MAX = 3_000;
/** Beside more lines than these nobody can say where it stands. */
const RELATIONS_MAX = 5;
/** Of what lines of a kind may be apart or together; lines of one such list may name each other. */
const SCOPES_OF: { readonly [K in LineKind]: readonly RelationScope[] } = {
  VM: POOL_SCOPES,
  SERVER: PLACE_SCOPES,
  CABINET: PLACE_SCOPES,
  SERVICE: [],
};
/** Of a service its own definition says how many at once: a bandwidth is counted by the Mbps. */
const COUNT_MAX: { readonly [K in LineKind]: number } = {
  VM: LINE_COUNT_MAX,
  SERVER: LINE_COUNT_MAX,
  CABINET: LINE_COUNT_MAX,
  SERVICE: SERVICE_QUANTITY_MAX,
};
/** More answers than any form has questions. */
const ANSWERS_MAX = 60;

/** @param linesMax FORM_LINES_MAX for what comes by one form. */
export function checkContent(content: RequestContent, linesMax = LINES_MAX): Refusal[] {
  const refusals: Refusal[] = [];
  const invalid: Invalid = (path, rule, message) => {
    refusals.push({ code: 'INVALID_INPUT', path, rule, message });
  };
  const purpose = content.purpose.trim();
  if (purpose.length === 0 || purpose.length > PURPOSE_LENGTH_MAX)
    invalid(
      ['content', 'purpose'],
      'length',
      say(`请说明用途，1 至 ${PURPOSE_LENGTH_MAX} 字`, `Say what it is for in 1 to ${PURPOSE_LENGTH_MAX} characters`),
    );
  if (content.lines.length === 0 || content.lines.length > linesMax)
    invalid(
      ['content', 'lines'],
      'range',
      say(`需要 1 至 ${linesMax} 行资源明细`, `1 to ${linesMax} lines are needed`),
    );
  const names = new Set<string>();
  content.lines.slice(0, linesMax).forEach((line, index) => {
    const at = (...fields: string[]): InputPath => ['content', 'lines', String(index), ...fields];
    refusals.push(...checkNameAndCount(line, at()));
    if (LINE_NAME.test(line.name) && names.has(line.name))
      invalid(at('name'), 'unique', say('名称与其他明细重复', 'Another line has this name'));
    names.add(line.name);
    checkPart(line, at, invalid);
  });
  checkRelations(content.lines.slice(0, linesMax), invalid);
  for (const { path, message } of contradictionsIn(content.lines.slice(0, linesMax)))
    invalid(path, 'contradiction', message);
  return refusals;
}

/** What a line of any kind says of itself, whatever else it asks for. */
export function checkNameAndCount(
  { name, kind, count }: Pick<LineContent, 'name' | 'kind' | 'count'>,
  line: InputPath,
): Refusal[] {
  const refusals: Refusal[] = [];
  const invalid = (field: string, rule: string, message: Bilingual): void => {
    refusals.push({ code: 'INVALID_INPUT', path: [...line, field], rule, message });
  };
  if (!LINE_NAME.test(name))
    invalid(
      'name',
      'dnsLabel',
      say(
        '名称用小写字母开头，只含小写字母、数字和连字符，最长 40 个字符',
        'A name begins with a lower-case letter and has only lower-case letters, digits and hyphens, 40 at most',
      ),
    );
  const countMax = COUNT_MAX[kind];
  if (!between(count, 1, countMax))
    invalid('count', 'range', say(`数量为 1 至 ${countMax}`, `The count is 1 to ${countMax}`));
  return refusals;
}

type Invalid = (path: InputPath, rule: string, message: Bilingual) => void;

function checkRelations(lines: readonly LineContent[], invalid: Invalid): void {
  const scopesOf = new Map(lines.map(({ name, kind }) => [name, SCOPES_OF[kind]]));
  for (const [index, { name, kind, relations = [] }] of lines.entries()) {
    const at = (...fields: string[]): InputPath => ['content', 'lines', String(index), 'relations', ...fields];
    const scopes: readonly RelationScope[] = SCOPES_OF[kind];
    if (relations.length > RELATIONS_MAX || (relations.length > 0 && scopes.length === 0))
      invalid(
        at(),
        'range',
        say(
          `云主机、服务器和机柜明细可以写与其他明细的关系，最多 ${RELATIONS_MAX} 条；服务没有位置`,
          `Lines of machines, servers and cabinet space say how they stand to others, ${RELATIONS_MAX} at most; a service has no place`,
        ),
      );
    for (const [n, { line, scope }] of relations.entries()) {
      if (line === name || scopesOf.get(line) !== scopes)
        invalid(
          at(String(n), 'line'),
          'otherLine',
          kind === 'VM'
            ? say('须是本单另一行云主机明细的名称', 'It must be the name of another line of machines')
            : say(
                '须是本单另一行服务器或机柜明细的名称',
                'It must be the name of another line of servers or cabinet space',
              ),
        );
      if (!scopes.includes(scope))
        invalid(
          at(String(n), 'scope'),
          'scope',
          kind === 'VM'
            ? say('云主机之间按资源池或数据中心', 'Machines stand to each other in pool or center')
            : say(
                '服务器和机柜之间按机柜、机房或数据中心',
                'Servers and space stand to each other in cabinet, room or center',
              ),
        );
    }
  }
}

function checkPart(line: LineContent, at: (...fields: string[]) => InputPath, invalid: Invalid): void {
  const asked = LINE_KINDS.filter((kind) => line[PART_OF[kind]] !== null);
  if (asked.length !== 1 || asked[0] !== line.kind) {
    invalid(
      at(PART_OF[line.kind]),
      'oneOf',
      say('每行明细只填写与类型相符的一组内容', 'A line has the one part of its kind, and no other'),
    );
    return;
  }
  const { vm, cabinet, service } = line;
  if (vm && !between(vm.diskGib, DISK_GIB_MIN, DISK_GIB_MAX))
    invalid(
      at('vm', 'diskGib'),
      'range',
      say(`磁盘为 ${DISK_GIB_MIN} 至 ${DISK_GIB_MAX} GiB`, `The disk is ${DISK_GIB_MIN} to ${DISK_GIB_MAX} GiB`),
    );
  if (cabinet) {
    const halves = toHalfUnits(cabinet.heightUnits);
    if (halves === undefined || halves < 1 || cabinet.heightUnits > HEIGHT_UNITS_MAX)
      invalid(
        at('cabinet', 'heightUnits'),
        'halfUnits',
        say(
          `高度为 0.5 至 ${HEIGHT_UNITS_MAX} U，且为半 U 的整数倍`,
          `The height is 0.5 to ${HEIGHT_UNITS_MAX} U, in half units`,
        ),
      );
    if (!between(cabinet.powerW, 0, POWER_W_MAX))
      invalid(at('cabinet', 'powerW'), 'range', say(`功率为 0 至 ${POWER_W_MAX} W`, `Power is 0 to ${POWER_W_MAX} W`));
    if (!between(cabinet.weightKg, 0, WEIGHT_KG_MAX))
      invalid(
        at('cabinet', 'weightKg'),
        'range',
        say(`重量为 0 至 ${WEIGHT_KG_MAX} kg，取整`, `Weight is 0 to ${WEIGHT_KG_MAX} whole kg`),
      );
  }
  if (service) {
    const keys = new Set(service.answers.map((answer) => answer.key));
    if (service.answers.length > ANSWERS_MAX || keys.size < service.answers.length)
      invalid(at('service', 'answers'), 'unique', say('每个问题只能回答一次', 'Each question is answered once'));
  }
}

function between(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
