import { Button, Checkbox } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LifeList } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { machineSize } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { urlText } from '../../../lib/url-state';
import { useNow } from '../../../lib/use-now';
import { SearchFilter } from '../../../ui/FilterBar';
import { BatchBar } from '../../../ui/list/BatchBar';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useSelection } from '../../../ui/list/use-selection';
import { Money } from '../../../ui/Money';
import { EmptyState } from '../../../ui/page-states';
import { ResourceStateTag } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { useMay } from '../../../ui/viewer-context';
import { PurgeDialog, RestoreDialog } from '../components/BinDialogs';
import { ExtendDialog } from '../components/ExtendDialog';
import { LifeTabs } from '../components/LifeTabs';
import { ReviewDialog } from '../components/ReviewDialog';
import { LifeListQuery, LifeRow } from '../life.gql';
import { leftWords } from '../life-words';

type Row = ResultOf<typeof LifeRow>;
type Act = 'RESTORE' | 'PURGE' | 'EXTEND';

const spec = { search: urlText() };
const isOffered = (row: Row, action: Row['availableActions'][number]['action']) =>
  row.availableActions.some((one) => one.action === action && one.disabledReason === null);
const mayReview = (row: Row) => isOffered(row, 'REVIEW');
const none = () => false;

export const ToReviewPage = () => <LifeListPage list="TO_REVIEW" />;
export const TemporaryPage = () => <LifeListPage list="ENDING" />;
export const BinPage = () => <LifeListPage list="IN_BIN" />;

/** What waits for its owner or for the calendar, the nearest first, with what can be done about it in the row. */
function LifeListPage({ list: which }: { list: LifeList }) {
  const { t } = useTranslation();
  const now = useNow();
  const may = useMay();
  const list = useList({
    name: `life-${which.toLowerCase()}`,
    spec,
    query: LifeListQuery,
    variables: ({ search }) => ({ list: which, search: search || null }),
    rows: ({ resourcesDue }) => ({ ...resourcesDue, rows: readFragment(LifeRow, resourcesDue.nodes) }),
  });
  const [acting, setActing] = useState<{ act: Act; row: Row } | null>(null);
  const [batch, setBatch] = useState(false);
  const selection = useSelection(list.rows, which === 'TO_REVIEW' ? mayReview : none);
  const { selected, select, selectable, chosen } = selection;
  const columns = useMemo((): Column<Row>[] => {
    const tick: Column<Row> = {
      key: 'select',
      title: t('life.select'),
      tick: true,
      leading: true,
      render: (row) => (
        <Checkbox
          aria-label={t('life.selectOne', { name: row.name })}
          disabled={!mayReview(row)}
          checked={selected.has(row.id)}
          onChange={(event) => select(row.id, event.target.checked)}
        />
      ),
      text: () => null,
    };
    const acts: Column<Row> = {
      key: 'acts',
      title: t('life.acts'),
      render: (row) => <RowActs row={row} which={which} onAct={(act) => setActing({ act, row })} />,
      text: () => null,
    };
    // Every machine has a price; who keeps machines running reads none.
    const shown = [...commonColumns(t), ...ownColumns(which, t, now)].filter(
      ({ key }) => key !== 'monthlyCost' || may('PRICE', 'READ'),
    );
    return which === 'TO_REVIEW' ? [tick, ...shown] : [...shown, acts];
  }, [t, which, now, selected, select, may]);
  const close = () => setActing(null);

  return (
    <>
      <ListPage
        list={list}
        title={t('life.title')}
        lead={t('life.lead')}
        caption={t(`life.list.${which}`)}
        above={<LifeTabs />}
        columns={columns}
        rowKey={(row) => row.id}
        filters={
          <SearchFilter
            label={t('resource.search')}
            placeholder={t('resource.searchPlaceholder')}
            value={list.filter.search}
            onChange={(search) => list.setFilter({ search })}
          />
        }
        actions={
          selectable.length > 0 && (
            <BatchBar
              all={selection.all}
              chosen={chosen.length}
              text={t('life.review', { selected: chosen.length })}
              onToggleAll={selection.toggleAll}
              onPress={() => setBatch(true)}
            />
          )
        }
        empty={<Empty list={which} />}
      />
      {batch && (
        <ReviewDialog
          rows={chosen}
          onClose={() => {
            setBatch(false);
            selection.clear();
          }}
        />
      )}
      {acting?.act === 'RESTORE' && <RestoreDialog resource={acting.row} onClose={close} />}
      {acting?.act === 'PURGE' && <PurgeDialog resource={acting.row} onClose={close} />}
      {acting?.act === 'EXTEND' && <ExtendDialog resource={acting.row} onClose={close} />}
    </>
  );
}

function Empty({ list }: { list: LifeList }) {
  const { t } = useTranslation();
  const words = { TO_REVIEW: 'noneToReview', ENDING: 'noneEnding', IN_BIN: 'noneInBin' } as const;
  return (
    <EmptyState title={t(`life.${words[list]}`)} action={<Link to={routes.resources()}>{t('resource.list')}</Link>}>
      {t(`life.${words[list]}Text`)}
    </EmptyState>
  );
}

function RowActs({ row, which, onAct }: { row: Row; which: LifeList; onAct: (act: Act) => void }) {
  const { t } = useTranslation();
  const acts: Act[] = which === 'IN_BIN' ? ['RESTORE', 'PURGE'] : ['EXTEND'];
  const offered = acts.filter((act) => isOffered(row, act));
  if (offered.length === 0) return <span className="jy-quiet-text">–</span>;
  return (
    <span className="jy-tags">
      {offered.map((act) => (
        <Button
          key={act}
          size="small"
          danger={act === 'PURGE'}
          aria-label={`${t(`resource.action.${act}`)} ${row.name}`}
          onClick={() => onAct(act)}
        >
          {t(`resource.action.${act}`)}
        </Button>
      ))}
    </span>
  );
}

function commonColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('resource.name'),
      leading: true,
      render: (row) => <Link to={routes.resource(row.id)}>{row.name}</Link>,
      text: (row) => row.name,
    },
    {
      key: 'code',
      title: t('resource.code'),
      optional: true,
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
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
      render: (row) => <span className="jy-number">{machineSize(row.vcpu, row.memoryMib)}</span>,
      text: (row) => machineSize(row.vcpu, row.memoryMib),
    },
    {
      key: 'monthlyCost',
      title: t('request.monthlyCost'),
      numeric: true,
      render: (row) => <Money fen={row.monthlyCost} />,
      text: (row) => (row.monthlyCost === null ? null : yuanCell(row.monthlyCost)),
    },
  ];
}

const dayOf = (at: string | null) => (at === null ? null : exactTime(at).slice(0, 10));

function ownColumns(which: LifeList, t: TFunction, now: number): Column<Row>[] {
  switch (which) {
    case 'TO_REVIEW':
      return [
        {
          key: 'due',
          title: t('life.reviewDue'),
          render: ({ life }) => {
            const due = dayOf(life.reviewDueAt);
            return due && <DayLeft day={due} text={leftWords(t, due, now)} />;
          },
          text: ({ life }) => dayOf(life.reviewDueAt),
        },
        {
          key: 'stage',
          title: t('life.reached'),
          render: ({ life }) => t(`life.stage.${life.reviewStage}`),
          text: ({ life }) => t(`life.stage.${life.reviewStage}`),
        },
      ];
    case 'ENDING':
      return [
        {
          key: 'until',
          title: t('life.untilLabel'),
          render: ({ life }) =>
            life.temporaryUntil && <DayLeft day={life.temporaryUntil} text={leftWords(t, life.temporaryUntil, now)} />,
          text: ({ life }) => life.temporaryUntil,
        },
        {
          key: 'state',
          title: t('resource.state'),
          render: (row) => <ResourceStateTag state={row.state} />,
          text: (row) => t(`state.resource.${row.state}`),
        },
      ];
    case 'IN_BIN':
      return [
        {
          key: 'binUntil',
          title: t('life.binUntil'),
          render: ({ life }) => <Time at={life.binUntil} exact />,
          text: ({ life }) => life.binUntil && exactTime(life.binUntil),
        },
        {
          key: 'cause',
          title: t('life.cause'),
          render: ({ life }) => life.binCause && t(`life.binCause.${life.binCause}`),
          text: ({ life }) => life.binCause && t(`life.binCause.${life.binCause}`),
        },
      ];
  }
}

function DayLeft({ day, text }: { day: string; text: string }) {
  return (
    <span>
      <span className="jy-number">{day}</span> <span className="jy-quiet-text">{text}</span>
    </span>
  );
}
