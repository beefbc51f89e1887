import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { PermissionObject, Role } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import type { ResultOf } from '../../../graphql/tada';
import { urlOneOf } from '../../../lib/url-state';
import { useUrlState } from '../../../lib/use-url-state';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { RolePermissionsQuery } from '../people.gql';
import { roles } from '../roles';

const spec = { role: urlOneOf<Role>(roles, 'APPLICANT') };
type Permission = ResultOf<typeof RolePermissionsQuery>['rolePermissions'][number]['permissions'][number];

/** What each role may do, read from the table that the server's guards read. */
export function RoleTablePage() {
  const { t } = useTranslation();
  const [{ role }, setChosen] = useUrlState(spec);
  const [{ data, error }, ask] = useQuery({ query: RolePermissionsQuery });
  const found = data?.rolePermissions.find((each) => each.role === role);
  return (
    <>
      <PageHeader title={t('people.roleTable')}>{t('people.roleTableLead')}</PageHeader>
      <div className="jy-filter-bar">
        <Select
          className="jy-filter-select"
          aria-label={t('people.role')}
          value={role}
          onChange={(chosen: Role) => setChosen({ role: chosen })}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
      </div>
      {found ? (
        <Panel title={t(`role.${role}`)}>
          {found.exclusive && <p className="jy-quiet-text">{t('people.exclusive')}</p>}
          {found.givenInCities && <p className="jy-quiet-text">{t('people.givenInCities')}</p>}
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('people.object')}</th>
                <th scope="col">{t('people.mayDo')}</th>
              </tr>
            </thead>
            <tbody>
              {[...byObject(found.permissions)].map(([object, permissions]) => (
                <tr key={object}>
                  <th scope="row">{t(`people.objects.${object}`)}</th>
                  <td>
                    {[...byScope(permissions)].map(([scope, actions]) => (
                      <div key={scope}>
                        {actions.map((action) => t(`people.actions.${action}`)).join(t('common.comma'))}{' '}
                        <span className="jy-quiet-text">{t(`people.scopes.${scope}`)}</span>
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ) : error ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <LoadingState rows={8} />
      )}
    </>
  );
}

const byObject = (permissions: readonly Permission[]): Map<PermissionObject, Permission[]> =>
  Map.groupBy(permissions, (permission) => permission.object);

function byScope(permissions: readonly Permission[]): Map<Permission['scope'], Permission['action'][]> {
  const grouped = Map.groupBy(permissions, (permission) => permission.scope);
  return new Map([...grouped].map(([scope, of]) => [scope, of.map((permission) => permission.action)]));
}
