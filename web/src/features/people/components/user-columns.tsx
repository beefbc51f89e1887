import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import type { UserRow } from '../people.gql';
import { grantsText, stateOf, UserStateTag } from './user-words';

type Row = ResultOf<typeof UserRow>;

export function userColumns(t: TFunction): Column<Row>[] {
  return [
    {
      key: 'name',
      title: t('people.displayName'),
      leading: true,
      render: (row) => <Link to={routes.user(row.id)}>{row.displayName}</Link>,
      text: (row) => row.displayName,
    },
    {
      key: 'username',
      title: t('people.username'),
      render: (row) => <code>{row.username}</code>,
      text: (row) => row.username,
    },
    {
      key: 'department',
      title: t('people.department'),
      render: (row) => row.department?.name ?? '–',
      text: (row) => row.department?.name ?? null,
    },
    {
      key: 'roles',
      title: t('people.roles'),
      render: (row) => grantsText(t, row.roles) || <span className="jy-quiet-text">{t('people.noRoles')}</span>,
      text: (row) => grantsText(t, row.roles),
    },
    {
      key: 'state',
      title: t('people.stateTitle'),
      render: (row) => <UserStateTag user={row} />,
      text: (row) => t(`people.state.${stateOf(row)}`),
    },
    {
      key: 'lastSignIn',
      title: t('people.lastSignIn'),
      render: (row) => (row.lastSignInAt ? <Time at={row.lastSignInAt} /> : '–'),
      text: (row) => (row.lastSignInAt ? exactTime(row.lastSignInAt) : null),
    },
  ];
}
