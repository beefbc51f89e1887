import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { Dialog } from '../../../ui/Dialog';
import { ErrorSummary } from '../../../ui/forms/ErrorSummary';
import { Field } from '../../../ui/forms/Field';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useSend } from '../../../ui/forms/use-send';
import { useNotice } from '../../../ui/notice';
import { type ChannelParts, SaveChannelMutation } from '../notifications.gql';

const KINDS: readonly ChannelKind[] = ['SMS', 'IM', 'MAIL', 'WEBHOOK'];
/** As the server keeps them. */
const LENGTH_MAX = { name: 60, url: 500, sender: 120, secret: 200 } as const;

type Props = { channel: ResultOf<typeof ChannelParts> | null; onClose: () => void };

/** A new channel, or one changed. The secret's field begins empty: what was given once is not read out. */
export function ChannelDialog({ channel, onClose }: Props) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const { send, busy } = useSend(SaveChannelMutation, (data) => data.saveNotificationChannel.errors);
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'WEBHOOK');
  const [texts, setTexts] = useState({
    name: channel?.name ?? '',
    url: channel?.url ?? '',
    sender: channel?.sender ?? '',
    secret: '',
  });
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const refused = await send({
      ...{ kind, enabled, id: channel?.id ?? null, expectedVersion: channel?.version ?? 0 },
      name: texts.name.trim(),
      url: texts.url.trim(),
      sender: kind === 'MAIL' ? texts.sender.trim() : null,
      secret: texts.secret || null,
    });
    if (refused.length > 0) return form.refuse(refused);
    notice(t('channel.saved', { name: texts.name.trim() }));
    onClose();
  };
  const field = (name: keyof typeof texts, hint?: string) => (
    <Field field={name} label={t(`channel.${name}`)} hint={hint} errors={form.errors}>
      {(control) => (
        <Input
          {...control}
          type={name === 'secret' ? 'password' : 'text'}
          autoComplete={name === 'secret' ? 'new-password' : 'off'}
          spellCheck={false}
          maxLength={LENGTH_MAX[name]}
          value={texts[name]}
          onChange={(event) => {
            setTexts((now) => ({ ...now, [name]: event.target.value }));
            form.changed(name);
          }}
        />
      )}
    </Field>
  );
  return (
    <Dialog title={channel ? channel.name : t('channel.add')} onClose={onClose}>
      <form className="jy-form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={form.errors} refusals={form.refusals} />
        {!channel && (
          <Field field="kind" label={t('channel.kind')} errors={form.errors}>
            {(control) => (
              <Select
                {...control}
                className="jy-full"
                value={kind}
                onChange={setKind}
                options={KINDS.map((value) => ({ value, label: t(`channel.kinds.${value}`) }))}
              />
            )}
          </Field>
        )}
        {field('name')}
        {field('url', t('channel.urlHint'))}
        {kind === 'MAIL' && field('sender')}
        {field('secret', [t('channel.secretHint'), channel ? t('channel.secretKept') : ''].filter(Boolean).join(' · '))}
        <Checkbox checked={enabled} onChange={(event) => setEnabled(event.target.checked)}>
          {t('channel.enabled')}
        </Checkbox>
        <div className="jy-dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('notification.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
