import { useTranslation } from 'react-i18next';
import type { CenterRole } from '../../graphql/enums';
import { CenterMark } from './CenterMark';

type Props = { center: { role: CenterRole; name: string } | null };

/** Where something is: its center, or the words for a city's or department's own cloud, which stands in none. */
export function PlaceMark({ center }: Props) {
  const { t } = useTranslation();
  return center ? <CenterMark role={center.role} name={center.name} /> : t('place.elsewhere');
}
