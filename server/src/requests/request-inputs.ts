import { uuidOf } from '../kernel/node-id.js';
import type { RequestContent } from './domain/content.js';
import { toLineContent } from './line-inputs.types.js';
import type { RequestContentInput } from './requests.graphql.js';

/** What the form says, with ids where the texts are some. */
export function toContent(input: RequestContentInput): RequestContent {
  return {
    systemId: uuidOf('System', input.systemId),
    projectId: uuidOf('Project', input.projectId),
    purpose: input.purpose,
    temporaryUntil: input.temporaryUntil ?? null,
    lines: input.lines.map(toLineContent),
  };
}
