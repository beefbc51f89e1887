import { describe, expect, it } from '@jest/globals';
import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { LinesBox } from './LinesBox';

await withTranslations();

let said: readonly string[] = [];

function Page() {
  const [lines, setLines] = useState<readonly string[]>(['web']);
  said = lines;
  return <LinesBox field="order" label="启动次序" errors={[]} lines={lines} onChange={setLines} />;
}

describe('LinesBox', () => {
  it('lets somebody begin a line, and keeps what he types between two words', () => {
    render(<Page />);
    const box = screen.getByRole<HTMLTextAreaElement>('textbox');
    const type = (value: string) => fireEvent.change(box, { target: { value } });
    type('web\n');
    expect(box.value).toBe('web\n');
    expect(said).toEqual(['web']);
    type('web\n app 1 \n');
    expect(box.value).toBe('web\n app 1 \n');
    expect(said).toEqual(['web', 'app 1']);
  });
});
