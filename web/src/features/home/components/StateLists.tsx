import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { RequestStateTag, ResourceStateTag, requestStates, resourceStates } from '../../../ui/states';
import { useMay } from '../../../ui/viewer-context';
import { HomeFigures } from '../home.gql';

const keysOf = <K extends string>(table: Record<K, unknown>): K[] => Object.keys(table) as K[];

/** How many requests and resources stand in each state, in the order of their way; each line opens the list. */
export function StateLists({ home: masked }: { home: FragmentOf<typeof HomeFigures> }) {
  const { t } = useTranslation();
  const may = useMay();
  const home = readFragment(HomeFigures, masked);
  const requests = new Map(home.requestsByState.map((entry) => [entry.state, entry.count]));
  const resources = new Map(home.resourcesByState.map((entry) => [entry.state, entry.count]));
  return (
    <div className="jy-columns">
      {may('REQUEST', 'READ') && (
        <Panel title={t('home.requests')} aside={<Link to={routes.requests()}>{t('home.all')}</Link>}>
          <StateLines
            empty={t('home.noRequests')}
            lines={keysOf(requestStates)
              .filter((state) => requests.get(state))
              .map((state) => ({
                key: state,
                to: routes.requestsInState(state),
                tag: <RequestStateTag state={state} />,
                count: requests.get(state) ?? 0,
              }))}
          />
        </Panel>
      )}
      {may('RESOURCE', 'READ') && (
        <Panel title={t('home.resources')} aside={<Link to={routes.resources()}>{t('home.all')}</Link>}>
          <StateLines
            empty={t('home.noResources')}
            lines={keysOf(resourceStates)
              .filter((state) => resources.get(state))
              .map((state) => ({
                key: state,
                to: routes.resourcesInState(state),
                tag: <ResourceStateTag state={state} />,
                count: resources.get(state) ?? 0,
              }))}
          />
        </Panel>
      )}
    </div>
  );
}

type Line = { key: string; to: string; tag: ReactNode; count: number };

function StateLines({ lines, empty }: { lines: Line[]; empty: string }) {
  if (lines.length === 0) return <p className="jy-quiet-text">{empty}</p>;
  return (
    <ul className="jy-state-lines">
      {lines.map((line) => (
        <li key={line.key}>
          <Link to={line.to}>
            {line.tag}
            <span className="jy-number">{count(line.count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
