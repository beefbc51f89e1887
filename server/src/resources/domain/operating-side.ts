/** Decides on which side of a machine whoever operates it stands, and what is asked of him for it. */
import type { Refusal } from '../../kernel/refusal.js';
import { covers, type TenantScope } from '../../kernel/viewer.js';
import { checkReason, checkRemark } from './release.js';

/** VENDOR: staff of a company that is bound to the machine's system. PROVIDER: the center, on whose ground it runs. */
export const OPERATING_SIDES = ['DEPARTMENT', 'VENDOR', 'PROVIDER'] as const;
export type OperatingSide = (typeof OPERATING_SIDES)[number];

/** @param scope in which he may operate; it reaches the machine. */
export function sideOf(scope: TenantScope, machine: { readonly departmentId: string }): OperatingSide {
  if (scope.kind === 'PROVINCE') return 'PROVIDER';
  return covers(scope, machine.departmentId) ? 'DEPARTMENT' : 'VENDOR';
}

/** Whoever lays hands on another's machine says why; its own people may. */
export function checkOperatingReason(side: OperatingSide, reason: string): Refusal[] {
  return side === 'PROVIDER' ? checkReason(reason) : checkRemark(reason, ['reason']);
}
