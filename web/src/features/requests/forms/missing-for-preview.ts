import type { Choices } from './line-draft';
import { previewableLines, type RequestDraft } from './request-draft';

export type MissingPart = 'system' | 'project' | 'line';

/** What still has to be chosen before cost and placement can be shown. */
export function missingForPreview(draft: RequestDraft, choices: Choices): MissingPart[] {
  const missing: MissingPart[] = [];
  if (!draft.system) missing.push('system');
  if (!draft.projectId) missing.push('project');
  if (previewableLines(draft, choices).length === 0) missing.push('line');
  return missing;
}
