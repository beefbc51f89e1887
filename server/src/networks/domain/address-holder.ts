/** Decides what an address can be claimed for, and what is asked of its holder. */

export const ADDRESS_HOLDER_KINDS = ['System', 'Server', 'Resource'] as const;
export type AddressHolderKind = (typeof ADDRESS_HOLDER_KINDS)[number];

export interface AddressHolder {
  readonly kind: AddressHolderKind;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** null = nobody's yet, as a free server is. */
  readonly departmentId: string | null;
  /** It has ended, or is about to: what it has stays, and nothing new is claimed for it. */
  readonly over: boolean;
}

export function isHolderKind(type: string): type is AddressHolderKind {
  return (ADDRESS_HOLDER_KINDS as readonly string[]).includes(type);
}

/** Whose it is and whether it is over, under its record's lock. */
export type KeptHolder = Pick<AddressHolder, 'departmentId' | 'over'>;
