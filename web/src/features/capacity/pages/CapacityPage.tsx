import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { urlOneOf } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { CapacityPageQuery } from '../capacity.gql';
import { EnergyPanel } from '../components/EnergyPanel';
import { GroupTable, SaveGroups } from '../components/GroupTable';
import { LossPanel } from '../components/LossPanel';
import { ServersPanel } from '../components/ServersPanel';
import { SourcesPanel } from '../components/SourcesPanel';
import { SpacePanel } from '../components/SpacePanel';

const CHOICES = ['3', '6', '12'] as const;
const spec = { basedOn: urlOneOf(CHOICES, '6') };

/** What the place can still take, and until when: pools, cabinets, servers, energy, and what a lost center would mean. */
export function CapacityPage() {
  const { t } = useTranslation();
  const [{ basedOn }, setUrl] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({
    query: CapacityPageQuery,
    variables: { basedOn: Number(basedOn) },
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <PageHeader title={t('capacity.title')}>{t('capacity.lead', { months: basedOn })}</PageHeader>
      {!data &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={14} />
        ))}
      {data && (
        <>
          <LossPanel report={data.capacity} />
          <Panel
            title={t('capacity.group')}
            aside={
              <>
                <ChipFilter
                  label={t('capacity.basedOn')}
                  options={CHOICES.map((value) => ({ value, text: t('capacity.basedOnMonths', { months: value }) }))}
                  value={[basedOn]}
                  onChange={(chosen) => setUrl({ basedOn: chosen.find((value) => value !== basedOn) ?? '6' })}
                />
                <SaveGroups report={data.capacity} />
              </>
            }
          >
            <GroupTable report={data.capacity} />
            <p className="jy-quiet-text">{t('capacity.method', { months: basedOn })}</p>
          </Panel>
          <SpacePanel report={data.capacity} />
          <ServersPanel report={data.capacity} />
          <EnergyPanel centers={data.centers} />
          <SourcesPanel />
        </>
      )}
    </>
  );
}
