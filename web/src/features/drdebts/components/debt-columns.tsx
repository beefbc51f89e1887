import { Button, Checkbox } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { debtStates } from '../../../ui/debt-states';
import { Money } from '../../../ui/Money';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { DrDebtRow } from '../drdebts.gql';
import { demandParts } from '../owed-words';

export type Debt = ResultOf<typeof DrDebtRow>;

export const isOffered = (debt: Debt, action: Debt['availableActions'][number]['action']) =>
  debt.availableActions.some((one) => one.action === action && one.disabledReason === null);

export const maySettle = (debt: Debt): boolean => isOffered(debt, 'SETTLE');

const thingOf = (t: TFunction, { kind, share, standing, count: things }: Debt): string =>
  `${t(`lineKind.${kind}`)} · ${share === 'RECOVERY' ? t(`drDebt.standing.${standing}`) : t(`shareName.${share}`)} × ${count(things)}`;

/** Its mains were changed since it was registered: that size is what would be settled. */
const nowText = (t: TFunction, size: NonNullable<Debt['sizeNow']>): string =>
  t('drDebt.sizeNow', { size: demandParts(t, size).join(' · ') });

const centerText = (t: TFunction, { center, role, dueOn }: Debt): string =>
  [center?.name ?? t(`drDebt.noCenter.${role}`), dueOn && t('drDebt.opensOn', { day: dueOn })]
    .filter(Boolean)
    .join(' ');

const stateText = (t: TFunction, { state, due }: Debt): string => t(due ? 'drDebt.dueNow' : `drDebt.state.${state}`);

export function debtColumns(t: TFunction): Column<Debt>[] {
  return [
    {
      key: 'request',
      title: t('drDebt.request'),
      leading: true,
      render: ({ request, requestCode, lineName, since }) => (
        <>
          {request ? (
            <Link className="jy-code" to={routes.request(request.id)}>
              {requestCode}
            </Link>
          ) : (
            <span className="jy-code">{requestCode}</span>
          )}{' '}
          {lineName}
          <div className="jy-quiet-text">
            <Time at={since} />
          </div>
        </>
      ),
      text: ({ requestCode, lineName }) => `${requestCode} ${lineName}`,
    },
    {
      key: 'state',
      title: t('drDebt.stateLabel'),
      render: (debt) => <StateTag look={debtStates[debt.state]} word={stateText(t, debt)} />,
      text: (debt) => stateText(t, debt),
    },
    {
      key: 'thing',
      title: t('drDebt.thing'),
      render: (debt) => (
        <>
          {thingOf(t, debt)}
          <div className="jy-quiet-text jy-number">{demandParts(t, debt).join(' · ')}</div>
          {debt.sizeNow && <div className="jy-number">{nowText(t, debt.sizeNow)}</div>}
        </>
      ),
      text: (debt) =>
        [`${thingOf(t, debt)} (${demandParts(t, debt).join(' · ')})`, debt.sizeNow && nowText(t, debt.sizeNow)]
          .filter(Boolean)
          .join(' '),
    },
    {
      key: 'center',
      title: t('drDebt.center'),
      render: ({ center, role, dueOn }) => (
        <>
          {center ? <CenterMark role={center.role} name={center.name} /> : t(`drDebt.noCenter.${role}`)}
          {dueOn && <div className="jy-quiet-text jy-number">{t('drDebt.opensOn', { day: dueOn })}</div>}
        </>
      ),
      text: (debt) => centerText(t, debt),
    },
    {
      key: 'system',
      title: t('request.system'),
      render: ({ system, department }) => (
        <>
          {system.name}
          <div className="jy-quiet-text">{department.name}</div>
        </>
      ),
      text: ({ system }) => system.name,
    },
    // In the table it stands under the system; in a file it is a column.
    {
      key: 'department',
      title: t('request.department'),
      optional: true,
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    {
      key: 'monthlyCost',
      title: t('drDebt.monthlyCost'),
      numeric: true,
      render: (row) => <Money fen={row.monthlyCost} />,
      text: (row) => (row.monthlyCost === null ? null : yuanCell(row.monthlyCost)),
    },
    {
      key: 'since',
      title: t('drDebt.since'),
      optional: true,
      render: (row) => <Time at={row.since} />,
      text: (row) => exactTime(row.since),
    },
    {
      key: 'ended',
      title: t('drDebt.ended'),
      optional: true,
      render: ({ closedAt, closedBy, reason }) =>
        closedAt && (
          <>
            <Time at={closedAt} /> {closedBy}
            {reason && <div className="jy-quiet-text">{reason}</div>}
          </>
        ),
      text: ({ closedAt, closedBy, reason }) =>
        closedAt && [exactTime(closedAt), closedBy, reason].filter(Boolean).join(' '),
    },
  ];
}

type Ticks = { selected: ReadonlySet<string>; select: (id: string, on: boolean) => void };

/** For whoever settles: what is ticked goes together, each by itself. */
export function tickColumn(t: TFunction, { selected, select }: Ticks): Column<Debt> {
  return {
    key: 'select',
    title: t('life.select'),
    tick: true,
    leading: true,
    render: (debt) => (
      <Checkbox
        aria-label={t('life.selectOne', { name: `${debt.requestCode} ${debt.lineName}` })}
        disabled={!maySettle(debt)}
        checked={selected.has(debt.id)}
        onChange={(event) => select(debt.id, event.target.checked)}
      />
    ),
    text: () => null,
  };
}

export function actColumn(t: TFunction, waive: (debt: Debt) => void): Column<Debt> {
  return {
    key: 'acts',
    title: t('life.acts'),
    render: (debt) =>
      isOffered(debt, 'WAIVE') ? (
        <Button
          size="small"
          aria-label={`${t('drDebt.action.WAIVE')} ${debt.requestCode} ${debt.lineName}`}
          onClick={() => waive(debt)}
        >
          {t('drDebt.action.WAIVE')}
        </Button>
      ) : (
        <span className="jy-quiet-text">–</span>
      ),
    text: () => null,
  };
}
