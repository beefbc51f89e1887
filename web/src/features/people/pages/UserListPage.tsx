import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Role } from '../../../graphql/enums';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { saveTable } from '../../../lib/save-table';
import { urlManyOf, urlOneOf, urlText } from '../../../lib/url-state';
import { ChipFilter, SearchFilter } from '../../../ui/FilterBar';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { ListPage } from '../../../ui/list/ListPage';
import { useList } from '../../../ui/list/use-list';
import { useNotice } from '../../../ui/notice';
import { EmptyState } from '../../../ui/page-states';
import { useMay } from '../../../ui/viewer-context';
import { PasswordShown } from '../components/PasswordShown';
import { userColumns } from '../components/user-columns';
import { UserForm } from '../forms/UserForm';
import { IssueInitialPasswordsMutation, UserListQuery, UserRow } from '../people.gql';
import { roles } from '../roles';

const states = ['ACTIVE', 'DISABLED'] as const;
const spec = {
  search: urlText(),
  department: urlText(),
  role: urlOneOf<Role | ''>(['', ...roles], ''),
  states: urlManyOf(states),
  fresh: urlManyOf(['never'] as const),
};

/** Who has an account, what they may do, and who has not come yet. */
export function UserListPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const notice = useNotice();
  const [creating, setCreating] = useState(false);
  const [shown, setShown] = useState<{ username: string; password: string | null } | null>(null);
  const issue = useOutcome(IssueInitialPasswordsMutation);
  const list = useList({
    name: 'users',
    spec,
    query: UserListQuery,
    variables: ({ search, department, role, states: chosen, fresh }) => ({
      filter: {
        search: search || null,
        departmentId: department || null,
        role: role || null,
        state: chosen.length === 1 ? (chosen[0] ?? null) : null,
        neverSignedIn: fresh.length > 0 ? true : null,
      },
    }),
    rows: ({ users }) => ({ ...users, rows: readFragment(UserRow, users.nodes) }),
  });
  const { filter, setFilter } = list;
  const columns = useMemo(() => userColumns(t), [t]);
  const waiting = (list.rows ?? []).filter(
    (row) => row.lastSignInAt === null && row.mustChangePassword && row.state === 'ACTIVE',
  );

  const issueAll = async () => {
    const { data, errors: refused } = await issue.send({ userIds: waiting.map((row) => row.id) });
    if (!data) return notice(refused.map((error) => error.message).join(' '), 'reason');
    const { issued } = data.outcome;
    const header = [t('people.username'), t('people.displayName'), t('people.initialPassword')];
    // To be handed out and destroyed: a text, which any machine reads.
    await saveTable(
      t('people.initialPasswords'),
      'CSV',
      header,
      issued.map((one) => [one.username, one.displayName, one.initialPassword]),
    );
    notice(t('people.issued', { count: issued.length }));
  };

  return (
    <>
      <ListPage
        list={list}
        title={t('people.list')}
        lead={t('people.lead')}
        columns={columns}
        rowKey={(row) => row.id}
        actions={
          <>
            {may('USER', 'EDIT') && filter.fresh.length > 0 && waiting.length > 0 && (
              <Button loading={issue.busy} onClick={() => void issueAll()}>
                {t('people.issue', { count: waiting.length })}
              </Button>
            )}
            {may('USER', 'IMPORT') && (
              <Button onClick={() => void navigate(routes.newImport('users'))}>{t('people.import')}</Button>
            )}
            {may('USER', 'CREATE') && (
              <Button type="primary" onClick={() => setCreating(true)}>
                {t('people.create')}
              </Button>
            )}
          </>
        }
        filters={
          <>
            <SearchFilter
              label={t('people.search')}
              placeholder={t('people.searchPlaceholder')}
              value={filter.search}
              onChange={(search) => setFilter({ search })}
            />
            <Select
              className="jy-filter-select"
              aria-label={t('people.role')}
              value={filter.role}
              onChange={(role: Role | '') => setFilter({ role })}
              options={[
                { value: '', label: t('people.allRoles') },
                ...roles.map((value) => ({ value, label: t(`role.${value}`) })),
              ]}
            />
            <ChipFilter
              label={t('people.stateTitle')}
              options={states.map((value) => ({ value, text: t(`people.state.${value}`) }))}
              value={filter.states}
              onChange={(chosen) => setFilter({ states: chosen.slice(-1) })}
            />
            <ChipFilter
              label={t('people.lastSignIn')}
              options={[{ value: 'never', text: t('people.never') }]}
              value={filter.fresh}
              onChange={(fresh) => setFilter({ fresh })}
            />
          </>
        }
        empty={<EmptyState title={t('people.none')}>{t('people.noneText')}</EmptyState>}
      />
      {creating && (
        <UserForm
          user={null}
          onClose={() => setCreating(false)}
          onCreated={(created) => {
            setCreating(false);
            setShown(created);
          }}
        />
      )}
      {shown && <PasswordShown {...shown} onClose={() => setShown(null)} />}
    </>
  );
}
