import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { userErrorsOf } from '../../../graphql/user-errors';
import { routes, safeNext } from '../../../lib/routes';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { errorsOfPayload, type FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Mark } from '../../../ui/Mark';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { useSession } from '../../../ui/session-context';
import { ChangePasswordMutation, PasswordPageQuery, SignOutHereMutation } from '../session.gql';

const fields = ['currentPassword', 'newPassword', 'again'] as const;
type FieldName = (typeof fields)[number];

/** One's own password. Whoever came with a password that another made gets no further before it is changed. */
export function PasswordPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { signedIn, signedOut } = useSession();
  const [{ data, error }, ask] = useQuery({ query: PasswordPageQuery, requestPolicy: 'network-only' });
  const [{ fetching }, change] = useMutation(ChangePasswordMutation);
  const [, signOut] = useMutation(SignOutHereMutation);
  const [typed, setTyped] = useState<Record<FieldName, string>>({ currentPassword: '', newPassword: '', again: '' });
  const { errors, refusals, refuse, changed } = useFormErrors();
  const next = safeNext(params.get('next'));
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState />
    );
  const { viewer } = data;
  if (!viewer) return <Navigate to={routes.signIn(routes.password())} replace />;
  const forced = viewer.mustChangePassword;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const { currentPassword, newPassword, again } = typed;
    const wrong: FormError[] = [];
    if (!currentPassword) wrong.push({ field: 'currentPassword', message: t('password.currentMissing') });
    if (!newPassword) wrong.push({ field: 'newPassword', message: t('password.newMissing') });
    else if (newPassword !== again) wrong.push({ field: 'again', message: t('password.different') });
    if (wrong.length > 0) return refuse(wrong);
    const result = await change({ input: { currentPassword, newPassword } });
    if (!result.data) {
      const failure = result.error && failureOf(result.error);
      return refuse([{ field: '', message: failure && 'message' in failure ? failure.message : t('failure.offline') }]);
    }
    const refused = errorsOfPayload(userErrorsOf(result.data.changePassword.errors));
    if (refused.length > 0) return refuse(refused);
    // A fresh client: what was refused before the change is not remembered.
    signedIn(next);
  };

  return (
    <main className="jy-sign-in">
      <title>{`${t('password.title')} · ${t('shell.name')}`}</title>
      <div className="jy-sign-in-box">
        <header className="jy-sign-in-head">
          <Mark size={40} />
          <div>
            <h1>{t('password.title')}</h1>
            <p>{forced ? t('password.forced') : t('password.lead')}</p>
          </div>
        </header>
        <form className="jy-form" noValidate onSubmit={(event) => void send(event)}>
          <ErrorSummary errors={errors} refusals={refusals} />
          {/* Password stores keep the new password under the name that they find here. */}
          <input
            className="jy-sr-only"
            tabIndex={-1}
            aria-hidden
            autoComplete="username"
            readOnly
            value={viewer.username}
          />
          {fields.map((field) => (
            <Field
              key={field}
              field={field}
              label={t(`password.${field}`)}
              hint={field === 'newPassword' ? t('password.rule') : undefined}
              errors={errors}
            >
              {(control) => (
                <Input.Password
                  {...control}
                  size="large"
                  autoComplete={field === 'currentPassword' ? 'current-password' : 'new-password'}
                  value={typed[field]}
                  onChange={(event) => {
                    const { value } = event.target;
                    setTyped((now) => ({ ...now, [field]: value }));
                    changed(field);
                  }}
                />
              )}
            </Field>
          ))}
          <Button type="primary" size="large" htmlType="submit" block loading={fetching}>
            {t('password.do')}
          </Button>
        </form>
        <footer className="jy-sign-in-foot">
          {forced ? (
            <button type="button" className="jy-link-button" onClick={() => void signOut({}).then(signedOut)}>
              {t('shell.signOut')}
            </button>
          ) : (
            <Link to={next}>{t('password.back')}</Link>
          )}
        </footer>
      </div>
    </main>
  );
}
