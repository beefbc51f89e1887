import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { UseFinding, UseOrder } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { yuanCell } from '../../../lib/csv';
import { count, gibOfMib } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Money } from '../../../ui/Money';
import type { Column } from '../../../ui/table/columns';
import type { DepartmentUseRow } from '../department-use.gql';
import { percentText } from '../use-days';

type Row = ResultOf<typeof DepartmentUseRow>;

const share = (percent: number | null) => (percent === null ? '–' : percentText(percent));
const exactly = (percent: number | null) => (percent === null ? null : percent.toFixed(2));

/** A month, if idle ones were given back and those that are too big made smaller; null = no prices are read. */
const savingOf = ({ idleMonthly, oversizedMonthly }: Row): string | null =>
  idleMonthly === null || oversizedMonthly === null
    ? null
    : (BigInt(idleMonthly) + BigInt(oversizedMonthly)).toString();

export function departmentUseColumns(t: TFunction): Column<Row, UseOrder>[] {
  /** A number of machines that leads to them. */
  const found = (row: Row, finding: UseFinding, machines: number) =>
    machines === 0 ? '–' : <Link to={routes.resourcesByUse(finding, row.department.id)}>{count(machines)}</Link>;
  return [
    {
      key: 'department',
      title: t('request.department'),
      leading: true,
      render: ({ department }) => <Link to={routes.resourcesOf(department.id)}>{department.name}</Link>,
      text: ({ department }) => department.name,
    },
    {
      key: 'machines',
      title: t('use.seenMachines'),
      numeric: true,
      render: (row) => `${count(row.seen)} / ${count(row.machines)}`,
      text: (row) => `${row.seen}/${row.machines}`,
    },
    {
      key: 'vcpu',
      title: 'vCPU',
      numeric: true,
      render: ({ vcpu }) => count(vcpu),
      text: ({ vcpu }) => vcpu,
    },
    {
      key: 'cpuMean',
      title: t('use.cpuMean'),
      numeric: true,
      order: { ascending: 'CPU' },
      render: ({ cpuMean }) => share(cpuMean),
      text: ({ cpuMean }) => exactly(cpuMean),
    },
    {
      key: 'memoryGib',
      title: t('use.memoryGib'),
      numeric: true,
      render: ({ memoryMib }) => gibOfMib(memoryMib),
      text: ({ memoryMib }) => gibOfMib(memoryMib),
    },
    {
      key: 'memoryMean',
      title: t('use.memoryMean'),
      numeric: true,
      render: ({ memoryMean }) => share(memoryMean),
      text: ({ memoryMean }) => exactly(memoryMean),
    },
    {
      key: 'idle',
      title: t('use.filter.IDLE'),
      numeric: true,
      render: (row) => found(row, 'IDLE', row.idle),
      text: ({ idle }) => idle,
    },
    {
      key: 'idleMonthly',
      title: t('use.idleMonthly'),
      optional: true,
      numeric: true,
      render: ({ idleMonthly }) => <Money fen={idleMonthly} />,
      text: ({ idleMonthly }) => (idleMonthly === null ? null : yuanCell(idleMonthly)),
    },
    {
      key: 'oversized',
      title: t('use.filter.OVERSIZED'),
      numeric: true,
      render: (row) => found(row, 'OVERSIZED', row.oversized),
      text: ({ oversized }) => oversized,
    },
    {
      key: 'oversizedMonthly',
      title: t('use.savedMonthly'),
      optional: true,
      numeric: true,
      render: ({ oversizedMonthly }) => <Money fen={oversizedMonthly} />,
      text: ({ oversizedMonthly }) => (oversizedMonthly === null ? null : yuanCell(oversizedMonthly)),
    },
    {
      key: 'saving',
      title: t('use.saving'),
      numeric: true,
      order: { descending: 'SAVING' },
      render: (row) => <Money fen={savingOf(row)} />,
      text: (row) => {
        const fen = savingOf(row);
        return fen === null ? null : yuanCell(fen);
      },
    },
  ];
}
