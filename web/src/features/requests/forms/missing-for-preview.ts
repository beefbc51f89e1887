import { previewableContent, type RequestDraft } from './request-draft';

export type MissingPart = 'system' | 'project' | 'line';

/** What still has to be chosen before cost and placement can be shown. */
export function missingForPreview(draft: RequestDraft): MissingPart[] {
  const missing: MissingPart[] = [];
  if (!draft.system) missing.push('system');
  if (!draft.projectId) missing.push('project');
  const anyLine = previewableContent({
    ...draft,
    system: draft.system ?? placeholder,
    projectId: draft.projectId ?? 'any',
  });
  if (!anyLine) missing.push('line');
  return missing;
}

/** Stands in for the open choice, to ask about the lines alone. */
const placeholder = { id: '', code: '', name: '', department: { id: '', name: '' }, projects: [] };
