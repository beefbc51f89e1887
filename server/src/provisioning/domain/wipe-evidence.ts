/** Decides whether a released host is proved to be clean, and by what. */
import type { DesiredHost, WipeEvidence } from '../../servers/domain/host-record.js';
import type { HostView } from './observe-host.js';

/** undefined = the operator does not say that it cleaned what it installed last. Its own clock alone is asked. */
export function wipeEvidence(
  { deliveredAt }: Pick<DesiredHost, 'deliveredAt'>,
  { deprovision, provision }: Pick<HostView, 'provision' | 'deprovision'>,
): WipeEvidence | undefined {
  // An object made anew knows nothing of what was installed before it: that is no proof of clean disks.
  if (provision.start === undefined)
    return deliveredAt === null ? { method: 'NEVER_INSTALLED', startedAt: null, endedAt: null } : undefined;
  if (deprovision.end === undefined || Date.parse(deprovision.end) < Date.parse(provision.start)) return undefined;
  return { method: 'METADATA', startedAt: deprovision.start ?? null, endedAt: deprovision.end };
}
