import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import type { UserAction } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { PasswordShown } from '../components/PasswordShown';
import { UserStateTag } from '../components/user-words';
import { DisableForm, EnableForm, EndMembershipForm, ResetForm, UnlockForm } from '../forms/ActForms';
import { MembershipForm } from '../forms/MembershipForm';
import { RolesForm } from '../forms/RolesForm';
import { UserForm } from '../forms/UserForm';
import { UserPageQuery, UserParts } from '../people.gql';
import { lastDayOf } from '../until';

type User = ResultOf<typeof UserParts>;
/** Buttons of the head, the usual first; giving roles stands with the roles. */
const headActions: readonly UserAction[] = ['EDIT', 'RESET_PASSWORD', 'UNLOCK', 'ENABLE', 'DISABLE'];

export function UserPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error }, ask] = useQuery({
    query: UserPageQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const [open, setOpen] = useState<UserAction | null>(null);
  const [password, setPassword] = useState<string | null | undefined>(undefined);
  const close = useCallback(() => setOpen(null), []);
  const back = <Link to={routes.users()}>{t('people.backToList')}</Link>;
  if (!data)
    return error ? (
      <FailureState
        wholePage
        failure={failureOf(error)}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        home={back}
      />
    ) : (
      <LoadingState rows={10} />
    );
  const user = readFragment(UserParts, data.user);
  if (!user)
    return (
      <EmptyState title={t('people.unknown')} action={back}>
        {t('people.unknownText')}
      </EmptyState>
    );
  const may = (action: UserAction) => user.availableActions.includes(action);
  return (
    <>
      <PageHeader
        title={user.displayName}
        back={back}
        state={<UserStateTag user={user} />}
        actions={
          <>
            {may('EDIT') && (
              <Link className="jy-link-as-button" to={routes.handOver(user.id)}>
                {t('handOver.title')}
              </Link>
            )}
            {headActions.filter(may).map((action) => (
              <Button key={action} danger={action === 'DISABLE'} onClick={() => setOpen(action)}>
                {t(`people.action.${action}`)}
              </Button>
            ))}
          </>
        }
      >
        <code>{user.username}</code>
      </PageHeader>
      <div className="jy-detail">
        <div className="jy-detail-main">
          <FactsPanel user={user} />
          <MembershipsPanel user={user} mayChange={may('SET_ROLES')} />
        </div>
        <div className="jy-detail-aside">
          <RolesPanel user={user} onChange={may('SET_ROLES') ? () => setOpen('SET_ROLES') : null} />
        </div>
      </div>
      {open === 'EDIT' && <UserForm user={user} onClose={close} />}
      {open === 'SET_ROLES' && <RolesForm user={user} onClose={close} />}
      {open === 'DISABLE' && <DisableForm user={user} onClose={close} />}
      {open === 'ENABLE' && <EnableForm user={user} onClose={close} />}
      {open === 'UNLOCK' && <UnlockForm user={user} onClose={close} />}
      {open === 'RESET_PASSWORD' && (
        <ResetForm
          user={user}
          onClose={close}
          onReset={(made) => {
            close();
            setPassword(made);
          }}
        />
      )}
      {password !== undefined && (
        <PasswordShown username={user.username} password={password} onClose={() => setPassword(undefined)} />
      )}
    </>
  );
}

function FactsPanel({ user }: { user: User }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('people.facts')}>
      <Facts
        facts={[
          { label: t('people.department'), value: user.department?.name ?? '–' },
          { label: t('people.phone'), value: user.phone ?? '–' },
          { label: t('people.createdAt'), value: <Time at={user.createdAt} /> },
          {
            label: t('people.lastSignIn'),
            value: user.lastSignInAt ? <Time at={user.lastSignInAt} /> : t('people.never'),
          },
          ...(user.lockedUntil ? [{ label: t('people.lockedUntil'), value: exactTime(user.lockedUntil) }] : []),
        ]}
      />
    </Panel>
  );
}

function RolesPanel({ user, onChange }: { user: User; onChange: (() => void) | null }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('people.roles')}
      aside={onChange && <Button onClick={onChange}>{t('people.action.SET_ROLES')}</Button>}
    >
      {user.roles.length === 0 ? (
        <p className="jy-quiet-text">{t('people.noRolesText')}</p>
      ) : (
        <ul className="jy-plain-list">
          {user.roles.map(({ role, until }) => (
            <li key={role}>
              <span>{t(`role.${role}`)}</span>
              {until && <span className="jy-quiet-text">{t('people.untilDay', { day: lastDayOf(until) })}</span>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function MembershipsPanel({ user, mayChange }: { user: User; mayChange: boolean }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<User['memberships'][number] | null>(null);
  return (
    <Panel
      title={t('people.memberships')}
      aside={mayChange && <Button onClick={() => setAdding(true)}>{t('people.membershipAdd')}</Button>}
    >
      {user.memberships.length === 0 ? (
        <p className="jy-quiet-text">{t('people.membershipsNone')}</p>
      ) : (
        <ul className="jy-plain-list">
          {user.memberships.map((membership) => (
            <li key={`${membership.department?.id} ${membership.role}`}>
              <span>{`${membership.department?.name ?? '–'} · ${t(`role.${membership.role}`)}`}</span>
              {membership.until && (
                <span className="jy-quiet-text">{t('people.untilDay', { day: lastDayOf(membership.until) })}</span>
              )}
              {mayChange && (
                <Button size="small" onClick={() => setEnding(membership)}>
                  {t('people.membershipEnd')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <MembershipForm user={user} onClose={() => setAdding(false)} />}
      {ending && <EndMembershipForm user={user} membership={ending} onClose={() => setEnding(null)} />}
    </Panel>
  );
}
