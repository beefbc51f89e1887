import type { FormError } from '../../../ui/forms/form-errors';
import { RemedyLink } from '../../../ui/gates/RemedyLink';

/** What is wrong with a part of a form that has no control of its own. */
export function ErrorText({ errors }: { errors: readonly FormError[] }) {
  if (errors.length === 0) return null;
  return (
    <ul className="jy-missing jy-field-error">
      {errors.map((error) => (
        <li key={`${error.field} ${error.message}`}>
          {error.message}
          {error.remedy && <RemedyLink remedy={error.remedy} />}
        </li>
      ))}
    </ul>
  );
}
