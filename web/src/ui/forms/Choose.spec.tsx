import { afterEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Select } from 'antd';
import { withTranslations } from '../../lib/i18n/for-tests';
import { ThemeProvider } from '../theme/ThemeProvider';
import { Choose } from './Choose';

await withTranslations();
afterEach(cleanup);

const options = [
  { value: 'a', label: '甲' },
  { value: 'b', label: '乙' },
];

/** jsdom has no channels of messages; these tasks run when the test says so. */
const tasks: (() => void)[] = [];
class TaskChannel {
  readonly port1: { onmessage: (() => void) | null } = { onmessage: null };
  readonly port2 = { postMessage: () => void tasks.push(() => this.port1.onmessage?.()) };
}
Object.assign(globalThis, { MessageChannel: TaskChannel });
const runTasks = () =>
  act(async () => {
    for (const task of tasks.splice(0)) task();
  });

/** Presses the second option and lets a blur come in before antd's own task; the focus stays inside, as after a press on a list. */
async function pressWithBlur(): Promise<string | null> {
  const input = screen.getByRole('combobox');
  await act(async () => {
    input.focus();
    fireEvent.mouseDown(input);
  });
  await runTasks();
  const option = screen.getAllByText('乙').at(-1);
  if (!option) throw new Error('The list has no such option.');
  await act(async () => {
    fireEvent.click(option);
  });
  await act(async () => {
    fireEvent.blur(input);
  });
  await runTasks();
  return input.getAttribute('aria-expanded');
}

describe('Choose', () => {
  it('closes by the choice, whatever comes before antd would', async () => {
    const chosen: string[] = [];
    render(
      <ThemeProvider>
        <Choose options={options} onChange={(value) => chosen.push(value)} />
      </ThemeProvider>,
    );
    expect(await pressWithBlur()).toBe('false');
    expect(chosen).toEqual(['b']);
  });

  it('is needed: antd alone stays open then', async () => {
    render(
      <ThemeProvider>
        <Select options={options} />
      </ThemeProvider>,
    );
    expect(await pressWithBlur()).toBe('true');
  });
});
