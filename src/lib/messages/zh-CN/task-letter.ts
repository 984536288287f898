// Sentences of the letter that declines a task or asks for its money. It goes to a Chinese office and is written in Chinese whatever the
// language of the page; composed by server/tasks/letter.ts.
export const letterWords = {
  lists: {
    party: (p: { total: number; categories: number }) => `党组织职责 ${p.total} 项`,
    committee: (p: { total: number; categories: number }) => `居委会法定职责 ${p.total} 项`,
    assist: (p: { total: number; categories: number }) =>
      p.categories > 0 ? `协助政府事项 ${p.categories} 大类 ${p.total} 小项` : `协助政府事项 ${p.total} 项`,
  },
  noLists: '现行职责清单',
  received: (p: { text: string; received: string }) => `你单位 ${p.received} 来文“${p.text}”收悉。`,
  heldAgainst: (p: { community: string; lists: string; source: string }) =>
    `经${p.community}三方联席会议对照现行清单（${p.lists}${p.source === '' ? '' : `；依据：${p.source}`}），该事项未列入清单，属清单外事项。`,
  reason: (p: { reason: string }) => `理由：${p.reason}。`,
  decline: '按照清单制度，凡未列入清单的事项，不得以行政命令要求社区承担。经研究，本社区对该事项不予承办。',
  instead: '如该事项确需社区协助，请按规定报请调整清单，或以购买服务等方式另行商定。',
  askMoney: (p: { amount: string; due: string }) =>
    `按照“权随责走、费随事转”的原则，如需本社区承办，请于 ${p.due} 前随附工作经费 ${p.amount} 后另议。`,
  otherwise: '届时未随附经费的，本社区不予承办，不再另行复函。',
};
