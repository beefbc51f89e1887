import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { QuotaPanel } from '../../../ui/quota/QuotaPanel';
import { CenterPools } from '../../../ui/three-centers/CenterPools';
import { ThreeCenters } from '../../../ui/three-centers/ThreeCenters';
import { useMay, useViewer } from '../../../ui/viewer-context';
import { Figures } from '../components/Figures';
import { QuickStart } from '../components/QuickStart';
import { StateLists } from '../components/StateLists';
import { TodaysWork } from '../components/TodaysWork';
import { HomePageQuery } from '../home.gql';

const DAY_MS = 86_400_000;

/** What awaits me, how my requests and resources stand, what they cost, and the centers they live in. */
export function HomePage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const may = useMay();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string | null>(null);
  const now = useNow();
  const tonight = endOfDay(now);
  const [{ data, error }, ask] = useQuery({
    query: HomePageQuery,
    variables: { creates: may('REQUEST', 'CREATE'), works: may('WORK_ORDER', 'EDIT'), tonight },
    requestPolicy: 'cache-and-network',
  });
  const header = (
    <PageHeader
      title={t('home.title')}
      actions={
        may('REQUEST', 'CREATE') && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate(routes.newRequest())}>
            {t('home.newRequest')}
          </Button>
        )
      }
    >
      {t('home.lead', { name: viewer.displayName, scope: viewer.departmentName ?? t('shell.wholeProvince') })}
    </PageHeader>
  );
  if (error && !data) {
    return (
      <>
        {header}
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      </>
    );
  }
  if (!data) {
    return (
      <>
        {header}
        <LoadingState rows={8} />
      </>
    );
  }
  const { home } = data;
  const quota = data.viewer?.department?.quota;
  const business = may('REQUEST', 'READ') || may('RESOURCE', 'READ');
  return (
    <>
      {header}
      {data.today && <TodaysWork orders={data.today.nodes} total={data.waiting?.totalCount ?? 0} always={!business} />}
      <Figures home={home} />
      <QuickStart systems={data.mine?.nodes.map(({ system }) => system) ?? []} />
      {home.centers.length > 0 && (
        <Panel title={t(home.centers.length >= 3 ? 'home.centers' : 'home.someCenters')} aside={<Legend />}>
          <ThreeCenters centers={home.centers} selectedId={chosen} onSelect={setChosen} />
          {chosen && <CenterPools centers={home.centers} centerId={chosen} />}
        </Panel>
      )}
      {quota && (
        <QuotaPanel quota={quota} title={t('quota.own')} aside={<Link to={routes.quotas()}>{t('quota.all')}</Link>} />
      )}
      <StateLists home={home} />
      {!business && !may('WORK_ORDER', 'EDIT') && <OtherWork audits={may('AUDIT', 'READ')} />}
    </>
  );
}

/** The first moment of tomorrow in Shanghai; the same text all day, so that the page is asked for once. */
function endOfDay(now: number): string {
  const day = exactTime(new Date(now).toISOString()).slice(0, 10);
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS).toISOString();
}

/** The three administrators have neither requests nor resources: their work stands elsewhere. */
function OtherWork({ audits }: { audits: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('home.otherWork')} action={audits && <Link to={routes.audit()}>{t('menu.audit')}</Link>}>
      {t('home.otherWorkText')}
    </EmptyState>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="jy-legend" aria-hidden="true">
      <li data-part="used">{t('center.used')}</li>
      <li data-part="held">{t('center.held')}</li>
      <li data-part="free">{t('center.freeWord')}</li>
    </ul>
  );
}
