import { Button, Input } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { userErrorsOf } from '../../../graphql/user-errors';
import { changeLanguage, currentLanguage } from '../../../lib/i18n';
import { safeNext } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { errorsOfPayload, type FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { Mark } from '../../../ui/Mark';
import { useSession } from '../../../ui/session-context';
import { AccountTable } from '../components/AccountTable';
import { SignInMutation, SignInPageQuery } from '../session.gql';

/** Who signs in. In demonstration mode the accounts stand beside the form and fill it. */
export function SignInPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { signedIn } = useSession();
  const [{ data }] = useQuery({ query: SignInPageQuery });
  const [{ fetching }, signIn] = useMutation(SignInMutation);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { errors, refusals, refuse, changed, accept } = useFormErrors();
  const form = useRef<HTMLFormElement>(null);
  const info = data?.console;
  const otherLanguage = currentLanguage() === 'en' ? 'zh-CN' : 'en';

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing: FormError[] = [];
    if (!username.trim()) missing.push({ field: 'username', message: t('session.usernameMissing') });
    if (!password) missing.push({ field: 'password', message: t('session.passwordMissing') });
    if (missing.length > 0) return refuse(missing);
    const result = await signIn({ input: { username: username.trim(), password } });
    if (result.error) {
      const failure = failureOf(result.error);
      return refuse([{ field: '', message: 'message' in failure ? failure.message : t('failure.offline') }]);
    }
    const refused = userErrorsOf(result.data?.signIn.errors ?? []);
    if (refused.length === 0) return signedIn(safeNext(params.get('next')));
    // Which of the two was wrong is not said, so the refusal belongs to the form, not to a field.
    const until = refused.map((error) => ('lockedUntil' in error ? error.lockedUntil : null)).find(Boolean);
    refuse(
      until
        ? [
            {
              field: '',
              message: `${refused[0]?.message ?? ''} ${t('session.lockedUntil', { time: exactTime(until) })}`.trim(),
            },
          ]
        : errorsOfPayload(refused),
    );
    setPassword('');
  };

  return (
    <main className="jy-sign-in">
      <title>{`${t('session.title')} · ${t('shell.name')}`}</title>
      <div className="jy-sign-in-box">
        <header className="jy-sign-in-head">
          <Mark size={40} />
          <div>
            <h1>{t('shell.name')}</h1>
            <p>{info ? t('session.lead', { province: info.province }) : t('session.leadPlain')}</p>
          </div>
        </header>
        <form ref={form} className="jy-form" noValidate onSubmit={(event) => void send(event)}>
          <ErrorSummary errors={errors} refusals={refusals} />
          <Field field="username" label={t('session.username')} errors={errors}>
            {(control) => (
              <Input
                {...control}
                size="large"
                autoComplete="username"
                value={username}
                onChange={(event) => {
                  setUsername(event.target.value);
                  changed('username');
                }}
              />
            )}
          </Field>
          <Field field="password" label={t('session.password')} errors={errors}>
            {(control) => (
              <Input.Password
                {...control}
                size="large"
                autoComplete="current-password"
                value={password}
                onChange={(event) => {
                  setPassword(event.target.value);
                  changed('password');
                }}
              />
            )}
          </Field>
          <Button type="primary" size="large" htmlType="submit" block loading={fetching}>
            {t('session.signIn')}
          </Button>
        </form>
        {info?.mode === 'DEMO' && (
          <AccountTable
            console={info}
            onChoose={(account) => {
              setUsername(account.username);
              setPassword(account.password);
              accept();
              // The table is longer than the screen: the focus leads back to the way on.
              form.current?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus();
            }}
          />
        )}
        <footer className="jy-sign-in-foot">
          {info && <span>{t('session.version', { version: info.version })}</span>}
          <button
            type="button"
            className="jy-link-button"
            lang={otherLanguage}
            onClick={() =>
              void changeLanguage(otherLanguage).then(
                (done) => done || refuse([{ field: '', message: t('failure.offline') }]),
              )
            }
          >
            {otherLanguage === 'en' ? 'English' : '中文'}
          </button>
        </footer>
      </div>
    </main>
  );
}
