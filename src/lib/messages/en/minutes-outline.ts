// English for the headings of the first text of the minutes.
import type { MinutesOutlineMessages } from '#lib/messages/zh-CN/minutes-outline.ts';

export const minutesOutline: MinutesOutlineMessages = {
  number: (p) => String(p.n),
  section: (p) => `${p.number}. ${p.title}`,
  subsection: (p) => `(${p.number}) `,
  title: 'Minutes',
  summary: 'Main points: ',
  notes: { points: 'Points: ', conclusion: 'Conclusion: ', support: 'Support needed: ', actions: 'Actions: ' },
  said: ': ',
  parts: { opening: 'The meeting', course: 'Proceedings', decisions: 'Agreed actions', closing: 'End of the meeting' },
  formats: {
    council: { course: 'Deliberation and votes' },
    deliberation_committee: { course: 'Deliberation and votes' },
    open_space: {
      course: 'Topics and talks',
      decisions: 'Dots and what people have taken on',
      closing: 'Closing circle',
    },
    hearing: {
      title: 'Record of the hearing',
      course: 'Presentations and speeches',
      decisions: 'To be done',
      closing: 'End of the hearing and answers to opinions',
    },
    joint_meeting: { course: 'Items and positions of the parties' },
    consultation: { title: 'Record of the consultation', course: 'Course of the consultation', decisions: 'Outcome' },
    appraisal_meeting: {
      title: 'Record of the appraisal',
      course: 'Account, questions and appraisal',
      decisions: 'To be put right',
    },
  },
};
