import type { TFunction } from 'i18next';
import type { MaintenanceExtent } from '../../../graphql/enums';

type Extent = { extent: MaintenanceExtent; nodes: number | null; feed: 'A' | 'B' | null };

export function extentText(t: TFunction, { extent, nodes, feed }: Extent): string {
  if (nodes !== null) return t('maintenance.extentNodes', { nodes });
  const word = t(`maintenance.extents.${extent}`);
  return feed === null ? word : `${word} · ${t(`maintenance.feeds.${feed}`)}`;
}

/** What is taken away: a pool by its code, a room, row or cabinet by the way to it. */
export function subjectText({
  pool,
  placeLabel,
}: {
  pool: { code: string } | null;
  placeLabel: string | null;
}): string {
  return pool?.code ?? placeLabel ?? '–';
}
