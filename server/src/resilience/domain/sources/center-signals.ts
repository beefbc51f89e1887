/** Decides what the health of a center's cluster says: how long it is silent, the quietest watch, and how long its certificate holds. */
import type { Reading } from '../dr-signal.js';
import { type CenterGround, type SignalGround, type SignalSource, secondsBetween } from './ground.js';

/** Workers report every ten seconds; three of those left out, and nobody knows. */
const REPORT_MAX_AGE_S = 45;
/** Read with every report, but it changes once a year. */
const CERTIFICATE_MAX_AGE_S = 3_600;
const DAY_S = 86_400;

export class ClusterSilence implements SignalSource {
  read({ centers, now }: SignalGround): Reading[] {
    return centers.flatMap(({ cluster, id, vitals }) => {
      if (!cluster?.observedAt || !vitals) return [];
      return [
        {
          ...about(id, 'CLUSTER_SILENCE', `kubernetes ${cluster.name}`),
          value: secondsBetween(cluster.observedAt, now),
          // While nobody drives it the record stands still: then it is not the cluster that is silent.
          observedAt: vitals.reportedAt,
          maxAgeSeconds: REPORT_MAX_AGE_S,
        },
      ];
    });
  }
}

export class WatchSilence implements SignalSource {
  read({ centers }: SignalGround): Reading[] {
    return centers.flatMap(({ cluster, id, vitals }) => {
      const heard = (vitals?.said.watches ?? []).flatMap(({ heardAt }) =>
        heardAt === null ? [] : [new Date(heardAt)],
      );
      const oldest = heard.toSorted((a, b) => a.getTime() - b.getTime())[0];
      if (!vitals || !oldest) return [];
      return [
        {
          ...about(id, 'WATCH_SILENCE', `kubernetes ${cluster?.name ?? ''} watch`),
          value: secondsBetween(oldest, vitals.reportedAt),
          observedAt: vitals.reportedAt,
          maxAgeSeconds: REPORT_MAX_AGE_S,
        },
      ];
    });
  }
}

export class CertificateDays implements SignalSource {
  read({ centers, now }: SignalGround): Reading[] {
    return centers.flatMap(({ cluster, id, vitals }: CenterGround) => {
      const until = vitals?.said.certificateUntil;
      if (!vitals || !until) return [];
      return [
        {
          ...about(id, 'CERTIFICATE_DAYS', `TLS ${cluster?.name ?? ''}`),
          value: Math.floor((Date.parse(until) - now.getTime()) / (DAY_S * 1_000)),
          observedAt: vitals.reportedAt,
          maxAgeSeconds: CERTIFICATE_MAX_AGE_S,
        },
      ];
    });
  }
}

function about(subjectId: string, name: Reading['name'], source: string) {
  return { subjectKind: 'CENTER', subjectId, name, towards: null, source: source.trim() } as const;
}
