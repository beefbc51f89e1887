import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import type { Column } from '../../../ui/table/columns';
import type { SystemRow } from '../systems.gql';
import { DeclarationTag, FiledTag, FrozenTag, Owner } from './states';

type Row = ResultOf<typeof SystemRow>;

export function systemColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('system.name'),
      leading: true,
      render: (row) => (
        <span className="jy-tags">
          <Link to={routes.system(row.id)}>{row.name}</Link>
          {row.frozen && <FrozenTag />}
          {row.criticalInfrastructure && <span className="jy-mark">{t('system.criticalShort')}</span>}
        </span>
      ),
      text: (row) => row.name,
    },
    {
      key: 'code',
      title: t('system.code'),
      render: (row) => <span className="jy-code">{row.code}</span>,
      text: (row) => row.code,
    },
    {
      key: 'department',
      title: t('request.department'),
      render: (row) => row.department.name,
      text: (row) => row.department.name,
    },
    {
      key: 'owner',
      title: t('system.owner'),
      render: (row) => <Owner owner={row.owner} />,
      text: (row) => row.owner?.displayName ?? t('system.noOwner'),
    },
    {
      key: 'level',
      title: t('system.level'),
      render: (row) => t('system.levelText', { level: row.protectionLevel }),
      text: (row) => row.protectionLevel,
    },
    {
      key: 'filed',
      title: t('system.filing'),
      render: (row) => <FiledTag filed={row.filed} />,
      text: (row) => t(row.filed ? 'system.filedYes' : 'system.filedNo'),
    },
    {
      key: 'declaration',
      title: t('system.declaration'),
      render: (row) => (
        <span className="jy-tags">
          <DeclarationTag state={row.declarationState} />
          {row.declarationValidUntil && <span className="jy-number">{row.declarationValidUntil}</span>}
        </span>
      ),
      text: (row) => row.declarationValidUntil ?? t('system.declarationState.MISSING'),
    },
    {
      key: 'mode',
      title: t('system.mode'),
      render: (row) => `${t(`localMode.${row.localMode}`)} · ${t(`remoteMode.${row.remoteMode}`)}`,
      text: (row) => `${t(`localMode.${row.localMode}`)} ${t(`remoteMode.${row.remoteMode}`)}`,
    },
    {
      key: 'dataClass',
      title: t('system.dataClass'),
      optional: true,
      render: (row) => (row.dataClass ? t(`system.dataClasses.${row.dataClass}`) : '–'),
      text: (row) => row.dataClass && t(`system.dataClasses.${row.dataClass}`),
    },
    {
      key: 'availability',
      title: t('system.availability'),
      optional: true,
      numeric: true,
      render: (row) => (row.availabilityPercent === null ? '–' : `${row.availabilityPercent}%`),
      text: (row) => row.availabilityPercent,
    },
  ];
}
