import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import type { IntakeAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count, decimal, gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { useKeyPaging } from '../../../lib/use-key-paging';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { QuotaFits } from '../../../ui/quota/QuotaFits';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { ResourceTable } from '../../../ui/table/ResourceTable';
import { IntakeActDialog } from '../components/IntakeActDialog';
import { IntakeBatchFacts, IntakeBatchQuery, IntakeItemRow, IntakeObjections } from '../intake.gql';
import { intakeStates } from '../intake-look';

const PAGE_SIZE = 50;
const GRAMS_PER_KG = 1_000;

/** One batch: what it says of each thing, and the acts that are open to the viewer. */
export function IntakeBatchPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const paging = useKeyPaging();
  const [acting, setActing] = useState<IntakeAction | null>(null);
  const [{ data, error, fetching }, ask] = useQuery({
    query: IntakeBatchQuery,
    variables: { id, first: PAGE_SIZE, after: paging.after },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const columns = useMemo(
    (): Column<ResultOf<typeof IntakeItemRow>>[] => [
      {
        key: 'name',
        title: t('resource.name'),
        leading: true,
        render: (row) => {
          const to = pageOf(row);
          return to ? <Link to={to}>{row.name}</Link> : row.name;
        },
        text: (row) => row.name,
      },
      {
        key: 'kind',
        title: t('intake.kind'),
        render: (row) => t(`intake.kinds.${row.kind}`),
        text: (row) => t(`intake.kinds.${row.kind}`),
      },
      { key: 'system', title: t('request.system'), render: (row) => row.system.name, text: (row) => row.system.name },
      {
        key: 'department',
        title: t('request.department'),
        render: (row) => row.department.name,
        text: (row) => row.department.name,
      },
      {
        key: 'size',
        title: t('resource.size'),
        render: (row) => <span className="jy-number">{sizeOf(row) ?? '–'}</span>,
        text: (row) => sizeOf(row) ?? '',
      },
      {
        key: 'place',
        title: t('intake.place'),
        render: (row) => (row.place ? <code>{row.place}</code> : t('management.RECORDED')),
        text: (row) => row.place,
      },
      { key: 'startedOn', title: t('intake.startedOn'), render: (row) => row.startedOn, text: (row) => row.startedOn },
      {
        key: 'platform',
        title: t('intake.sourcePlatform'),
        render: (row) => row.sourcePlatform,
        text: (row) => row.sourcePlatform,
      },
    ],
    [t],
  );

  const list = <Link to={routes.intakeBatches()}>{t('intake.batches')}</Link>;
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={askAgain} home={list} />
    ) : (
      <LoadingState rows={12} />
    );
  const batch = readFragment(IntakeBatchFacts, data.intakeBatch);
  const { objections } = readFragment(IntakeObjections, data.intakeBatch);
  const { items } = data.intakeBatch;
  const { endCursor } = items.pageInfo;
  return (
    <>
      <PageHeader
        title={batch.code}
        back={list}
        state={<StateTag look={intakeStates[batch.state]} word={t(`intake.state.${batch.state}`)} />}
        actions={batch.availableActions.map(({ action, disabledReason }) => (
          <Button
            key={action}
            type={action === 'APPROVE' ? 'primary' : 'default'}
            danger={action === 'WITHDRAW'}
            disabled={disabledReason !== null}
            title={disabledReason ?? undefined}
            onClick={() => setActing(action)}
          >
            {t(`intake.action.${action}`)}
          </Button>
        ))}
      />
      <Panel title={t('intake.facts')}>
        <Facts
          facts={[
            { label: t('intake.source'), value: t(`intake.sources.${batch.source}`) },
            { label: t('intake.items'), value: count(batch.itemCount) },
            { label: t('intake.preparedBy'), value: batch.preparedByName },
            { label: t('intake.preparedAt'), value: <Time at={batch.preparedAt} exact /> },
            { label: t('intake.decidedBy'), value: batch.decidedByName ?? '–' },
            { label: t('intake.decidedAt'), value: batch.decidedAt ? <Time at={batch.decidedAt} exact /> : '–' },
            { label: t('request.opinion'), value: batch.opinion ?? '–' },
          ]}
        />
      </Panel>
      {batch.quotas && batch.quotas.length > 0 && (
        <Panel title={t('quota.title')}>
          {batch.quotas.some((quota) => !quota.fits) && <p role="alert">{t('intake.overQuota')}</p>}
          <QuotaFits quotas={batch.quotas} />
        </Panel>
      )}
      {objections && objections.length > 0 && (
        <Panel title={t('intake.objections', { count: objections.length })}>
          <p role="alert">{t('intake.objectionsText')}</p>
          <ul className="jy-plain-list">
            {objections.map((objection) => (
              <li key={`${objection.path.join('.')} ${objection.message}`}>
                <span>
                  {rowOfPath(objection.path) !== null && (
                    <strong>{t('intake.row', { number: rowOfPath(objection.path) })} </strong>
                  )}
                  {objection.message}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <ResourceTable
        name="intake-items"
        caption={t('intake.items')}
        columns={columns}
        rows={readFragment(IntakeItemRow, items.nodes)}
        rowKey={(row) => String(row.number)}
        busy={fetching}
        paging={{
          from: paging.from,
          totalCount: items.totalCount,
          onNext: items.pageInfo.hasNextPage && endCursor ? () => paging.next(endCursor, items.nodes.length) : null,
          onPrevious: paging.previous,
        }}
        empty={<EmptyState title={t('intake.noItem')} />}
      />
      {acting && (
        <IntakeActDialog
          action={acting}
          batch={batch}
          onClose={() => {
            setActing(null);
            // What each entry became stands with the entries, which the act's answer does not carry.
            askAgain();
          }}
        />
      )}
    </>
  );
}

type Item = ResultOf<typeof IntakeItemRow>;

/** Of what has a size of its own: a machine's, or what a device takes of its cabinet. */
function sizeOf({ vcpu, memoryMib, diskGib, heightUnits, powerW, weightGrams }: Item): string | null {
  if (heightUnits !== null)
    return `${decimal(heightUnits)} U · ${count(powerW ?? 0)} W · ${decimal((weightGrams ?? 0) / GRAMS_PER_KG)} kg`;
  if (vcpu === null) return null;
  return `${vcpu} vCPU · ${gibOfMib(memoryMib ?? 0)} GiB · ${count(diskGib ?? 0)} GiB`;
}

/** Where one reads on: what the entry became, else what was there before it. */
function pageOf({ kind, becameId, thingId }: Item): string | null {
  switch (kind) {
    case 'MACHINE':
      return becameId && routes.resource(becameId);
    case 'SERVER':
      return thingId && routes.server(thingId);
    case 'SPACE':
      return thingId && routes.cabinet(thingId);
    case 'ADDRESS':
      return thingId && routes.network(thingId);
  }
}

/** The entry that a refusal speaks of, counted from 1; null = the batch as a whole. */
function rowOfPath([list, at]: readonly string[]): number | null {
  return list === 'items' && at !== undefined ? Number(at) + 1 : null;
}
