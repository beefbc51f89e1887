import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { noticeKinds } from '../notice-kinds';
import { type PreferenceParts, SavePreferenceMutation } from '../notifications.gql';

/** As the server keeps it. */
const MAIL_ADDRESS_LENGTH_MAX = 200;

export function PreferenceForm({ preference }: { preference: ResultOf<typeof PreferenceParts> }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(SavePreferenceMutation, (data) => data.saveNotificationPreference.errors);
  const [sms, setSms] = useState(preference.sms);
  const [im, setIm] = useState(preference.im);
  const [mail, setMail] = useState(preference.mail);
  const [mailAddress, setMailAddress] = useState(preference.mailAddress ?? '');
  const [quietKinds, setQuietKinds] = useState<NoticeKind[]>(preference.quietKinds);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const refused = await send({
      ...{ sms, im, mail, quietKinds, expectedVersion: preference.version },
      mailAddress: mailAddress.trim() || null,
    });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('notification.saved'));
  };
  return (
    <form className="jy-form jy-form-alone" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={form.errors} refusals={form.refusals} />
      <fieldset className="jy-fieldset">
        <legend>{t('notification.beside')}</legend>
        <p className="jy-hint">{t('notification.noChannels')}</p>
        <Checkbox checked={sms} onChange={(event) => setSms(event.target.checked)}>
          {t('notification.sms')}
        </Checkbox>
        <Checkbox checked={im} onChange={(event) => setIm(event.target.checked)}>
          {t('notification.im')}
        </Checkbox>
        <Checkbox
          checked={mail}
          onChange={(event) => {
            setMail(event.target.checked);
            form.changed('mailAddress');
          }}
        >
          {t('notification.mail')}
        </Checkbox>
      </fieldset>
      {mail && (
        <Field field="mailAddress" label={t('notification.mailAddress')} errors={form.errors}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="email"
              maxLength={MAIL_ADDRESS_LENGTH_MAX}
              value={mailAddress}
              onChange={(event) => {
                setMailAddress(event.target.value);
                form.changed('mailAddress');
              }}
            />
          )}
        </Field>
      )}
      <fieldset className="jy-fieldset">
        <legend>{t('notification.quiet')}</legend>
        <p className="jy-hint">{t('notification.quietHint')}</p>
        {noticeKinds.map((kind) => (
          <Checkbox
            key={kind}
            checked={quietKinds.includes(kind)}
            onChange={(event) =>
              setQuietKinds(event.target.checked ? [...quietKinds, kind] : quietKinds.filter((other) => other !== kind))
            }
          >
            {t(`notification.kinds.${kind}`)}
          </Checkbox>
        ))}
      </fieldset>
      <div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('notification.save')}
        </Button>
      </div>
    </form>
  );
}
