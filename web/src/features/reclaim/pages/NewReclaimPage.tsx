import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type CombinedError, useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { count, machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { EvidenceForm } from '../components/EvidenceForm';
import {
  OpenLineReclaimCaseMutation,
  OpenReclaimCaseMutation,
  ReclaimLineTargetQuery,
  ReclaimTargetQuery,
} from '../reclaim.gql';

type Target = ResultOf<typeof ReclaimTargetQuery>['resource'];
type LineTarget = ResultOf<typeof ReclaimLineTargetQuery>['lineTerm'];

/** 发起闲置回收: the evidence about one resource, or one line of servers, places or services, sent to its department. */
export function NewReclaimPage() {
  const [params] = useSearchParams();
  const lineId = params.get('line');
  return lineId ? <OfLine id={lineId} /> : <OfResource id={params.get('resource') ?? ''} />;
}

function OfResource({ id }: { id: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: ReclaimTargetQuery, variables: { id } });
  const home = <Link to={routes.resources()}>{t('resource.list')}</Link>;
  if (!data) return <Waiting error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} home={home} />;
  return <ResourceForm target={data.resource} />;
}

function OfLine({ id }: { id: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: ReclaimLineTargetQuery, variables: { id } });
  const home = <Link to={routes.lineTerms()}>{t('life.lines')}</Link>;
  if (!data) return <Waiting error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} home={home} />;
  return <LineForm target={data.lineTerm} />;
}

type WaitingProps = { error: CombinedError | undefined; onRetry: () => void; home: ReactNode };

function Waiting({ error, onRetry, home }: WaitingProps) {
  return error ? (
    <FailureState wholePage failure={failureOf(error)} onRetry={onRetry} home={home} />
  ) : (
    <LoadingState rows={8} />
  );
}

function ResourceForm({ target }: { target: Target }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(OpenReclaimCaseMutation);
  return (
    <EvidenceForm
      name={target.name}
      back={<Link to={routes.resource(target.id)}>{target.name}</Link>}
      facts={[
        { label: t('resource.code'), value: <span className="jy-code">{target.code}</span> },
        { label: t('reclaim.department'), value: target.department.name },
        { label: t('request.system'), value: target.system.name },
        { label: t('resource.size'), value: machineSize(target.vcpu, target.memoryMib) },
        { label: t('request.monthlyCost'), value: <Money fen={target.monthlyCost} /> },
        { label: t('resource.deliveredAt'), value: <Time at={target.deliveredAt} exact /> },
      ]}
      known={target.use.idle ?? null}
      busy={busy}
      send={(evidence) => send({ resourceId: target.id, ...evidence })}
    />
  );
}

function LineForm({ target }: { target: LineTarget }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(OpenLineReclaimCaseMutation);
  const { request } = target;
  return (
    <EvidenceForm
      name={target.name}
      back={
        <Link to={request ? routes.request(request.id) : routes.lineTerms()}>
          {request ? request.code : t('life.lines')}
        </Link>
      }
      facts={[
        {
          label: t('life.lineKindLabel'),
          value: `${t(`lineKind.${target.kind}`)} × ${count(target.count)}`,
        },
        { label: t('reclaim.department'), value: target.department.name },
        { label: t('request.system'), value: target.system.name },
        ...(request ? [{ label: t('life.lineRequest'), value: <span className="jy-code">{request.code}</span> }] : []),
        {
          label: t('life.term'),
          value: target.temporaryUntil ? t('life.until', { day: target.temporaryUntil }) : t('life.longTerm'),
        },
      ]}
      known={null}
      busy={busy}
      send={(evidence) => send({ lineId: target.lineId, ...evidence })}
    />
  );
}
