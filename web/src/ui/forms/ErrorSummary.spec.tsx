import { describe, expect, it } from '@jest/globals';
import { fireEvent, render, screen } from '@testing-library/react';
import { withTranslations } from '../../lib/i18n/for-tests';
import { ErrorSummary } from './ErrorSummary';
import { Field } from './Field';
import { errorsOfPayload, type FormError, fieldOfPath } from './form-errors';

await withTranslations();

function Form({ errors, refusals }: { errors: FormError[]; refusals: number }) {
  return (
    <form>
      <ErrorSummary errors={errors} refusals={refusals} />
      <Field field="purpose" label="用途" hint="说明业务" errors={errors}>
        {({ status: _status, ...control }) => <input {...control} />}
      </Field>
      <section id="field-lines" tabIndex={-1} />
    </form>
  );
}

describe('ErrorSummary', () => {
  it('takes the focus when the form is refused, and leaves it to the writer afterwards', () => {
    const errors = [{ field: 'purpose', message: '请填写用途' }];
    const { rerender } = render(<Form errors={[]} refusals={0} />);
    rerender(<Form errors={errors} refusals={1} />);
    expect(document.activeElement).toBe(screen.getByRole('alert'));
    screen.getByLabelText('用途').focus();
    rerender(<Form errors={[...errors, { field: '', message: 'x' }]} refusals={1} />);
    expect(document.activeElement).toBe(screen.getByLabelText('用途'));
  });

  it('leads each item to its field, in the same words', () => {
    render(<Form errors={[{ field: 'purpose', message: '请填写用途' }]} refusals={1} />);
    fireEvent.click(screen.getByRole('link', { name: '请填写用途' }));
    const control = screen.getByLabelText('用途');
    expect(document.activeElement).toBe(control);
    expect(control.getAttribute('aria-invalid')).toBe('true');
    expect(control.getAttribute('aria-describedby')).toBe('field-purpose-hint field-purpose-error');
    expect(document.getElementById('field-purpose-error')?.textContent).toBe('请填写用途');
  });

  it('leads to the nearest part of the form when the field itself is not on the page', () => {
    render(<Form errors={[{ field: 'lines.3.count', message: '数量过多' }]} refusals={1} />);
    fireEvent.click(screen.getByRole('link', { name: '数量过多' }));
    expect(document.activeElement?.id).toBe('field-lines');
  });

  it('says what belongs to no field without a link', () => {
    render(<Form errors={[{ field: '', message: '版本已变' }]} refusals={1} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText('版本已变')).toBeTruthy();
  });
});

describe('fieldOfPath', () => {
  it.each([
    [['input', 'content', 'lines', '0', 'diskGib'], 'lines.0.diskGib'],
    [['content', 'purpose'], 'purpose'],
    [['lines', '1', 'count'], 'lines.1.count'],
    [[], ''],
  ])('reads %j as %p', (path, field) => expect(fieldOfPath(path)).toBe(field));

  it('keeps the message', () => {
    expect(errorsOfPayload([{ message: 'm', path: ['input', 'reason'] }])).toEqual([{ field: 'reason', message: 'm' }]);
  });
});
