import type { FormError } from '../../../ui/forms/form-errors';
import type { Choices, LineDraft } from './line-draft';

/** What the fields of each kind of line are given. */
export type KindFieldsProps<Line extends LineDraft> = {
  line: Line;
  /** The path of one of the line's fields, as errors name it. */
  at: (field: string) => string;
  choices: Choices;
  errors: readonly FormError[];
  onChange: (line: Line) => void;
};
