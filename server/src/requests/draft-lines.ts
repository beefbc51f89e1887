import type { LineKind } from '../allocation/domain/line-kind.js';
import type { QuotedThing } from './domain/line-price.js';
import type { Quotation } from './quotation.service.js';
import type { NewLine } from './requests.types.js';

/** What the lines ask for, by kind. Quantities of services are of many units, so that each service counts once. */
export function countsOf(lines: Quotation['lines']) {
  const of = (kind: LineKind) =>
    lines.reduce((sum, { content }) => (content.kind === kind ? sum + content.count : sum), 0);
  return {
    machineCount: of('VM'),
    serverCount: of('SERVER'),
    cabinetCount: of('CABINET'),
    serviceCount: lines.filter(({ content }) => content.kind === 'SERVICE').length,
  };
}

/** What a draft says beside its lines, and what these come to. */
export function headOf({ system, project, purpose, monthlyFen, lines }: Quotation) {
  return {
    ...{ departmentId: system.departmentId, systemId: system.id, projectId: project.id },
    ...{ purpose, monthlyFen },
    ...countsOf(lines),
  };
}

/** The quoted lines as a draft keeps them. */
export function toLines(quotation: Quotation): NewLine[] {
  return quotation.lines.map(
    ({ content, thing, centerId, localMode, remoteMode, monthlyFen, change, serviceChange, thingsChange }) => ({
      kind: content.kind,
      name: content.name,
      itemCount: content.count,
      centerId,
      localMode,
      remoteMode,
      offerId: thing.offer.id,
      ...NOTHING_OF_ITS_KIND,
      ...ownPartOf(thing),
      relations: content.relations && content.relations.length > 0 ? content.relations : null,
      monthlyFen,
      ...(change && {
        changedLineId: change.changedLine.id,
        fromLocalMode: change.from.localMode,
        fromRemoteMode: change.from.remoteMode,
      }),
      ...(serviceChange && {
        changedLineId: serviceChange.changedLine.id,
        fromCount: serviceChange.fromCount,
        fromAnswers: serviceChange.fromAnswers,
      }),
      ...(thingsChange && {
        changedLineId: thingsChange.changedLine.id,
        fromLocalMode: thingsChange.from.localMode,
        fromRemoteMode: thingsChange.from.remoteMode,
        fromHalfUnits: thingsChange.from.size?.heightHalfUnits ?? null,
        fromPowerW: thingsChange.from.size?.powerW ?? null,
        fromWeightGrams: thingsChange.from.size?.weightGrams ?? null,
      }),
    }),
  );
}

const NOTHING_OF_ITS_KIND = {
  imageId: null,
  zone: null,
  storageTier: null,
  diskGib: null,
  placesApart: false,
  heightHalfUnits: null,
  powerW: null,
  weightGrams: null,
  definitionId: null,
  answers: null,
  relations: null,
} as const;

function ownPartOf(thing: QuotedThing): Partial<NewLine> {
  switch (thing.kind) {
    case 'VM': {
      const { zone, storageTier, diskGib } = thing.vm;
      return { imageId: thing.image.id, zone, storageTier, diskGib };
    }
    case 'SERVER':
      return { imageId: thing.image?.id ?? null };
    case 'CABINET': {
      const { heightHalfUnits, powerW, weightGrams, apart } = thing;
      return { heightHalfUnits, powerW, weightGrams, placesApart: apart };
    }
    case 'SERVICE':
      return { definitionId: thing.definition.id, answers: thing.answers };
  }
}
