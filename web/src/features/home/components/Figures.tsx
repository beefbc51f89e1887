import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import { useMay } from '../../../ui/viewer-context';
import { HomeFigures } from '../home.gql';

/** Requests that are on their way: somebody or something still has to act. */
const UNDER_WAY = new Set(['AWAITING_SIGN_OFF', 'UNDER_REVIEW', 'RETURNED', 'PROVISIONING']);

/** The numbers that decide where to go next. What waits or failed is coloured, and stands here only while there is any. */
export function Figures({ home: masked }: { home: FragmentOf<typeof HomeFigures> }) {
  const { t } = useTranslation();
  const may = useMay();
  const home = readFragment(HomeFigures, masked);
  const underWay = home.requestsByState
    .filter(({ state }) => UNDER_WAY.has(state))
    .reduce((sum, { count: n }) => sum + n, 0);
  const inUse = home.resourcesByState.find(({ state }) => state === 'IN_USE')?.count ?? 0;
  const decides = may('REQUEST', 'REVIEW') || may('REQUEST', 'SIGN_OFF');
  const readsRequests = may('REQUEST', 'READ');
  const readsResources = may('RESOURCE', 'READ');
  if (!readsRequests && !readsResources) return null;
  return (
    <ul className="jy-figures" aria-label={t('home.figures')}>
      {readsRequests && (
        <>
          <Figure
            label={t('home.awaitingMe')}
            urgent={home.awaitingMe > 0}
            to={decides ? routes.approvals() : routes.requests()}
          >
            {count(home.awaitingMe)}
          </Figure>
          <Figure label={t('home.requestsUnderWay')} to={routes.requestsInState([...UNDER_WAY].join(','))}>
            {count(underWay)}
          </Figure>
          {(home.papersToSeal ?? 0) > 0 && (
            <Figure label={t('home.papersToSeal')} urgent to={routes.waitingPapers({ parties: 'DEPARTMENT' })}>
              {count(home.papersToSeal ?? 0)}
            </Figure>
          )}
        </>
      )}
      {readsResources && (
        <>
          <Figure label={t('home.resourcesInUse')} to={routes.resourcesInState('IN_USE')}>
            {count(inUse)}
          </Figure>
          {(home.machinesToPlace ?? 0) > 0 && (
            <Figure label={t('home.machinesToPlace')} urgent to={routes.replaceTasks({ states: 'OPEN' })}>
              {count(home.machinesToPlace ?? 0)}
            </Figure>
          )}
          {(home.backupsMissed ?? 0) > 0 && (
            <Figure label={t('home.backupsMissed')} urgent to={routes.backups({ health: 'MISSED' })}>
              {count(home.backupsMissed ?? 0)}
            </Figure>
          )}
          {home.monthlyCost !== null && (
            <Figure
              label={t('home.monthlyCost')}
              to={may('STATEMENT', 'SIGN_OFF') ? routes.departmentCosts() : undefined}
            >
              <Money fen={home.monthlyCost} compact />
            </Figure>
          )}
        </>
      )}
    </ul>
  );
}

function Figure({
  label,
  urgent = false,
  to,
  children,
}: {
  label: string;
  urgent?: boolean;
  to?: string;
  children: ReactNode;
}) {
  const body = (
    <>
      <span className="jy-figure-label">{label}</span>
      <span className="jy-figure-value">{children}</span>
    </>
  );
  return (
    <li className="jy-figure" data-urgent={urgent}>
      {to ? <Link to={to}>{body}</Link> : <div>{body}</div>}
    </li>
  );
}
