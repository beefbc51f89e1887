import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { StateTag } from '../../../ui/StateTag';
import { powerStates } from '../../../ui/states';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { UnrecordedRow } from '../intake.gql';

export type Unrecorded = ResultOf<typeof UnrecordedRow>;

const MIB_PER_GIB = 1024;

/** Which machines are chosen to be taken in together, and how one is chosen or let go. */
export type Choice = { chosen: ReadonlyMap<string, Unrecorded>; choose: (row: Unrecorded) => void };

/** @param choice null = the viewer may look and not prepare. */
export function unrecordedColumns(
  t: TFunction,
  choice: Choice | null,
  take: (row: Unrecorded) => void,
): Column<Unrecorded>[] {
  return [
    {
      key: 'name',
      title: t('intake.object'),
      leading: true,
      render: (row) => (
        <span className="jy-tags">
          {choice && (
            <input
              type="checkbox"
              aria-label={t('intake.choose', { name: `${row.namespace}/${row.name}` })}
              disabled={row.vcpu === null || row.waitingBatch !== null}
              checked={choice.chosen.has(row.id)}
              onChange={() => choice.choose(row)}
            />
          )}
          <code>
            {row.namespace}/{row.name}
          </code>
        </span>
      ),
      text: (row) => `${row.namespace}/${row.name}`,
    },
    {
      key: 'center',
      title: t('resource.center'),
      render: (row) => <CenterMark role={row.center.role} name={row.center.name} />,
      text: (row) => row.center.name,
    },
    {
      key: 'size',
      title: t('resource.size'),
      render: (row) => sizeText(t, row),
      text: (row) => sizeText(t, row),
    },
    {
      key: 'power',
      title: t('resource.power'),
      render: (row) => <StateTag look={powerStates[row.power]} word={t(`state.power.${row.power}`)} />,
      text: (row) => t(`state.power.${row.power}`),
    },
    {
      key: 'kind',
      title: t('intake.why'),
      render: (row) => t(row.orphan ? 'intake.orphan' : 'intake.foreign'),
      text: (row) => t(row.orphan ? 'intake.orphan' : 'intake.foreign'),
    },
    {
      key: 'firstSeenAt',
      title: t('intake.firstSeenAt'),
      render: (row) => <Time at={row.firstSeenAt} />,
      text: (row) => exactTime(row.firstSeenAt),
    },
    {
      key: 'take',
      title: t(choice ? 'intake.take' : 'intake.waits'),
      render: (row) =>
        // Handed in by somebody: where it waits, instead of a press that would be refused.
        row.waitingBatch ? (
          <Link to={routes.intakeBatch(row.waitingBatch.id)}>
            {t('intake.waitsIn', { code: row.waitingBatch.code })}
          </Link>
        ) : (
          choice && (
            <Button size="small" disabled={row.vcpu === null} onClick={() => take(row)}>
              {t('intake.take')}
            </Button>
          )
        ),
      text: (row) => row.waitingBatch?.code ?? '',
    },
  ];
}

function sizeText(t: TFunction, { vcpu, memoryMib }: Unrecorded): string {
  return vcpu === null || memoryMib === null
    ? t('intake.sizeUnknown')
    : `${vcpu} vCPU · ${count(memoryMib / MIB_PER_GIB)} GiB`;
}
