// Forms carry commands with and without scripts: what is filled in lands in the command, and nothing else does.
import { describe, expect, it } from 'vitest';
import { parseCommand } from './commands.ts';
import { commandOfForm, fenOfYuan } from './form-command.ts';

const form = (fields: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

describe('sums as people type them', () => {
  it.each([
    ['48000', 4_800_000],
    ['48,000', 4_800_000],
    ['¥ 48，000 元', 4_800_000],
    ['0.5', 50],
    ['70000.05', 7_000_005],
    ['', null],
    ['  ', null],
    ['七万', -1],
    ['-5', -1],
    ['1.234', -1],
    ['9999999999', -1],
  ])('%s', (typed, fen) => expect(fenOfYuan(typed)).toBe(fen));
});

describe('a command of a form', () => {
  it('[C1] is what the parser takes: fixed part, texts and sums', () => {
    const command = commandOfForm(
      form({
        commandId: 'x',
        command: JSON.stringify({ type: 'moveAmendment', seatId: 'seat-1' }),
        'text.text': '金额改为七万元',
        'yuan.amountFen': '70,000',
      }),
    );
    expect(parseCommand(command)).toEqual({
      type: 'moveAmendment',
      seatId: 'seat-1',
      text: '金额改为七万元',
      amountFen: 7_000_000,
    });
  });

  it('takes nothing from fields of other names, and nothing from what is not JSON', () => {
    expect(commandOfForm(form({ command: '{"type":"endSpeech"}', seatId: 'seat-9' }))).toEqual({ type: 'endSpeech' });
    expect(commandOfForm(form({ command: 'endSpeech' }))).toBeNull();
    expect(commandOfForm(form({ command: '7' }))).toBeNull();
    expect(commandOfForm(form({}))).toBeNull();
  });
});
