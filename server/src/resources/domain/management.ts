/** Decides who moves a resource's object: the console, nobody from here, or there is no object to move. */

import { ORIGINS, type Origin } from '../../kernel/origin.js';

/**
 * DRIVEN: the console makes and keeps its object in a cluster. OBSERVED: the object was there before the console, which
 * reads it and changes nothing. RECORDED: it runs where no cluster tells of it, and is what people wrote down.
 */
export const RESOURCE_MANAGEMENTS = ['DRIVEN', 'OBSERVED', 'RECORDED'] as const;
export type ResourceManagement = (typeof RESOURCE_MANAGEMENTS)[number];

/** INTAKE (期初): it ran before the console knew of it. */
export const RESOURCE_ORIGINS = ORIGINS;
export type ResourceOrigin = Origin;

/** UNKNOWN: not looked for, or the cluster has not been read yet. */
export const PRESENCES = ['UNKNOWN', 'SEEN', 'MISSING'] as const;
export type Presence = (typeof PRESENCES)[number];

/** How record and cluster stand to each other. */
export const MATCHES = ['MATCHED', 'DIFFERENT', 'MISSING', 'NOT_CHECKED'] as const;
export type Match = (typeof MATCHES)[number];

export function matchOf(resource: {
  readonly management: ResourceManagement;
  readonly presence: Presence;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly actualVcpu: number | null;
  readonly actualMemoryMib: number | null;
}): Match {
  // What the console drives it puts right itself; what is only written down nobody can compare.
  if (resource.management !== 'OBSERVED' || resource.presence === 'UNKNOWN') return 'NOT_CHECKED';
  if (resource.presence === 'MISSING') return 'MISSING';
  const alike = resource.vcpu === resource.actualVcpu && resource.memoryMib === resource.actualMemoryMib;
  return alike ? 'MATCHED' : 'DIFFERENT';
}
