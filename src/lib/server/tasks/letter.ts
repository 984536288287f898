// The letter that says no, or asks for the money, as the program drafts it: from the task, the finding and the lists. Always in Chinese, for it
// goes to a Chinese office. The desk may change it; the chair confirms it. Rule [RL6].
import { formatYuan } from '#lib/messages/format.ts';
import { letterWords } from '#lib/messages/zh-CN/task-letter.ts';
import type { ListShown } from './lists.ts';
import type { TaskRow } from './tasks.ts';

export function letterDraft(task: TaskRow, lists: readonly ListShown[], community: string): string {
  const counted = lists.flatMap(({ list, head }) =>
    head === null ? [] : letterWords.lists[list]({ total: head.total, categories: head.categories ?? 0 }),
  );
  const sources = [...new Set(lists.flatMap(({ head }) => (head === null ? [] : head.basis)))];
  const paragraphs = [
    letterWords.received({ text: task.text, received: task.receivedOn }),
    letterWords.heldAgainst({
      community,
      lists: counted.length === 0 ? letterWords.noLists : counted.join('、'),
      source: sources.join('；'),
    }),
    task.findingReason === '' ? '' : letterWords.reason({ reason: task.findingReason }),
    task.answer === 'money_asked'
      ? letterWords.askMoney({ amount: formatYuan(task.amountFen ?? 0), due: task.dueOn ?? '' })
      : letterWords.decline,
    task.answer === 'money_asked' ? letterWords.otherwise : letterWords.instead,
  ];
  return paragraphs.filter((each) => each !== '').join('\n');
}
