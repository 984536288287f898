// English for the headings of the first text of the minutes.
import type { MinutesOutlineMessages } from '#lib/messages/zh-CN/minutes-outline.ts';

export const minutesOutline: MinutesOutlineMessages = {
  number: (p) => String(p.n),
  section: (p) => `${p.number}. ${p.title}`,
  subsection: (p) => `(${p.number}) `,
  title: 'Minutes',
  summary: 'Main points: ',
  parts: { opening: 'The meeting', course: 'Proceedings', decisions: 'Agreed actions', closing: 'End of the meeting' },
  formats: {
    council: { course: 'Deliberation and votes' },
  },
};
