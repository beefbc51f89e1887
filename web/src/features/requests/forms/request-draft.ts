import type { LocalMode, RemoteMode, RequestLineKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import type { RequestContent, SystemOption } from '../request-form.gql';
import {
  type Choices,
  type ContentInput,
  type LineDraft,
  lineInput,
  lineOfContent,
  newLine,
  openQuestions,
  type RequestModes,
} from './line-draft';

export type ChosenSystem = ResultOf<typeof SystemOption>;

/** The form as it stands, half-filled included. */
export type RequestDraft = RequestModes & {
  system: ChosenSystem | null;
  projectId: string | null;
  purpose: string;
  /** null = long-term; '' = temporary, and the day is still to be chosen. */
  temporaryUntil: string | null;
  lines: LineDraft[];
};

export const emptyDraft = (choices: Choices, kind: RequestLineKind = 'VM'): RequestDraft => ({
  system: null,
  projectId: null,
  localMode: null,
  remoteMode: null,
  purpose: '',
  temporaryUntil: null,
  lines: [newLine(choices, [], kind)],
});

/** A system with one project is paid by that; modes that were chosen for another system give way to its own. */
export const forSystem = (system: ChosenSystem): Pick<RequestDraft, 'system' | 'projectId'> & RequestModes => ({
  system,
  projectId: system.projects.length === 1 ? (system.projects[0]?.id ?? null) : null,
  localMode: null,
  remoteMode: null,
});

export function draftOfContent(content: ResultOf<typeof RequestContent>, system: ChosenSystem): RequestDraft {
  const sorted = [...content.linePage.nodes].sort((one, other) => one.index - other.index);
  const placed = sorted.filter((line) => line.kind !== 'SERVICE');
  // What all lines have is the request's; where they differ, the system's is, and each line keeps its own.
  const common = <M>(modes: readonly M[], ofSystem: M): M | null => {
    const [mode] = modes;
    return mode !== undefined && mode !== ofSystem && modes.every((other) => other === mode) ? mode : null;
  };
  const modes = {
    localMode: common(
      placed.map((line) => line.localMode),
      system.localMode,
    ),
    remoteMode: common(
      placed.map((line) => line.remoteMode),
      system.remoteMode,
    ),
  };
  const effective = effectiveModes({ ...modes, system });
  return {
    ...modes,
    system,
    projectId: content.project.id,
    purpose: content.purpose,
    temporaryUntil: content.temporaryUntil,
    lines: sorted.map((line) => lineOfContent(line, effective)),
  };
}

/** What the request's own choice comes to, with the system's where none was made. */
export function effectiveModes({ localMode, remoteMode, system }: RequestModes & Pick<RequestDraft, 'system'>): {
  localMode: LocalMode;
  remoteMode: RemoteMode;
} {
  return {
    localMode: localMode ?? system?.localMode ?? 'SINGLE',
    remoteMode: remoteMode ?? system?.remoteMode ?? 'NONE',
  };
}

/** Of those lines, the ones that are whole; they stand to each other and to no other. */
function inputsOf(draft: RequestDraft, lines: readonly LineDraft[] = draft.lines) {
  const { localMode } = effectiveModes(draft);
  const whole = lines.filter((line) => lineInput(line, draft, localMode, []) !== null);
  return draft.lines.flatMap((line, number) => {
    const input = whole.includes(line) && lineInput(line, draft, localMode, whole);
    return input ? [{ input, number }] : [];
  });
}

/** Lines that are far enough to be previewed; a service whose questions are open is not. */
export const previewableLines = (draft: RequestDraft, choices: Choices) =>
  inputsOf(
    draft,
    draft.lines.filter((line) => openQuestions(line, choices).length === 0),
  );

/** What can be previewed now, with the form's line number of each previewed line; null while system or project are open. */
export function previewableContent(
  draft: RequestDraft,
  choices: Choices,
): { content: ContentInput; lineNumbers: number[] } | null {
  if (!draft.system || !draft.projectId) return null;
  const complete = previewableLines(draft, choices);
  if (complete.length === 0) return null;
  return {
    content: {
      systemId: draft.system.id,
      projectId: draft.projectId,
      // Cost and placement do not depend on the purpose, which is often written last; the API wants one.
      purpose: draft.purpose.trim() || '-',
      lines: complete.map(({ input }) => input),
    },
    lineNumbers: complete.map(({ number }) => number),
  };
}

/** The whole form as the API takes it; null while something is missing (validateDraft says what). */
export function contentOfDraft(draft: RequestDraft): ContentInput | null {
  const lines = inputsOf(draft);
  if (!draft.system || !draft.projectId || lines.length < draft.lines.length) return null;
  return {
    systemId: draft.system.id,
    projectId: draft.projectId,
    purpose: draft.purpose.trim(),
    temporaryUntil: draft.temporaryUntil || null,
    lines: lines.map(({ input }) => input),
  };
}

/** The fields that a change touches, by the names that errors use. */
export const fieldsOfChange = (patch: Partial<RequestDraft>): string[] =>
  Object.keys(patch).map((key) => (key === 'system' ? 'systemId' : key));
