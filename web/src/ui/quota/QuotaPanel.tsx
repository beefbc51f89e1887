import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../graphql/tada';
import { Panel } from '../Panel';
import { QuotaBar } from './QuotaBar';
import { QuotaFigures } from './quota.gql';

type Props = { quota: FragmentOf<typeof QuotaFigures>; title?: string; aside?: ReactNode };

/** Every meter of one quota. What nobody limits and nobody uses is left out. */
export function QuotaPanel({ quota: masked, title, aside }: Props) {
  const { t } = useTranslation();
  const { meters } = readFragment(QuotaFigures, masked);
  const told = meters.filter(({ limit, held, allocated }) => limit !== null || held + allocated > 0);
  return (
    <Panel title={title ?? t('quota.title')} aside={aside}>
      {told.length === 0 ? (
        <p className="jy-quiet-text">{t('quota.nothing')}</p>
      ) : (
        <dl className="jy-quota-list">
          {told.map((state) => (
            <div key={state.meter}>
              <dt>{t(`quota.meter.${state.meter}`)}</dt>
              <dd>
                <QuotaBar state={state} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
