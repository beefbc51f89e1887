import { anyLineReady, type RequestDraft } from './request-draft';

export type MissingPart = 'system' | 'project' | 'line';

/** What still has to be chosen before cost and placement can be shown. */
export function missingForPreview(draft: RequestDraft): MissingPart[] {
  const missing: MissingPart[] = [];
  if (!draft.system) missing.push('system');
  if (!draft.projectId) missing.push('project');
  if (!anyLineReady(draft)) missing.push('line');
  return missing;
}
