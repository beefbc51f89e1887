import type { NetworkZone, StorageTier } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import { uniqueId } from '../../../lib/unique-id';
import type {
  CreateDraftMutation,
  PreviewFields,
  RequestChoices,
  RequestContent,
  SystemOption,
} from '../request-form.gql';

export type Choices = ResultOf<typeof RequestChoices>;
export type ChosenSystem = ResultOf<typeof SystemOption>;
export type ContentInput = VariablesOf<typeof CreateDraftMutation>['input']['content'];

export type LineDraft = {
  /** Identity on the screen only. */
  key: string;
  name: string;
  offerId: string | null;
  imageId: string | null;
  centerId: string | null;
  zone: NetworkZone;
  storageTier: StorageTier;
  diskGib: number | null;
  count: number | null;
  /** How it stands to other lines: "APART:POOL:web". Names of lines that are gone say nothing. */
  relations: string[];
};

/** The form as it stands, half-filled included. */
export type RequestDraft = {
  system: ChosenSystem | null;
  projectId: string | null;
  purpose: string;
  /** The last day, where it is temporary; a draft kept by an older page has none. */
  temporaryUntil?: string | null;
  lines: LineDraft[];
};

/** A useful disk for a first system; the image may ask for more. */
const USUAL_DISK_GIB = 100;

/** A new line, with the site policy filled in: an active center in service, the extranet, SSD. A second line begins like the one before. */
export function newLine(choices: Choices, lines: readonly LineDraft[]): LineDraft {
  const usual =
    choices.centers.find((center) => center.life === 'IN_SERVICE' && center.role !== 'RECOVERY') ?? choices.centers[0];
  const before = lines.at(-1);
  const taken = new Set(lines.map((line) => line.name));
  let number = lines.length + 1;
  while (taken.has(`vm${number}`)) number += 1;
  const disk = Math.min(Math.max(USUAL_DISK_GIB, choices.catalog.diskGibMinimum), choices.catalog.diskGibMaximum);
  return {
    key: uniqueId(),
    name: `vm${number}`,
    offerId: before?.offerId ?? null,
    imageId: before?.imageId ?? null,
    centerId: before?.centerId ?? usual?.id ?? null,
    zone: before?.zone ?? 'GOVERNMENT_EXTRANET',
    storageTier: before?.storageTier ?? 'SSD',
    diskGib: before?.diskGib ?? disk,
    count: 1,
    relations: [],
  };
}

export const emptyDraft = (choices: Choices): RequestDraft => ({
  system: null,
  projectId: null,
  purpose: '',
  lines: [newLine(choices, [])],
});

export function draftOfContent(content: ResultOf<typeof RequestContent>, system: ChosenSystem): RequestDraft {
  return {
    system,
    projectId: content.project.id,
    purpose: content.purpose,
    temporaryUntil: content.temporaryUntil,
    lines: [...content.lines]
      .sort((one, other) => one.index - other.index)
      .map((line) => ({
        key: line.id,
        name: line.name,
        offerId: line.vm?.offer.id ?? null,
        imageId: line.vm?.image.id ?? null,
        centerId: line.center?.id ?? null,
        zone: line.vm?.zone ?? 'GOVERNMENT_EXTRANET',
        storageTier: line.vm?.storageTier ?? 'SSD',
        diskGib: line.vm?.diskGib ?? null,
        count: line.count,
        relations: line.relations.map(({ kind, scope, line: name }) => `${kind}:${scope}:${name}`),
      })),
  };
}

/** Another offer may mean another processor: an image of the wrong architecture gives way to the first that fits. */
export function withOffer(line: LineDraft, offerId: string, { catalog }: Choices): LineDraft {
  const architecture = catalog.offers.find((offer) => offer.id === offerId)?.architecture;
  const fitting = catalog.images.filter((image) => image.architecture === architecture);
  const image = fitting.find((candidate) => candidate.id === line.imageId) ?? fitting[0];
  return withImage({ ...line, offerId }, image?.id ?? null, { catalog });
}

/** An image that needs a bigger disk makes the disk bigger, never smaller. */
export function withImage(line: LineDraft, imageId: string | null, { catalog }: Pick<Choices, 'catalog'>): LineDraft {
  const least = catalog.images.find((image) => image.id === imageId)?.minimumDiskGib ?? 0;
  return { ...line, imageId, diskGib: line.diskGib === null ? null : Math.max(line.diskGib, least) };
}

type CompleteLine = LineDraft & { offerId: string; imageId: string; centerId: string; diskGib: number; count: number };

const isComplete = (line: LineDraft): line is CompleteLine =>
  Boolean(line.name.trim() && line.offerId && line.imageId && line.centerId) &&
  line.diskGib !== null &&
  line.count !== null &&
  line.count > 0;

/** What can be previewed now, with the form's line number of each previewed line; null while system or project are open. */
export function previewableContent(draft: RequestDraft): { content: ContentInput; lineNumbers: number[] } | null {
  if (!draft.system || !draft.projectId) return null;
  const complete = draft.lines.flatMap((line, number) => (isComplete(line) ? [{ line, number }] : []));
  if (complete.length === 0) return null;
  return {
    content: {
      systemId: draft.system.id,
      projectId: draft.projectId,
      // Cost and placement do not depend on the purpose, which is often written last; the API wants one.
      purpose: draft.purpose.trim() || '-',
      lines: complete.map(({ line }) =>
        lineInput(
          line,
          complete.map((one) => one.line),
        ),
      ),
    },
    lineNumbers: complete.map(({ number }) => number),
  };
}

/** Machines in one named center: what this form asks for. */
const lineInput = (line: CompleteLine, lines: readonly LineDraft[]): ContentInput['lines'][number] => ({
  kind: 'VM',
  name: line.name.trim(),
  count: line.count,
  centerId: line.centerId,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  vm: {
    offerId: line.offerId,
    imageId: line.imageId,
    zone: line.zone,
    storageTier: line.storageTier,
    diskGib: line.diskGib,
  },
  relations: relationsOf(line, lines),
});

const KINDS = ['APART', 'TOGETHER'] as const;
const SCOPES = ['POOL', 'CENTER'] as const;

/** Every way in which a line can stand to the others of the form. */
export function relationChoices(line: LineDraft, lines: readonly LineDraft[]) {
  return lines
    .filter((other) => other.key !== line.key && other.name.trim() !== '')
    .flatMap((other) =>
      KINDS.flatMap((kind) =>
        SCOPES.map((scope) => ({ value: `${kind}:${scope}:${other.name}`, kind, scope, name: other.name })),
      ),
    );
}

function relationsOf(line: LineDraft, lines: readonly LineDraft[]): RelationInput[] {
  return relationChoices(line, lines)
    .filter(({ value }) => line.relations.includes(value))
    .map(({ kind, scope, name }) => ({ kind, scope, line: name.trim() }));
}

type RelationInput = NonNullable<ContentInput['lines'][number]['relations']>[number];
type Suggestion = ResultOf<typeof PreviewFields>['suggestions'][number];

/** The line with the one change of a suggestion. */
export function withSuggestion(line: LineDraft, suggestion: Suggestion): LineDraft {
  const { count, centerId, offerId, imageId, zone, storageTier, diskGib, withoutRelations } = suggestion;
  return {
    ...line,
    count: count ?? line.count,
    centerId: centerId ?? line.centerId,
    offerId: offerId ?? line.offerId,
    imageId: imageId ?? line.imageId,
    zone: zone ?? line.zone,
    storageTier: storageTier ?? line.storageTier,
    diskGib: diskGib ?? line.diskGib,
    relations: withoutRelations ? [] : line.relations,
  };
}

/** The whole form as the API takes it; null while something is missing (validateDraft says what). */
export function contentOfDraft(draft: RequestDraft): ContentInput | null {
  if (!draft.system || !draft.projectId || !draft.lines.every(isComplete)) return null;
  return {
    systemId: draft.system.id,
    projectId: draft.projectId,
    purpose: draft.purpose.trim(),
    temporaryUntil: draft.temporaryUntil || null,
    lines: draft.lines.filter(isComplete).map((line) => lineInput(line, draft.lines)),
  };
}

/** The fields that a change touches, by the names that errors use. */
export const fieldsOfChange = (patch: Partial<RequestDraft>): string[] =>
  Object.keys(patch).map((key) => (key === 'system' ? 'systemId' : key));

/** Choosing an offer may also set the image, and the image the disk: everything that differs is touched. */
export function fieldsOfLineChange(before: LineDraft, next: LineDraft, number: number): string[] {
  const keys = Object.keys(next) as (keyof LineDraft)[];
  return keys.filter((key) => before[key] !== next[key]).map((key) => `lines.${number}.${key}`);
}
