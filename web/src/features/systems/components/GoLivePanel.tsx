import { RocketOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { GoLiveTag } from '../../../ui/go-live/GoLiveTag';
import { Panel } from '../../../ui/Panel';
import { useMay } from '../../../ui/viewer-context';
import { SystemGoLive } from '../systems.gql';
import { BeginTrialDialog } from './BeginTrialDialog';

/** Whether the system is in service, and its trials: the next step is a press away. */
export function GoLivePanel({ system: masked }: { system: FragmentOf<typeof SystemGoLive> }) {
  const { t } = useTranslation();
  const may = useMay();
  const [beginning, setBeginning] = useState(false);
  const system = readFragment(SystemGoLive, masked);
  const isRunning = system.goLiveCases.some(({ state }) => state === 'TRIAL' || state === 'ACCEPTANCE');
  const mayBegin = may('GO_LIVE', 'CREATE') && system.liveSince === null && !isRunning;
  return (
    <Panel
      title={t('goLive.panel')}
      aside={
        mayBegin && (
          <Button size="small" icon={<RocketOutlined aria-hidden />} onClick={() => setBeginning(true)}>
            {t('goLive.begin')}
          </Button>
        )
      }
    >
      {system.liveSince ? (
        <p>
          {t('goLive.liveSince')} <span className="jy-number jy-strong">{system.liveSince}</span>
        </p>
      ) : (
        system.goLiveCases.length === 0 && <p className="jy-quiet-text">{t('goLive.notLive')}</p>
      )}
      <ul className="jy-scans">
        {system.goLiveCases.map((golive) => (
          <li key={golive.id} className="jy-scan-head">
            <Link className="jy-code" to={routes.goLive(golive.id)}>
              {golive.code}
            </Link>
            <GoLiveTag state={golive.state} />
            <span className="jy-quiet-text jy-number">{t('goLive.from', { day: golive.begunOn })}</span>
          </li>
        ))}
      </ul>
      {beginning && <BeginTrialDialog system={system} onClose={() => setBeginning(false)} />}
    </Panel>
  );
}
