import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { DialogForm } from '../../../ui/forms/DialogForm';
import { Field } from '../../../ui/forms/Field';
import { TextBox } from '../../../ui/forms/fields';
import { useFormErrors } from '../../../ui/forms/use-form-errors';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { useNotice } from '../../../ui/notice';
import { WideTable } from '../../../ui/WideTable';
import { deviationText } from '../drill-words';
import { AssignTicketMutation, DoneTicketMutation, type Ticket } from '../drills.gql';
import { SayDialog } from './SayDialog';

const OWNER_LONGEST = 100;

export type ListedTicket = Ticket & { readonly drill?: { id: string; code: string; groupName: string } };

/** 整改项: what was off, whose it is, and until when. */
export function TicketTable({ tickets }: { tickets: readonly ListedTicket[] }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const { busy, send } = useOutcome(DoneTicketMutation);
  const [open, setOpen] = useState<{ ticket: Ticket; act: 'ASSIGN' | 'DONE' } | null>(null);
  const close = () => setOpen(null);
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      <WideTable label={t('drill.tickets')}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('drill.ticket')}</th>
              <th scope="col">{t('drill.deviationLabel')}</th>
              <th scope="col">{t('drill.owner')}</th>
              <th scope="col">{t('drill.dueOn')}</th>
              <th scope="col">{t('life.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {tickets.map((ticket) => (
              <tr key={ticket.id}>
                <th scope="row">
                  <span className="jy-code">{ticket.code}</span>
                  {ticket.drill && (
                    <div className="jy-quiet-text">
                      <Link to={routes.drDrill(ticket.drill.id)}>{ticket.drill.code}</Link> {ticket.drill.groupName}
                    </div>
                  )}
                </th>
                <td>
                  {t(`drill.deviation.${ticket.deviation}`)}
                  <div className="jy-quiet-text">{deviationText(t, ticket)}</div>
                </td>
                <td>{ticket.ownerName}</td>
                <td className={!ticket.done && ticket.dueOn < today ? 'jy-number jy-drill-late' : 'jy-number'}>
                  {ticket.dueOn}
                </td>
                <td>
                  {ticket.done ? (
                    <>
                      {t('drill.doneBy', { who: ticket.doneBy ?? '' })}
                      <div className="jy-quiet-text">
                        {ticket.doneAt ? exactTime(ticket.doneAt) : ''} {ticket.doneNote}
                      </div>
                    </>
                  ) : ticket.mayEdit ? (
                    <span className="jy-row-acts">
                      <Button size="small" onClick={() => setOpen({ ticket, act: 'ASSIGN' })}>
                        {t('drill.assign')}
                      </Button>
                      <Button size="small" onClick={() => setOpen({ ticket, act: 'DONE' })}>
                        {t('drill.done')}
                      </Button>
                    </span>
                  ) : (
                    t('drill.openTicket')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {open?.act === 'ASSIGN' && <AssignDialog ticket={open.ticket} onClose={close} />}
      {open?.act === 'DONE' && (
        <SayDialog
          title={t('drill.doneTitle', { code: open.ticket.code })}
          label={t('drill.howDone')}
          submit={t('drill.done')}
          busy={busy}
          field="note"
          onSay={async (note) => {
            const wish = { id: open.ticket.id, expectedVersion: open.ticket.version, note };
            const { data, errors } = await send(wish);
            if (data) notice(t('drill.saved'));
            return errors;
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function AssignDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const notice = useNotice();
  const form = useFormErrors();
  const [ownerName, setOwner] = useState(ticket.ownerName);
  const [dueOn, setDue] = useState(ticket.dueOn);
  const { busy, send } = useOutcome(AssignTicketMutation);
  const submit = async () => {
    if (ownerName.trim() === '') return form.refuse([{ field: 'ownerName', message: t('drill.ownerMissing') }]);
    const wish = { id: ticket.id, expectedVersion: ticket.version, ownerName: ownerName.trim(), dueOn };
    const { data, errors } = await send(wish);
    if (!data) return form.refuse(errors);
    notice(t('drill.saved'));
    onClose();
  };
  return (
    <DialogForm
      title={t('drill.assignTitle', { code: ticket.code })}
      submit={t('drill.assign')}
      busy={busy}
      form={form}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextBox
        field="ownerName"
        label={t('drill.owner')}
        errors={form.errors}
        max={OWNER_LONGEST}
        value={ownerName}
        onChange={setOwner}
      />
      <Field field="dueOn" label={t('drill.dueOn')} errors={form.errors}>
        {({ status: _, ...control }) => (
          <input
            {...control}
            className="jy-date-input"
            type="date"
            value={dueOn}
            onChange={(event) => setDue(event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
