import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import type { RequestContent, UpdateHeadMutation } from '../request-form.gql';
import type { ChosenSystem, RequestDraft } from './request-draft';

export type HeadInput = VariablesOf<typeof UpdateHeadMutation>['input']['head'];

/** What a request of many lines says beside them, as the form has it: its lines stand on the server. */
export function headOfContent(content: ResultOf<typeof RequestContent>, system: ChosenSystem): RequestDraft {
  return {
    system,
    projectId: content.project.id,
    // Each line keeps its own until one is chosen for all of them.
    localMode: null,
    remoteMode: null,
    purpose: content.purpose,
    temporaryUntil: content.temporaryUntil,
    lines: [],
  };
}

/** As the API takes it; null while something is missing (validateHead says what). */
export function headInput({
  system,
  projectId,
  purpose,
  temporaryUntil,
  localMode,
  remoteMode,
}: RequestDraft): HeadInput | null {
  if (!system || !projectId || !purpose.trim() || temporaryUntil === '') return null;
  return { systemId: system.id, projectId, purpose: purpose.trim(), temporaryUntil, localMode, remoteMode };
}

/** Of a request that is asked for again: what of its head still holds today. */
export function headAgain(content: ResultOf<typeof RequestContent>, system: ChosenSystem, today: string): RequestDraft {
  const head = headOfContent(content, system);
  const paid = system.projects.some(({ id }) => id === head.projectId);
  const past = head.temporaryUntil !== null && head.temporaryUntil < today;
  return {
    ...head,
    projectId: paid ? head.projectId : system.projects.length === 1 ? (system.projects[0]?.id ?? null) : null,
    // A day that has passed is no end: another is to be chosen.
    temporaryUntil: past ? '' : head.temporaryUntil,
  };
}
