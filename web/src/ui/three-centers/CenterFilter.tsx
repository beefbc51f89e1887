import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CenterRole } from '../../graphql/enums';
import { CenterMark } from './CenterMark';

type Props = {
  /** As the page's query brought them; a link may have chosen one before they come. */
  centers: readonly { id: string; name: string; role: CenterRole }[] | undefined;
  /** Empty = all. */
  value: string;
  onChange: (id: string) => void;
};

/** Narrows a list to one center. */
export function CenterFilter({ centers, value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      className="jy-filter-select"
      aria-label={t('resource.center')}
      loading={!centers}
      // An id is no name: nothing stands there until the names are known.
      value={centers || value === '' ? value : undefined}
      onChange={onChange}
      options={[
        { value: '', label: t('resource.allCenters') },
        ...(centers ?? []).map((center) => ({
          value: center.id,
          label: <CenterMark role={center.role} name={center.name} />,
        })),
      ]}
    />
  );
}
