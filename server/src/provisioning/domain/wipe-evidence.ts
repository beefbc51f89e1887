/** Decides whether a released host is proved to be clean, and by what. */
import type { WipeEvidence } from '../../servers/domain/host-record.js';
import type { HostView } from './observe-host.js';

/** undefined = the operator does not say that it cleaned what it installed last. Its own clock alone is asked. */
export function wipeEvidence(host: Pick<HostView, 'provision' | 'deprovision'>): WipeEvidence | undefined {
  const { deprovision, provision } = host;
  if (provision.start === undefined) return { method: 'NEVER_INSTALLED', startedAt: null, endedAt: null };
  if (deprovision.end === undefined || Date.parse(deprovision.end) < Date.parse(provision.start)) return undefined;
  return { method: 'METADATA', startedAt: deprovision.start ?? null, endedAt: deprovision.end };
}
