import type { UserError } from '../../graphql/user-errors';
import type { Remedy } from '../gates/remedy';

/** One thing to put right: where it is and what to do. An empty `field` belongs to the form as a whole. */
export type FormError = {
  field: string;
  message: string;
  /** Where else in the console it is put right. */
  remedy?: Remedy;
};

/** The id of a field's control, from its path: "lines.0.diskGib" → "field-lines-0-diskGib". */
export const fieldId = (field: string): string => `field-${field.replaceAll('.', '-')}`;

// The API speaks of arguments (input.content.lines.0.diskGib); a form's fields begin below those wrappers.
const WRAPPERS = new Set(['input', 'content', 'facts', 'head']);

/** A line's part of its kind: the form has one part a line, and its fields stand right in the line. */
const PARTS = new Set(['vm', 'server', 'cabinet', 'service']);
const isPartOfLine = (part: string, at: number, path: readonly string[]) =>
  PARTS.has(part) && path[at - 2] === 'lines' && /^\d+$/.test(path[at - 1] ?? '');

export function fieldOfPath(path: readonly string[]): string {
  let start = 0;
  while (start < path.length && WRAPPERS.has(path[start] ?? '')) start += 1;
  return path
    .slice(start)
    .filter((part, at, fields) => !isPartOfLine(part, at, fields))
    .join('.');
}

/** A refusal of which nothing more than its words is asked has no remedy. */
type Told = UserError | { __typename?: undefined; message: string; path: readonly string[] };

export function errorsOfPayload(errors: readonly Told[]): FormError[] {
  return errors.map((error) => {
    const remedy = remedyOf(error);
    return { field: fieldOfPath(error.path), message: error.message, ...(remedy ? { remedy } : {}) };
  });
}

function remedyOf(error: Told): Remedy | null {
  switch (error.__typename) {
    case 'GateClosed':
      return error;
    case 'BudgetShortage':
      return { linkTo: 'BUDGET', subjectType: 'Budget', subjectId: error.budgetId };
    case 'BudgetItemMissing':
      return { linkTo: 'PROJECT_RECORD', subjectType: 'Project', subjectId: error.projectId };
    case 'ChangeOpen':
      return { linkTo: 'REQUEST', subjectType: 'Request', subjectId: error.requestId };
    case 'SealedFormMissing':
      return { linkTo: 'PAPERS', subjectType: 'Request', subjectId: error.requestId };
    default:
      return null;
  }
}

/** The nearest thing on the page that an error can lead to: its field, else the part of the form that holds it. */
export function findField(field: string, root: Document = document): HTMLElement | null {
  for (let path = field; path; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const found = root.getElementById(fieldId(path));
    if (found) return found;
  }
  return null;
}
