import type { TFunction } from 'i18next';
import type { MaintenanceExtent } from '../../../graphql/enums';

export function extentText(t: TFunction, window: { extent: MaintenanceExtent; nodes: number | null }): string {
  return window.nodes === null
    ? t(`maintenance.extents.${window.extent}`)
    : t('maintenance.extentNodes', { nodes: window.nodes });
}
