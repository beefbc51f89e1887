import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlText } from '../../../lib/url-state';
import { useNow } from '../../../lib/use-now';
import { useUrlState } from '../../../lib/use-url-state';
import { ChipFilter } from '../../../ui/FilterBar';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { ConsolidationQuery, PoolRow, TakeConsolidationCountMutation } from '../centers.gql';
import type { Pool } from '../components/PoolTable';
import { PoolDialog } from '../forms/PoolDialog';

type Count = NonNullable<ResultOf<typeof ConsolidationQuery>['consolidationCount']>;
type Sums = Count['total'];

const spec = { year: urlText() };
const YEARS_SHOWN = 4;
const GIB_PER_TIB = 1024;

/** What is not yet 集约, now and as it was kept each year. */
export function ConsolidationPage() {
  const { t } = useTranslation();
  const may = useMay();
  const now = useNow();
  const [url, setUrl] = useUrlState(spec);
  const running = Number(exactTime(new Date(now).toISOString()).slice(0, 4));
  const year = /^20\d{2}$/.test(url.year) ? Number(url.year) : running;
  const [{ data, error }, ask] = useQuery({
    query: ConsolidationQuery,
    variables: { year },
    requestPolicy: 'cache-and-network',
  });
  const [open, setOpen] = useState<{ pool: Pool | null } | 'take' | null>(null);
  const edits = may('CENTER', 'EDIT');
  const years = Array.from({ length: YEARS_SHOWN }, (_, back) => String(running - back));
  const counted = data?.consolidationCount;
  const clouds = data ? readFragment(PoolRow, data.clouds) : [];
  const edit = (code: string): void => {
    const pool = clouds.find((candidate) => candidate.code === code);
    if (pool) setOpen({ pool });
  };
  return (
    <>
      <PageHeader
        title={t('consolidation.title')}
        actions={
          edits && (
            <>
              {counted && !counted.takenAt && year === running && (
                <Button onClick={() => setOpen('take')}>{t('consolidation.take', { year })}</Button>
              )}
              <Button type="primary" onClick={() => setOpen({ pool: null })}>
                {t('consolidation.register')}
              </Button>
            </>
          )
        }
      >
        {t('consolidation.lead')}
      </PageHeader>
      <ChipFilter
        label={t('consolidation.year')}
        options={years.map((value) => ({ value, text: value }))}
        value={[String(year)]}
        onChange={(chosen) => setUrl({ year: chosen.find((value) => value !== String(year)) ?? '' })}
      />
      {!data &&
        (error ? (
          <FailureState
            failure={failureOf(error)}
            onRetry={() => ask({ requestPolicy: 'network-only' })}
            home={<Link to={routes.home()}>{t('shell.toHome')}</Link>}
          />
        ) : (
          <LoadingState rows={8} />
        ))}
      {data && !counted && (
        <EmptyState title={t('consolidation.noCount', { year })}>{t('consolidation.noCountText')}</EmptyState>
      )}
      {counted && counted.clouds.length === 0 && (
        <EmptyState title={t('consolidation.none')}>{t('consolidation.noneText')}</EmptyState>
      )}
      {counted && counted.clouds.length > 0 && (
        <>
          <p className="jy-quiet-text jy-count-said">
            {counted.takenAt
              ? t('consolidation.taken', { by: counted.takenBy, at: exactTime(counted.takenAt) })
              : t('consolidation.live')}
          </p>
          <KindTable counted={counted} />
          <CloudTable counted={counted} plans={clouds} onEdit={edits && year === running ? edit : undefined} />
        </>
      )}
      {open === 'take' && <TakeDialog year={year} onClose={() => setOpen(null)} />}
      {open && open !== 'take' && <PoolDialog centerId={null} pool={open.pool} onClose={() => setOpen(null)} />}
    </>
  );
}

function KindTable({ counted }: { counted: Count }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('consolidation.sums')}>
      <WideTable label={t('consolidation.sums')}>
        <table className="jy-small-table" aria-label={t('consolidation.sums')}>
          <Head first={t('pool.cloudKind')} number />
          <tbody>
            {counted.byKind.map(({ kind, sums }) => (
              <SumRow key={kind} name={t(`pool.cloudKinds.${kind}`)} sums={sums} />
            ))}
            <SumRow name={t('consolidation.total')} sums={counted.total} strong />
          </tbody>
        </table>
      </WideTable>
      {counted.total.unsaid > 0 && (
        <p className="jy-quiet-text">{t('consolidation.atLeast', { unsaid: counted.total.unsaid })}</p>
      )}
    </Panel>
  );
}

function Head({ first, number = false }: { first: string; number?: boolean }) {
  const { t } = useTranslation();
  const titles = [
    ...(number ? [t('consolidation.number')] : []),
    'vCPU',
    t('consolidation.memory'),
    t('consolidation.storage'),
    t('pool.servers'),
    t('pool.rackUnits'),
  ];
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {titles.map((title) => (
          <th key={title} scope="col" className="jy-cell-number">
            {title}
          </th>
        ))}
        {!number && (
          <>
            <th scope="col">{t('pool.plan')}</th>
            <th scope="col">{t('pool.target')}</th>
          </>
        )}
      </tr>
    </thead>
  );
}

function SumRow({ name, sums, strong = false }: { name: string; sums: Sums; strong?: boolean }) {
  const { t } = useTranslation();
  // Nobody said: that is no nought.
  const said = (value: number) => (value === 0 && sums.unsaid > 0 ? t('consolidation.unsaid') : count(value));
  const cells = [
    count(sums.clouds),
    count(sums.vcpu),
    count(sums.memoryMib / 1024),
    count(sums.storageGib / GIB_PER_TIB),
    said(sums.servers),
    said(sums.rackUnits),
  ];
  return (
    <tr className={strong ? 'jy-strong' : undefined}>
      <th scope="row">{name}</th>
      {cells.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns of one row.
        <td key={index} className="jy-cell-number">
          {value}
        </td>
      ))}
    </tr>
  );
}

type CloudProps = { counted: Count; plans: readonly Pool[]; onEdit?: (code: string) => void };

function CloudTable({ counted, plans, onEdit }: CloudProps) {
  const { t } = useTranslation();
  const said = (value: number | null) => (value === null ? t('consolidation.unsaid') : count(value));
  const planOf = (poolCode: string) => plans.find(({ code }) => code === poolCode)?.cloud?.migrationPlan ?? null;
  const table = () => ({
    header: [
      t('consolidation.year'),
      t('consolidation.cloud'),
      t('pool.cloudKind'),
      t('pool.owner'),
      'vCPU',
      t('consolidation.memory'),
      t('consolidation.storage'),
      t('pool.servers'),
      t('pool.rackUnits'),
      t('pool.plan'),
      t('pool.target'),
    ],
    rows: counted.clouds.map((cloud) => [
      counted.year,
      cloud.platformName,
      t(`pool.cloudKinds.${cloud.cloudKind}`),
      cloud.owner?.name ?? null,
      cloud.vcpu,
      cloud.memoryMib / 1024,
      cloud.storageGib / GIB_PER_TIB,
      // Nobody said: an empty cell, never nought.
      cloud.servers,
      cloud.rackUnits,
      planOf(cloud.poolCode),
      cloud.migrationTarget,
    ]),
  });
  return (
    <Panel title={t('consolidation.clouds')} aside={<SaveTable name="consolidation" table={table} />}>
      <WideTable label={t('consolidation.clouds')}>
        <table className="jy-small-table jy-cloud-table" aria-label={t('consolidation.clouds')}>
          <Head first={t('consolidation.cloud')} />
          <tbody>
            {counted.clouds.map((cloud) => (
              <tr key={cloud.poolCode}>
                <th scope="row">
                  {onEdit ? (
                    <button type="button" className="jy-link-button" onClick={() => onEdit(cloud.poolCode)}>
                      {cloud.platformName}
                    </button>
                  ) : (
                    cloud.platformName
                  )}
                  <span className="jy-quiet-text jy-under">
                    {[t(`pool.cloudKinds.${cloud.cloudKind}`), cloud.owner?.name].filter(Boolean).join(' · ')}
                  </span>
                </th>
                <td className="jy-cell-number">{count(cloud.vcpu)}</td>
                <td className="jy-cell-number">{count(cloud.memoryMib / 1024)}</td>
                <td className="jy-cell-number">{count(cloud.storageGib / GIB_PER_TIB)}</td>
                <td className="jy-cell-number">{said(cloud.servers)}</td>
                <td className="jy-cell-number">{said(cloud.rackUnits)}</td>
                <td className="jy-plan-cell">{planOf(cloud.poolCode) ?? '–'}</td>
                <td className="jy-number">{cloud.migrationTarget ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  );
}

function TakeDialog({ year, onClose }: { year: number; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(TakeConsolidationCountMutation, (data) => data.takeConsolidationCount.errors);
  return (
    <DialogForm
      title={t('consolidation.take', { year })}
      submit={t('consolidation.take', { year })}
      busy={busy}
      form={form}
      onClose={onClose}
      onSubmit={async () => {
        const refused = await send({ year });
        if (refused.length > 0) return form.refuse(refused);
        notice(t('consolidation.takeDone', { year }));
        onClose();
      }}
    >
      <p>{t('consolidation.takeText')}</p>
    </DialogForm>
  );
}
