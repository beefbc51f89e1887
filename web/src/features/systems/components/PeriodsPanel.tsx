import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { SystemPeriods } from '../systems.gql';
import { EndLinkDialog } from './EndLinkDialog';
import { LinkProjectDialog } from './LinkProjectDialog';
import { TakeBackLinkDialog } from './TakeBackLinkDialog';

type Period = ResultOf<typeof SystemPeriods>['periods'][number];

/** Which project pays for the system, from when to when. */
export function PeriodsPanel({ system: masked }: { system: FragmentOf<typeof SystemPeriods> }) {
  const { t } = useTranslation();
  const [linking, setLinking] = useState(false);
  const [ending, setEnding] = useState<Period | null>(null);
  const [takingBack, setTakingBack] = useState<Period | null>(null);
  const { id, editable, periods } = readFragment(SystemPeriods, masked);
  return (
    <Panel
      title={t('system.periods')}
      aside={editable && <Button onClick={() => setLinking(true)}>{t('system.linkProject')}</Button>}
    >
      {periods.length === 0 ? (
        <p className="jy-quiet-text">{t('system.noPeriods')}</p>
      ) : (
        <ul className="jy-plain-list">
          {periods.map((period) => (
            <li key={`${period.project.id} ${period.from}`}>
              <Link to={routes.project(period.project.id)}>{period.project.name}</Link>
              <span className="jy-code">{period.project.code}</span>
              <span className="jy-number jy-plain-end">
                {period.to
                  ? t('system.period', { from: period.from, to: period.to })
                  : t('system.openPeriod', { from: period.from })}
              </span>
              {editable && !period.to && (
                <Button
                  size="small"
                  aria-label={t('system.endLinkOf', { name: period.project.name })}
                  onClick={() => setEnding(period)}
                >
                  {t('system.endLink')}
                </Button>
              )}
              {editable && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('system.takeBackLinkOf', { name: period.project.name })}
                  onClick={() => setTakingBack(period)}
                >
                  {t('system.takeBackLink')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {linking && <LinkProjectDialog systemId={id} onClose={() => setLinking(false)} />}
      {ending && <EndLinkDialog systemId={id} period={ending} onClose={() => setEnding(null)} />}
      {takingBack && <TakeBackLinkDialog systemId={id} period={takingBack} onClose={() => setTakingBack(null)} />}
    </Panel>
  );
}
