import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { Money } from '../../../ui/Money';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { GradeTag } from '../../../ui/performance/GradeTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { AcknowledgeUsageNoticeMutation, UsageNoticeParts, UsageNoticeQuery } from '../usage.gql';
import { percentText } from '../words';

type Notice = ResultOf<typeof UsageNoticeParts>;

/** 资源使用通报 of one month, as the head of the department reads it: what wants something done stands first. */
export function UsageNoticePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: UsageNoticeQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const list = <Link to={routes.usageNotices()}>{t('usageNotice.title')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={list}
      />
    ) : (
      <LoadingState rows={12} />
    );
  const notice = readFragment(UsageNoticeParts, data.usageNotice);
  return (
    <>
      <PageHeader
        title={t('usageNotice.name', { month: notice.month })}
        back={list}
        actions={<Actions notice={notice} />}
      >
        {notice.departmentName} · {t('usageNotice.madeAt')} <Time at={notice.madeAt} />
        {notice.readAt && ` · ${t('usageNotice.readBy', { name: notice.readBy })}`}
      </PageHeader>
      <Panel title={t('usageNotice.findings')}>
        {notice.findings.length === 0 ? (
          <p className="jy-banner jy-tone-good">{t('usageNotice.nothing')}</p>
        ) : (
          <ul className="jy-notes">
            {notice.findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title={t('usageNotice.whole')}>
        <Facts facts={factsOf(notice, t)} />
      </Panel>
      <Systems notice={notice} />
    </>
  );
}

function factsOf(notice: Notice, t: TFunction): Fact[] {
  const beside = (own: number | null, province: number | null) => (
    <span className="jy-number">
      {percentText(own, t('usageNotice.unseen'))}{' '}
      <span className="jy-quiet-text">{t('usageNotice.province', { value: percentText(province, '–') })}</span>
    </span>
  );
  return [
    {
      label: t('usageNotice.machines'),
      value: `${notice.machines} · ${machineSize(notice.vcpu, notice.memoryMib)}`,
    },
    { label: t('usageNotice.cpu'), value: beside(notice.cpuMean, notice.provinceCpuMean) },
    { label: t('usageNotice.memory'), value: beside(notice.memoryMean, notice.provinceMemoryMean) },
    {
      label: t('usageNotice.cost'),
      value: (
        <>
          <Money fen={notice.cost} />{' '}
          <span className="jy-quiet-text">
            {t('usageNotice.difference')}{' '}
            <Money fen={(BigInt(notice.cost) - BigInt(notice.costBefore)).toString()} signed />
          </span>
        </>
      ),
    },
    { label: t('performance.gradeLabel'), value: <GradeTag grade={notice.grade} /> },
    {
      label: t('usageNotice.openCases'),
      value: <Link to={routes.reclaimCases()}>{t('usageNotice.cases', { total: notice.openCases })}</Link>,
    },
  ];
}

function Systems({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('usageNotice.systems')}>
      <WideTable label={t('usageNotice.systems')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('performance.kind.SYSTEM')}</th>
              <th scope="col" className="jy-cell-number">
                {t('usageNotice.machines')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('usageNotice.size')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('usageNotice.cpu')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('usageNotice.memory')}
              </th>
              <th scope="col" className="jy-cell-number">
                {t('usageNotice.cost')}
              </th>
              <th scope="col">{t('performance.gradeLabel')}</th>
            </tr>
          </thead>
          <tbody>
            {notice.systems.map((one) => (
              <tr key={one.code}>
                <th scope="row">
                  {one.name} <span className="jy-code jy-quiet-text">{one.code}</span>
                </th>
                <td className="jy-cell-number">{one.machines}</td>
                <td className="jy-cell-number">{machineSize(one.vcpu, one.memoryMib)}</td>
                <td className="jy-cell-number">{percentText(one.cpuMean, '–')}</td>
                <td className="jy-cell-number">{percentText(one.memoryMean, '–')}</td>
                <td className="jy-cell-number">
                  <Money fen={one.cost} />
                </td>
                <td>
                  <GradeTag grade={one.grade} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}

function Actions({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const say = useNotice();
  const may = useMay();
  const { send, busy } = useOutcome(AcknowledgeUsageNoticeMutation);
  const acknowledge = async () => {
    const { data, errors } = await send({ id: notice.id });
    say(data ? t('usageNotice.acknowledged') : (errors[0]?.message ?? ''));
  };
  return (
    <>
      <Button href={notice.pdfUrl}>{t('usageNotice.pdf')}</Button>
      <Button href={notice.xlsxUrl}>{t('usageNotice.xlsx')}</Button>
      {may('PERFORMANCE', 'SIGN_OFF') && !notice.readAt && (
        <Button type="primary" loading={busy} onClick={() => void acknowledge()}>
          {t('usageNotice.acknowledge')}
        </Button>
      )}
    </>
  );
}
