import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { ServerBmcParts, SetBmcCredentialMutation } from '../servers.gql';

/** As the server takes them (servers/bmc.service). */
const [USERNAME_LENGTH_MAX, PASSWORD_LENGTH_MAX] = [64, 127];

type Props = { server: FragmentOf<typeof ServerBmcParts>; onClose: () => void };

/** A credential goes in and never comes out: not even the user name is filled in from what is kept. */
export function BmcDialog({ server: masked, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useOutcome(SetBmcCredentialMutation);
  const [server] = useState(() => readFragment(ServerBmcParts, masked));
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    const wrong: FormError[] = [];
    if (username.trim() === '') wrong.push({ field: 'username', message: t('server.usernameMissing') });
    if (password === '') wrong.push({ field: 'password', message: t('server.passwordMissing') });
    if (wrong.length > 0) return form.refuse(wrong);
    const answer = await send({
      id: server.id,
      expectedVersion: server.version,
      username: username.trim(),
      password,
    });
    if (!answer.data) return form.refuse(answer.errors);
    notice(t('server.credentialKept', { name: server.assetNumber }));
    onClose();
  };
  return (
    <DialogForm
      title={t('server.credentialTitle', { name: server.assetNumber })}
      submit={t('server.keepCredential')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t(server.bmc?.hasCredential ? 'server.credentialReplaces' : 'server.credentialText')}</p>
      <TextBox
        field="username"
        label={t('server.bmcUsername')}
        errors={form.errors}
        max={USERNAME_LENGTH_MAX}
        value={username}
        onChange={(text) => {
          setUsername(text);
          form.changed('username');
        }}
      />
      <Field field="password" label={t('server.bmcPassword')} errors={form.errors}>
        {(control) => (
          <Input.Password
            {...control}
            // The browser would offer to keep it, and to fill in the person's own.
            autoComplete="new-password"
            maxLength={PASSWORD_LENGTH_MAX}
            value={password}
            onChange={(event) => {
              setPassword(event.target.value);
              form.changed('password');
            }}
          />
        )}
      </Field>
    </DialogForm>
  );
}
