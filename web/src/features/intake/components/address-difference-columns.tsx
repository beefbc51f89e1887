import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { StateTag } from '../../../ui/StateTag';
import type { Column } from '../../../ui/table/columns';
import type { AddressDifferenceRow } from '../addresses.gql';
import { addressMatchLooks } from '../intake-look';

type Row = ResultOf<typeof AddressDifferenceRow>;

export function addressDifferenceColumns(t: TFunction): Column<Row>[] {
  const booked = ({ claim }: Row) =>
    claim
      ? [claim.holder?.name ?? claim.purpose, claim.department?.name].filter(Boolean).join(' · ')
      : t('intake.notClaimed');
  return [
    {
      key: 'address',
      title: t('intake.address'),
      leading: true,
      render: (row) => <code>{row.address}</code>,
      text: (row) => row.address,
    },
    {
      key: 'network',
      title: t('intake.network'),
      render: (row) => (
        <Link className="jy-code" to={routes.network(row.network.id)}>
          {row.network.code}
        </Link>
      ),
      text: (row) => row.network.code,
    },
    {
      key: 'match',
      title: t('intake.match'),
      render: (row) => <StateTag look={addressMatchLooks[row.match]} word={t(`intake.addressMatches.${row.match}`)} />,
      text: (row) => t(`intake.addressMatches.${row.match}`),
    },
    {
      key: 'claim',
      title: t('intake.claim'),
      render: (row) =>
        row.claim ? (
          <Link to={routes.addressInNetwork(row.network.id, row.address)}>{booked(row)}</Link>
        ) : (
          <span className="jy-quiet-text">{booked(row)}</span>
        ),
      text: booked,
    },
    {
      key: 'machines',
      title: t('intake.machines'),
      render: (row) =>
        row.resources.length === 0 ? (
          <span className="jy-quiet-text">{t('intake.onNoMachine')}</span>
        ) : (
          <span className="jy-machines">
            {row.resources.map((machine) => (
              <span key={machine.id}>
                <Link to={routes.resource(machine.id)}>{machine.name}</Link>{' '}
                <span className="jy-quiet-text">{machine.department.name}</span>
              </span>
            ))}
          </span>
        ),
      text: (row) => row.resources.map((machine) => `${machine.code} ${machine.name}`).join('; '),
    },
  ];
}
