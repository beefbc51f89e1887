import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import { WindowRow } from '../centers.gql';
import { extentText, subjectText } from './extent-text';
import { MaintenanceStateTag } from './place-states';

export type Window = ResultOf<typeof WindowRow>;
type Props = { windows: readonly FragmentOf<typeof WindowRow>[]; caption: string; onOpen: (window: Window) => void };

/** Windows of a few pools; the list page has them all. */
export function WindowTable({ windows: masked, caption, onOpen }: Props) {
  const { t } = useTranslation();
  const windows = readFragment(WindowRow, masked);
  return (
    <WideTable label={caption}>
      <table className="jy-small-table" aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t('maintenance.title')}</th>
            <th scope="col">{t('maintenance.subject')}</th>
            <th scope="col">{t('maintenance.extent')}</th>
            <th scope="col">{t('maintenance.from')}</th>
            <th scope="col">{t('maintenance.to')}</th>
            <th scope="col">{t('maintenance.state')}</th>
            <th scope="col" aria-label={t('maintenance.open')} />
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <tr key={window.id}>
              <th scope="row">{window.title}</th>
              <td className="jy-code">{subjectText(window)}</td>
              <td>{extentText(t, window)}</td>
              <td>
                <Time at={window.fromAt} exact />
              </td>
              <td>
                <Time at={window.toAt} exact />
              </td>
              <td>
                <MaintenanceStateTag state={window.state} />
              </td>
              <td className="jy-cell-number">
                <Button size="small" onClick={() => onOpen(window)}>
                  {t('maintenance.open')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
