import type {
  LocalMode,
  NetworkZone,
  RelationScope,
  RemoteMode,
  RequestLineKind,
  StorageTier,
} from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { uniqueId } from '../../../lib/unique-id';
import type { CreateDraftMutation, PreviewFields, RequestChoices, RequestContent } from '../request-form.gql';

export type Choices = ResultOf<typeof RequestChoices>;
export type ContentInput = VariablesOf<typeof CreateDraftMutation>['input']['content'];
export type LineInput = ContentInput['lines'][number];

/** The API's own limit of what comes by one form. */
export const FORM_LINES_MOST = 20;
/** Of an old request so many lines tell what was last asked for. */
export const LIKE_LINES = 5;

type Common = {
  /** Identity on the screen only. */
  key: string;
  name: string;
  count: number | null;
  offerId: string | null;
  /** null = where it fits best; of one center only. */
  centerId: string | null;
  /** null = as the request says. */
  localMode: LocalMode | null;
  remoteMode: RemoteMode | null;
  /** How it stands to other lines: "APART:POOL:web". Names of lines that are gone say nothing. */
  relations: string[];
};
export type VmDraft = Common & {
  kind: 'VM';
  imageId: string | null;
  zone: NetworkZone;
  storageTier: StorageTier;
  diskGib: number | null;
};
export type ServerDraft = Common & {
  kind: 'SERVER';
  /** null = what its center installs where nobody chose. */
  imageId: string | null;
};
export type CabinetDraft = Common & {
  kind: 'CABINET';
  heightUnits: number | null;
  powerW: number | null;
  weightKg: number | null;
  /** Each place in a cabinet of its own. */
  apart?: boolean;
};
export type ServiceDraft = Common & { kind: 'SERVICE'; answers: Readonly<Record<string, string>> };
export type LineDraft = VmDraft | ServerDraft | CabinetDraft | ServiceDraft;
export type DraftOf<K extends RequestLineKind> = Extract<LineDraft, { kind: K }>;

/** DR modes of the whole request, as its lines without their own follow; null = as the system's record says. */
export type RequestModes = { localMode: LocalMode | null; remoteMode: RemoteMode | null };

/** In the order of the form's cards and buttons. */
export const lineKinds: readonly RequestLineKind[] = ['VM', 'SERVER', 'CABINET', 'SERVICE'];

/** A useful disk for a first system; the image may ask for more. */
const USUAL_DISK_GIB = 100;
/** What a server of two units and its cables commonly come to. */
const USUAL_PLACE = { heightUnits: 2, powerW: 500, weightKg: 30 };

const nameOf: Record<RequestLineKind, string> = { VM: 'vm', SERVER: 'server', CABINET: 'cabinet', SERVICE: 'service' };

/** A new line of a kind, with the site's usual choices filled in. A second line of a kind begins like the one before. */
export function newLine<K extends RequestLineKind>(choices: Choices, lines: readonly LineDraft[], kind: K): DraftOf<K> {
  const before = lines.findLast((line): line is DraftOf<K> => line.kind === kind);
  const own = { key: uniqueId(), name: freeName(lines, nameOf[kind]) };
  // A service is asked for once; the answers of the line before would only be wrong here.
  if (before && kind !== 'SERVICE') return { ...before, ...own, count: 1, relations: [] };
  const common: Common = {
    ...own,
    count: 1,
    offerId: null,
    centerId: null,
    localMode: null,
    remoteMode: null,
    relations: [],
  };
  const { diskGibMinimum, diskGibMaximum } = choices.catalog;
  const parts: { [P in RequestLineKind]: DraftOf<P> } = {
    VM: {
      ...common,
      kind: 'VM',
      imageId: null,
      zone: 'GOVERNMENT_EXTRANET',
      storageTier: 'SSD',
      diskGib: Math.min(Math.max(USUAL_DISK_GIB, diskGibMinimum), diskGibMaximum),
    },
    SERVER: { ...common, kind: 'SERVER', imageId: null },
    CABINET: { ...common, kind: 'CABINET', ...USUAL_PLACE },
    SERVICE: { ...common, kind: 'SERVICE', answers: {} },
  };
  return parts[kind] as DraftOf<K>;
}

/** "vm2": a line's first name, none that another has. */
export function freeName(lines: readonly LineDraft[], stem: string): string {
  const taken = new Set(lines.map((line) => line.name));
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** Another offer may mean another processor: an image of the wrong architecture gives way to the first that fits. */
export function withOffer(line: VmDraft, offerId: string, { catalog }: Choices): VmDraft {
  const architecture = catalog.offers.find((offer) => offer.id === offerId)?.architecture;
  const fitting = catalog.images.filter((image) => image.architecture === architecture);
  const image = fitting.find((candidate) => candidate.id === line.imageId) ?? fitting[0];
  return withImage({ ...line, offerId }, image?.id ?? null, { catalog });
}

/** An image that needs a bigger disk makes the disk bigger, never smaller. */
export function withImage(line: VmDraft, imageId: string | null, { catalog }: Pick<Choices, 'catalog'>): VmDraft {
  const least = catalog.images.find((image) => image.id === imageId)?.minimumDiskGib ?? 0;
  return { ...line, imageId, diskGib: line.diskGib === null ? null : Math.max(line.diskGib, least) };
}

/** Images that can be put on a server of the offer; what was chosen for another processor is not. */
export function serverImages(offerId: string | null, { catalog }: Pick<Choices, 'catalog'>) {
  const architecture = catalog.serverOffers.find((offer) => offer.id === offerId)?.architecture;
  return catalog.images.filter((image) => image.architecture === architecture && image.checksum !== null);
}

export function withServerOffer(line: ServerDraft, offerId: string, choices: Pick<Choices, 'catalog'>): ServerDraft {
  const fits = serverImages(offerId, choices).some(({ id }) => id === line.imageId);
  return { ...line, offerId, imageId: fits ? line.imageId : null };
}

/** A whole cabinet is as high as it is offered, and draws what it includes until somebody says otherwise. */
export function withCabinetOffer(line: CabinetDraft, offerId: string, { catalog }: Pick<Choices, 'catalog'>) {
  const offer = catalog.cabinetOffers.find((candidate) => candidate.id === offerId);
  if (offer?.form === 'WHOLE')
    return { ...line, offerId, heightUnits: offer.heightUnits, powerW: offer.includedW } satisfies CabinetDraft;
  const wasWhole = catalog.cabinetOffers.find((candidate) => candidate.id === line.offerId)?.form === 'WHOLE';
  return { ...line, offerId, ...(wasWhole ? USUAL_PLACE : {}) } satisfies CabinetDraft;
}

/** What a service's own definition asks for and nobody has answered. */
export function openQuestions(line: LineDraft, { catalog }: Choices) {
  if (line.kind !== 'SERVICE') return [];
  const service = catalog.services.find(({ id }) => id === line.offerId);
  return (service?.definition.fields ?? []).filter(({ key, required }) => required && !line.answers[key]?.trim());
}

/** Answers to questions of another service say nothing here. */
export const withService = (line: ServiceDraft, offerId: string): ServiceDraft =>
  offerId === line.offerId ? line : { ...line, offerId, answers: {} };

/** The modes that a line goes by. */
export function modesOf(line: LineDraft, request: RequestModes): RequestModes {
  return { localMode: line.localMode ?? request.localMode, remoteMode: line.remoteMode ?? request.remoteMode };
}

/**
 * A line as the API takes it; null while something is missing (validateDraft says what).
 * @param systemMode the system's own, which decides whether a center can be named at all.
 * @param lines those of the form that it may stand apart from or together with.
 */
export function lineInput(
  line: LineDraft,
  request: RequestModes,
  systemMode: LocalMode,
  lines: readonly LineDraft[],
): LineInput | null {
  const { name, count, offerId } = line;
  if (!name.trim() || !offerId || count === null || count < 1) return null;
  const common = { kind: line.kind, name: name.trim(), count };
  if (line.kind === 'SERVICE') {
    const answers = Object.entries(line.answers).flatMap(([key, value]) =>
      value.trim() === '' ? [] : [{ key, value: value.trim() }],
    );
    return { ...common, centerId: null, service: { offerId, answers } };
  }
  const modes = modesOf(line, request);
  const twins = (modes.localMode ?? systemMode) === 'DUAL_ACTIVE';
  const relations = relationsOf(line, lines);
  const placed = {
    ...common,
    ...modes,
    centerId: twins ? null : line.centerId,
    ...(relations.length > 0 ? { relations } : {}),
  };
  if (line.kind === 'SERVER') return { ...placed, server: { offerId, imageId: line.imageId } };
  if (line.kind === 'CABINET') {
    const { heightUnits, powerW, weightKg, apart = false } = line;
    if (heightUnits === null || powerW === null || weightKg === null) return null;
    return { ...placed, cabinet: { offerId, heightUnits, powerW, weightKg, ...(apart ? { apart } : {}) } };
  }
  const { imageId, zone, storageTier, diskGib } = line;
  return imageId && diskGib !== null ? { ...placed, vm: { offerId, imageId, zone, storageTier, diskGib } } : null;
}

type SavedLine = ResultOf<typeof RequestContent>['linePage']['nodes'][number];

/** A saved line as the form has it; modes that are the request's are not the line's own. */
export function lineOfContent(line: SavedLine, request: RequestModes): LineDraft {
  const { id, kind, name, count, vm, server, cabinet, service } = line;
  const own = <M>(mode: M, ofRequest: M | null): M | null => (mode === ofRequest ? null : mode);
  const common = {
    key: id,
    name,
    count,
    offerId: (vm ?? server ?? cabinet ?? service)?.offer.id ?? null,
    centerId: line.center?.id ?? null,
    localMode: kind === 'SERVICE' ? null : own(line.localMode, request.localMode),
    remoteMode: kind === 'SERVICE' ? null : own(line.remoteMode, request.remoteMode),
    relations: line.relations.map((one) => `${one.kind}:${one.scope}:${one.line}`),
  };
  switch (kind) {
    case 'VM':
      return {
        ...common,
        kind,
        imageId: vm?.image.id ?? null,
        zone: vm?.zone ?? 'GOVERNMENT_EXTRANET',
        storageTier: vm?.storageTier ?? 'SSD',
        diskGib: vm?.diskGib ?? null,
      };
    case 'SERVER':
      return { ...common, kind, imageId: server?.image?.id ?? null };
    case 'CABINET':
      return {
        ...common,
        kind,
        heightUnits: cabinet?.heightUnits ?? null,
        powerW: cabinet?.powerW ?? null,
        weightKg: cabinet?.weightKg ?? null,
        ...(cabinet?.apart ? { apart: true } : {}),
      };
    case 'SERVICE':
      return {
        ...common,
        kind,
        answers: Object.fromEntries((service?.answers ?? []).map(({ key, value }) => [key, value])),
      };
  }
}

/** Choosing an offer may also set the image, and the image the disk: everything that differs is touched. */
export function fieldsOfLineChange(before: LineDraft, next: LineDraft, number: number): string[] {
  const [was, is] = [before as Record<string, unknown>, next as Record<string, unknown>];
  const keys = Object.keys(is).filter((key) => key !== 'answers' && was[key] !== is[key]);
  if (before.kind === 'SERVICE' && next.kind === 'SERVICE')
    for (const key of new Set([...Object.keys(before.answers), ...Object.keys(next.answers)]))
      if (before.answers[key] !== next.answers[key]) keys.push(`answers.${key}`);
  return keys.map((key) => `lines.${number}.${key}`);
}

const RELATION_KINDS = ['APART', 'TOGETHER'] as const;
/** Of what lines of a kind may be apart or together; lines of one such list may name each other. */
const POOL_SCOPES = ['POOL', 'CENTER'] as const;
const PLACE_SCOPES = ['CABINET', 'ROOM', 'CENTER'] as const;
const scopesOf: Record<RequestLineKind, readonly RelationScope[]> = {
  VM: POOL_SCOPES,
  SERVER: PLACE_SCOPES,
  CABINET: PLACE_SCOPES,
  SERVICE: [],
};

/** Every way in which a line can stand to the others of the form that take a place. */
export function relationChoices(line: LineDraft, lines: readonly LineDraft[]) {
  const scopes = scopesOf[line.kind];
  return lines
    .filter((other) => other.key !== line.key && scopesOf[other.kind] === scopes && other.name.trim() !== '')
    .flatMap(({ name }) =>
      RELATION_KINDS.flatMap((kind) =>
        scopes.map((scope) => ({ value: `${kind}:${scope}:${name}`, kind, scope, name })),
      ),
    );
}

function relationsOf(line: LineDraft, lines: readonly LineDraft[]): NonNullable<LineInput['relations']> {
  return relationChoices(line, lines)
    .filter(({ value }) => line.relations.includes(value))
    .map(({ kind, scope, name }) => ({ kind, scope, line: name.trim() }));
}

type Suggestion = ResultOf<typeof PreviewFields>['suggestions'][number];

/** The line with the one change of a suggestion. */
export function withSuggestion(line: LineDraft, suggestion: Suggestion): LineDraft {
  const { count, centerId, offerId, imageId, zone, storageTier, diskGib, withoutRelations } = suggestion;
  const changed = {
    ...line,
    count: count ?? line.count,
    centerId: centerId ?? line.centerId,
    offerId: offerId ?? line.offerId,
    relations: withoutRelations ? [] : line.relations,
  };
  if (changed.kind !== 'VM') return changed;
  return {
    ...changed,
    imageId: imageId ?? changed.imageId,
    zone: zone ?? changed.zone,
    storageTier: storageTier ?? changed.storageTier,
    diskGib: diskGib ?? changed.diskGib,
  };
}
