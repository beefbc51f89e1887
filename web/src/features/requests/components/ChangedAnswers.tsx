import { ArrowRightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../../../ui/WideTable';

export type ChangedAnswer = { key: string; label: string; from: string; to: string };

type Props = {
  label: string;
  /** What stands before and after the arrow; now and then if it is not said. */
  heading?: string;
  rows: readonly ChangedAnswer[];
};

/** Field by field what a service is and what it becomes; what stays is quiet. */
export function ChangedAnswers({ label, heading, rows }: Props) {
  const { t } = useTranslation();
  return (
    <WideTable label={label}>
      <table className="jy-small-table jy-changed" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('change.field')}</th>
            <th scope="col">{heading ?? t('change.nowThen')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label: name, from, to }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>
                {from === to ? (
                  <span className="jy-quiet-text">{from || '–'}</span>
                ) : (
                  <span className="jy-then">
                    <span className="jy-quiet-text">{from || '–'}</span>
                    <ArrowRightOutlined aria-label={t('change.becomes')} />
                    <span className="jy-strong">{to || '–'}</span>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
