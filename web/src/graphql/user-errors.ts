import { type FragmentOf, type ResultOf, readFragment } from './tada';
import { UserErrorFields } from './user-error.gql';

export type UserError = ResultOf<typeof UserErrorFields>;

/** The refusals of a payload, unmasked where a form or a dialog shows them. */
export const userErrorsOf = (masked: readonly FragmentOf<typeof UserErrorFields>[]): UserError[] => [
  ...readFragment(UserErrorFields, masked),
];
